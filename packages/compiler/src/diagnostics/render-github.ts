import { visible } from './cells.ts'
import { type Diagnostic, fixOf, messageOf, severityOf } from './diagnostic.ts'
import type { ReadText } from './render.ts'
import { type JsonPlace, toJson } from './render-json.ts'

/**
 * A diagnostic as a command to GitHub Actions, which shows it beside the source.
 * @param pathOf the path of a file in the repository.
 */
export function toGitHub(found: Diagnostic, read: ReadText, pathOf: (file: string) => string): string {
  const { notes, ...place } = toJson(found, read)
  const lines = [
    visible(messageOf(found)),
    ...notes.map(
      (note) => `note: ${visible(note.message)}: ${visible(pathOf(note.file))}${read(note.file) === undefined ? '' : `:${note.line}:${note.column}`}`,
    ),
    `fix: ${fixOf(found)}`,
  ]
  const properties = { file: pathOf(place.file), ...(read(place.file) === undefined ? {} : rangeOf(place)), title: found.code }
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
  return `::${severityOf(found)} ${list.join(',')}::${escapeData(lines.join('\n'))}`
}

/** GitHub takes columns only when a range begins and ends on one line. */
function rangeOf({ line, column, endLine, endColumn }: JsonPlace): object {
  return line === endLine ? { line, col: column, endLine, endColumn } : { line, endLine }
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
