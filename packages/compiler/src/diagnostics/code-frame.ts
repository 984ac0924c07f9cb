import type { Span } from './diagnostic.ts'

export interface Location {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units as editors count. */
  readonly column: number
  readonly lineText: string
}

export function locate(text: string, offset: number): Location {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  const newline = text.indexOf('\n', offset)
  return {
    line: before.split('\n').length,
    column: offset - lineStart + 1,
    lineText: text.slice(lineStart, newline === -1 ? text.length : newline).trimEnd(),
  }
}

/** The source line with the span underlined. A span that runs over several lines is cut at the first. */
export function codeFrame(text: string, span: Span): string {
  const { line, column, lineText } = locate(text, span.start)
  const width = Math.max(1, Math.min(span.end - span.start, lineText.length - column + 1))
  const gutter = String(line)
  const margin = ' '.repeat(gutter.length)
  const indent = lineText.slice(0, column - 1).replace(/[^\t]/g, ' ') // tabs stay tabs, so the caret lines up
  return [` ${margin} |`, ` ${gutter} | ${lineText}`, ` ${margin} | ${indent}${'^'.repeat(width)}`].join('\n')
}
