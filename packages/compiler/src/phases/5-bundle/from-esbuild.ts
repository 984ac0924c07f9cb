import type { Message } from 'esbuild'
import { type Diagnostic, diagnostic, fileSpan, type Span } from '../../diagnostics/diagnostic.ts'
import type { Host } from '../../host.ts'

/** esbuild's message as one of ours. */
export function fromEsbuild(message: Message, severity: 'error' | 'warning', host: Host): Diagnostic {
  const notes = message.notes.flatMap(({ text, location }) => (location ? [{ text, at: spanOf(location, host) }] : []))
  const at = message.location ? spanOf(message.location, host) : fileSpan('pages/api') // without a place: about the whole
  const args = { text: [lowerFirst(message.text), ...message.notes.filter((note) => !note.location).map((note) => note.text)].join('. ') }
  if (severity === 'warning') return diagnostic('bundle-warning', args, at, notes)
  // its notes are about options of esbuild, which our users do not have
  if (message.text.startsWith('Could not resolve')) return diagnostic('import-unresolved', { text: lowerFirst(message.text) }, at, notes)
  return diagnostic('bundle-error', args, at, notes)
}

/** esbuild counts lines from 1 and columns in UTF-8 bytes from 0. */
function spanOf(location: NonNullable<Message['location']>, host: Host): Span {
  const { file, line, column, length, lineText } = location
  if (!host.exists(file)) return fileSpan(file) // a generated module, or one of the runtime's
  const units = (bytes: number) => Buffer.from(lineText).subarray(0, bytes).toString().length
  const start = offsetOfLine(host.read(file), line) + units(column)
  return { file, start, end: start + units(column + length) - units(column) }
}

function offsetOfLine(text: string, line: number): number {
  let offset = 0
  for (let i = 1; i < line; i++) offset = text.indexOf('\n', offset) + 1
  return offset
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
