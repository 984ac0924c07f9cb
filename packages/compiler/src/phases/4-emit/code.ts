export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json }

/** JavaScript source. In a template a string is data and gets quoted; only a `Code` is pasted in as it is. */
export class Code {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export function code(strings: TemplateStringsArray, ...holes: readonly (Code | Json)[]): Code {
  let text = strings[0] ?? ''
  for (const [i, hole] of holes.entries()) {
    const filling = hole instanceof Code ? hole.text : literal(hole)
    text += filling.replaceAll('\n', `\n${lastIndent(text)}`) + (strings[i + 1] ?? '')
  }
  const margin = /^\n([ \t]*)/.exec(text)?.[1] ?? ''
  return new Code(text.replaceAll(`\n${margin}`, '\n').trim())
}

/** Pieces of code, one a line. */
export function lines(pieces: readonly Code[]): Code {
  return new Code(pieces.map((piece) => piece.text).join('\n'))
}

/** A comment of one line, whatever the text holds. */
export function comment(text: string): Code {
  return new Code(`// ${text.replace(/[\n\r\u2028\u2029]+/g, ' ')}`)
}

/** JSON is JavaScript, but for one key: in an object literal `"__proto__":` sets the prototype. */
function literal(value: Json): string {
  if (value === undefined) return 'undefined'
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'object' && value !== null) return objectLiteral(value as { readonly [key: string]: Json })
  return JSON.stringify(value)
}

function objectLiteral(value: { readonly [key: string]: Json }): string {
  const bare = Object.getPrototypeOf(value) === null ? ['__proto__: null'] : []
  const entries = Object.entries(value).map(([key, entry]) => `${keyLiteral(key)}: ${literal(entry)}`)
  return entries.length + bare.length === 0 ? '{}' : `{ ${[...bare, ...entries].join(', ')} }`
}

/** A name as an object literal has it; `__proto__` is a property, too. */
export function keyLiteral(key: string): string {
  if (key === '__proto__') return '["__proto__"]'
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)
}

function lastIndent(text: string): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n') + 1))?.[0] ?? ''
}
