/** JSON that is one line to every reader, terminals included. */

/** Control characters, separators that some readers take for line ends, and marks that turn the direction of text. */
const UNSAFE = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu

/** Text without anything that could break a line or steer a terminal: `\u001b` as those six characters. */
export function visible(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

export function jsonLine(value: unknown): string {
  return `${visible(JSON.stringify(value))}\n`
}

/** An entry of the log as JSON; `more` is what is known beside its message. */
export function entryLine(level: 'info' | 'warn' | 'error', message: string, more?: object): string {
  return jsonLine({ time: new Date().toISOString(), level, message, ...more })
}
