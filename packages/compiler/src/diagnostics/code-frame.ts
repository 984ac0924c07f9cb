import { type Cell, cellsOf } from './cells.ts'
import type { Span } from './diagnostic.ts'
import { locate } from './lines.ts'

/** Columns of a source line that are shown; of a longer line, the part around the span. */
const WIDTH = 120
/** Columns before a span that are shown in any case. */
const CONTEXT = 20
/** UTF-16 units of a line, before and behind the start of the span, that are looked at: a line may be megabytes long. */
const REACH = 8 * WIDTH

/** The source line with the span underlined. Of a span that runs over several lines, the first and the last. */
export function codeFrame(text: string, { start, end: given }: Span): string {
  const end = start + lengthOf(text.slice(start, given))
  const first = locate(text, start)
  const last = locate(text, end)
  const gutter = String(last.line).length
  const row = (head: string, content: string) => ` ${head.padStart(gutter)} | ${content}`.trimEnd()
  const excerpt = (line: number, lineStart: number, lineEnd: number, from: number, to: number) => {
    const { shown, marks } = cut(text.slice(lineStart, lineEnd), from - lineStart, to - lineStart)
    return [row(String(line), shown), row('', marks)]
  }

  if (first.line === last.line) return [row('', ''), ...excerpt(first.line, first.lineStart, first.lineEnd, start, end)].join('\n')
  const lastText = text.slice(last.lineStart, end)
  return [
    row('', ''),
    ...excerpt(first.line, first.lineStart, first.lineEnd, start, first.lineEnd),
    ...(last.line > first.line + 1 ? [` ${'…'.padStart(gutter)} |`] : []),
    ...excerpt(last.line, last.lineStart, last.lineEnd, last.lineStart + lastText.length - lastText.trimStart().length, end),
  ].join('\n')
}

/** A span that ends with line breaks ends before them: the line that follows has no part in it. */
function lengthOf(inner: string): number {
  const trimmed = inner.trimEnd()
  return /[\n\r\u2028\u2029]/.test(inner.slice(trimmed.length)) ? trimmed.length : inner.length
}

/** What is shown of a line, and the marks below it. `…` stands for what is cut off. */
function cut(line: string, from: number, to: number): { shown: string; marks: string } {
  const near = Math.max(0, from - REACH)
  const far = Math.min(line.length, from + REACH)
  const cells = cellsOf(line.slice(near, far))
  const total = columnsOf(cells)
  const before = columnsOf(cells.filter((cell) => near + cell.end <= from))
  const until = columnsOf(cells.filter((cell) => near + cell.start < to))

  const isWhole = near === 0 && far === line.length && total <= WIDTH
  const context = Math.max(CONTEXT, Math.floor((WIDTH - (until - before)) / 2))
  const left = isWhole ? 0 : Math.max(0, Math.min(before - context, total - WIDTH))
  const kept = window(cells, left, isWhole ? total : left + WIDTH)
  const cutLeft = near > 0 || kept.left > 0
  const cutRight = far < line.length || kept.right < total

  const indent = Math.max(0, before - kept.left) + (cutLeft ? 1 : 0)
  const marked = Math.max(1, Math.min(until, kept.right) - Math.max(before, kept.left))
  return { shown: `${cutLeft ? '…' : ''}${kept.text}${cutRight ? '…' : ''}`, marks: ' '.repeat(indent) + '^'.repeat(marked) }
}

/** The cells that lie wholly between two columns, and the columns they really fill. */
function window(cells: readonly Cell[], from: number, to: number): { text: string; left: number; right: number } {
  let column = 0
  let left = Number.POSITIVE_INFINITY
  let text = ''
  let right = 0
  for (const cell of cells) {
    const end = column + cell.width
    if (column >= from && end <= to) {
      left = Math.min(left, column)
      right = end
      text += cell.text
    }
    column = end
  }
  return { text, left: Math.min(left, right), right }
}

function columnsOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0)
}
