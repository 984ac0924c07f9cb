import { type Diagnostic, fixOf, messageOf, type Span, severityOf } from './diagnostic.ts'
import { locate } from './lines.ts'
import type { ReadText } from './render.ts'

/** Raised when a field of the JSON lines changes its meaning or goes. */
export const JSON_VERSION = 1

/** A place as tools want it: lines and columns from 1, columns in UTF-16 units, the end behind the last character. */
export interface JsonPlace {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

export interface JsonDiagnostic extends JsonPlace {
  readonly version: typeof JSON_VERSION
  readonly type: 'diagnostic'
  readonly severity: 'error' | 'warning'
  readonly code: string
  readonly message: string
  readonly fix: string
  readonly notes: readonly (JsonPlace & { readonly message: string })[]
}

/** A diagnostic as `--json` prints it, one a line. */
export function toJson(found: Diagnostic, read: ReadText): JsonDiagnostic {
  return {
    version: JSON_VERSION,
    type: 'diagnostic',
    severity: severityOf(found),
    code: found.code,
    message: messageOf(found),
    fix: fixOf(found),
    ...placeOf(found.at, read),
    notes: found.notes.map((note) => ({ message: note.text, ...placeOf(note.at, read) })),
  }
}

function placeOf({ file, start, end }: Span, read: ReadText): JsonPlace {
  const text = read(file) ?? ''
  const from = locate(text, start)
  const to = locate(text, end)
  return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
}
