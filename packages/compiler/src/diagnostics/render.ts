import { codeFrame, locate } from './code-frame.ts'
import { type Diagnostic, fixOf, messageOf, type Span, severityOf } from './diagnostic.ts'

/** The text of a file, or undefined when it has none to show. */
export type ReadText = (file: string) => string | undefined

/** A diagnostic as a person reads it: what, where with the source line, and how to fix it. */
export function render(found: Diagnostic, read: ReadText): string {
  return [
    `${severityOf(found)}[${found.code}]: ${messageOf(found)}`,
    place(found.at, read),
    ...found.notes.map((note) => `note: ${note.text}\n${place(note.at, read)}`),
    `fix: ${fixOf(found)}`,
  ].join('\n')
}

function place(span: Span, read: ReadText): string {
  const text = read(span.file)
  if (text === undefined) return `  --> ${span.file}`
  const { line, column } = locate(text, span.start)
  return `  --> ${span.file}:${line}:${column}\n${codeFrame(text, span)}`
}

/** `2 errors, 1 warning`, or an empty string. */
export function countLine(found: readonly Diagnostic[]): string {
  const errors = found.filter((diagnostic) => severityOf(diagnostic) === 'error').length
  return [plural(errors, 'error'), plural(found.length - errors, 'warning')].filter(Boolean).join(', ')
}

function plural(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`
}
