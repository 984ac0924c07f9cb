/** Support for the compiler's tests: a project in memory, and reports in words short enough for a table. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Manifest } from '@apiroutes/runtime'
import { UNSET_CONFIG } from '@apiroutes/runtime/config'
import { type Diagnostic, fileSpan, type Span } from './diagnostics/diagnostic.ts'
import type { Host } from './host.ts'
import type { ApiRoute, RouteTable, Segment } from './model.ts'
import { scan } from './phases/1-scan/scan.ts'
import { link } from './phases/3-link/link.ts'
import { compare, createReport, type Report } from './report.ts'

/** Paths relative to the project, with `/`, and their texts. */
export type FileMap = Readonly<Record<string, string>>

/** A route file that is right. */
export const HANDLER = 'export default function handler(req, res) {}\n'

/** A project that exists only in memory. */
export function memoryHost(given: FileMap): Host {
  const texts = new Map(Object.entries(given))
  return {
    root: '/project',
    files: (folder) => [...texts.keys()].filter((file) => file.startsWith(`${folder}/`)).toSorted(compare),
    platform: 'linux-x64',
    env: {},
    nodePaths: [],
    glob: async () => [],
    exists: (file) => texts.has(file),
    read: (file) => {
      const text = texts.get(file)
      if (text === undefined) throw new Error(`there is no file ${file}`)
      return text.replace(/^\uFEFF/, '')
    },
    write: async (file, text) => void texts.set(file, text),
    runOutput: async () => ({ code: 0, stdout: '', stderr: '', prerendered: new Map() }),
    replaceFolder: async (folder, files) => {
      for (const [name, contents] of files) texts.set(`${folder}/${name}`, contents instanceof Uint8Array ? new TextDecoder().decode(contents) : contents.from)
      return undefined
    },
  }
}

/** Files below `pages/api` with a handler each. */
export function apiFiles(names: readonly string[]): FileMap {
  return Object.fromEntries(names.map((name) => [`pages/api/${name}`, HANDLER]))
}

/** Phases 1 and 3 over files whose sources do not matter. Names are relative to `pages/api`. */
export function linkNames(names: readonly string[], report: Report = createReport()): RouteTable {
  const scanned = scan(memoryHost(apiFiles(names)), report)
  const routes = scanned.routes.map(
    (file): ApiRoute => ({ ...file, kind: 'api', handler: fileSpan(file.file), config: { kind: 'static', config: UNSET_CONFIG }, methods: null }),
  )
  return link({ routes, pages: undefined, instrumentation: undefined }, report)
}

/** The emitted manifest, evaluated; only that `load` gives what it would import. */
export function evaluateManifest(text: string): Manifest {
  const body = text.replaceAll('load() { return import(', 'load() { return imported(').replace(/^export const manifest = /m, 'return ')
  return new Function('imported', `'use strict'; ${body}`)((specifier: string) => specifier)
}

/** `api/:id/*path?`: unlike the name of a file, this tells a param from literal brackets. */
export function shapeOf(segments: readonly Segment[]): string {
  return segments
    .map((segment) => {
      if (segment.kind === 'static') return segment.text
      if (segment.kind === 'param') return `:${segment.name}`
      return segment.optional ? `*${segment.name}?` : `*${segment.name}`
    })
    .join('/')
}

/** `route-conflict a/index.ts < a.ts`: the code, where it is, and where its notes point. Files are relative to `pages/api`. */
export function saidOf(diagnostics: readonly Diagnostic[]): string[] {
  const name = ({ file }: Span) => file.replace(/^pages\/api\//, '')
  return diagnostics.map(({ code, at, notes }) => [`${code} ${name(at)}`, ...notes.map((note) => name(note.at))].join(' < '))
}

/** `config-value: 'lots'`: the code and the text that gets underlined. */
export function underlined(diagnostics: readonly Diagnostic[], host: Host): string[] {
  return diagnostics.map(({ code, at }) => `${code}: ${host.read(at.file).slice(at.start, at.end)}`)
}

/** A new folder with these files, deleted when the test ends. */
export function temporaryProject(test: TestContext, files: FileMap): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'apiroutes-unit-')))
  test.after(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}
