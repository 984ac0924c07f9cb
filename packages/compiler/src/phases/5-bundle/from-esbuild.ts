import { closeSync, openSync, readSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Message } from 'esbuild'
import { type Diagnostic, diagnostic, fileSpan, type Span } from '../../diagnostics/diagnostic.ts'
import { offsetOfLine } from '../../diagnostics/lines.ts'
import type { Host } from '../../host.ts'
import type { Report } from '../../report.ts'
import { unresolvedImport } from './unresolved/unresolved.ts'

/** How esbuild's errors begin that come from its parsers of JavaScript and JSON. */
const SYNTAX = /^(Expected|Unexpected|Unterminated|Syntax error|Invalid|JSON|Missing|Legacy|"await"|"yield"|Cannot use "(await|yield|break|continue|return)")/

/** Adds esbuild's message as one of ours, unless an earlier phase has said it: its words are better. */
export function addFromEsbuild(message: Message, severity: 'error' | 'warning', host: Host, report: Report): void {
  const found = fromEsbuild(message, severity, host)
  const isSaid = report.all().some(({ code, at }) => {
    if (code === 'page-react-missing' && isAboutReact(found)) return true // wherever there is JSX
    if (at.file !== found.at.file) return false
    return at.start === found.at.start || (code === 'syntax-error' && found.code === 'syntax-error') // parsers differ in where they give up
  })
  if (!isSaid) report.add(found)
}

function isAboutReact({ code, args }: Diagnostic): boolean {
  return code === 'package-not-installed' && /^react(?:-dom)?$/.test(args.name)
}

export function fromEsbuild(message: Message, severity: 'error' | 'warning', host: Host): Diagnostic {
  // hints name options of esbuild, which our users do not have
  const hints = /^(You can mark|You can use|Consider enabling)/
  const notes = message.notes.flatMap(({ text, location }) => (location && !hints.test(text) ? [{ text: noteText(text), at: spanOf(location, host) }] : []))
  const at = message.location ? spanOf(message.location, host) : fileSpan('pages/api') // without a place: about the whole
  const specifier = unresolvedSpecifier(message, at, host)
  if (specifier !== undefined && severity === 'error') return unresolvedImport(specifier, at, notes, host)

  const unknown = /^No loader is configured for "(.*)" files: (.*)$/s.exec(message.text)
  const bare = message.notes.filter((note) => !note.location && !hints.test(note.text)).map((note) => note.text)
  const text = unknown ? `${unknown[2]} cannot be imported: ${unknown[1]} files are neither code nor data` : [lowerFirst(message.text), ...bare].join('. ')
  if (severity === 'warning') return diagnostic('bundle-warning', { text }, at, notes)
  return diagnostic(SYNTAX.test(message.text) ? 'syntax-error' : 'bundle-error', { text }, at, notes)
}

/** A name in the wrong case resolves for esbuild, which then finds no such file. */
function unresolvedSpecifier({ text, location }: Message, at: Span, host: Host): string | undefined {
  const written = /^Could not resolve (".*")/s.exec(text)?.[1]
  if (written !== undefined) return unquoted(written)
  return location && host.exists(at.file) && /^Cannot read file: /.test(text) ? host.read(at.file).slice(at.start + 1, at.end - 1) : undefined
}

function noteText(text: string): string {
  return lowerFirst(text).replace(/:$/, '')
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text)
  } catch {
    return text.slice(1, -1) // esbuild quotes rare characters in Go's way
  }
}

/** esbuild counts lines from 1 and columns in UTF-8 bytes from 0. */
function spanOf(location: NonNullable<Message['location']>, host: Host): Span {
  const { file, line, column, length } = location
  if (!host.exists(file)) return fileSpan(file) // a generated module, or one of the runtime's
  const text = host.read(file)
  const lineStart = offsetOfLine(text, line)
  const mark = line === 1 && hasByteOrderMark(resolve(host.root, file)) ? 3 : 0
  const bytes = Buffer.from(text.slice(lineStart, lineStart + column + length)) // a unit is at least a byte
  const units = (count: number) => bytes.subarray(0, Math.max(0, count - mark)).toString().length
  return { file, start: lineStart + units(column), end: lineStart + units(column + length) }
}

/** esbuild counts its three bytes; what a host reads is without it. */
function hasByteOrderMark(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(3)
    readSync(file, head)
    return head.equals(Buffer.from('\uFEFF'))
  } finally {
    closeSync(file)
  }
}

function lowerFirst(text: string): string {
  return /^[A-Z][A-Z]/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1) // JSON stays JSON
}
