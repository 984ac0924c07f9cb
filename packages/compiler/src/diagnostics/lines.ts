/** What ends a line for JavaScript, TypeScript and esbuild. */
const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/g

export interface Location {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units as editors count. */
  readonly column: number
  /** The offsets of the line's first character, and of the line break behind it. */
  readonly lineStart: number
  readonly lineEnd: number
}

export function locate(text: string, offset: number): Location {
  let line = 1
  let lineStart = 0
  for (const { index, 0: found } of text.matchAll(LINE_BREAK)) {
    const next = index + found.length
    if (next > offset) return { line, column: offset - lineStart + 1, lineStart, lineEnd: index }
    line++
    lineStart = next
  }
  return { line, column: offset - lineStart + 1, lineStart, lineEnd: text.length }
}

/** The offset of the first character of a line, the first of which is 1. */
export function offsetOfLine(text: string, line: number): number {
  if (line <= 1) return 0
  let at = 1
  for (const { index, 0: found } of text.matchAll(LINE_BREAK)) if (++at === line) return index + found.length
  return text.length
}
