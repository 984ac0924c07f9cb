import { visible } from './cells.ts'
import { codeFrame } from './code-frame.ts'
import { type Diagnostic, fixOf, messageOf, type Span, severityOf } from './diagnostic.ts'
import { locate } from './lines.ts'

/** The text of a file, or undefined when it has none to show. */
export type ReadText = (file: string) => string | undefined

/** A diagnostic as a person reads it: what, where with the source line, and how to fix it. */
export function render(found: Diagnostic, read: ReadText, paint: Paint = plain): string {
  const severity = severityOf(found)
  return [
    `${paint(severity, `${severity}[${found.code}]`)}${paint('strong', `: ${visible(messageOf(found))}`)}`,
    place(found.at, read),
    ...found.notes.map((note) => `${paint('strong', 'note')}: ${visible(note.text)}\n${place(note.at, read)}`),
    `${paint('strong', 'fix')}: ${fixOf(found)}`,
  ].join('\n')
}

/** Gives a piece of text the look of its role, where there is colour. */
export type Paint = (role: 'error' | 'warning' | 'strong' | 'faint', text: string) => string

export const plain: Paint = (_role, text) => text

function place(span: Span, read: ReadText): string {
  const text = read(span.file)
  if (text === undefined) return `  --> ${visible(span.file)}`
  const { line, column } = locate(text, span.start)
  return `  --> ${visible(span.file)}:${line}:${column}\n${codeFrame(text, span)}`
}

/** `2 errors, 1 warning`, or an empty string. */
export function countLine(found: readonly Diagnostic[]): string {
  const { errors, warnings } = countOf(found)
  return [plural(errors, 'error'), plural(warnings, 'warning')].filter(Boolean).join(', ')
}

export function countOf(found: readonly Diagnostic[]): { errors: number; warnings: number } {
  const errors = found.filter((diagnostic) => severityOf(diagnostic) === 'error').length
  return { errors, warnings: found.length - errors }
}

function plural(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`
}
