import { type ConfigProblem, checkConfig, describe, keyOf, UNKNOWN, UNSET_CONFIG } from '@apiroutes/runtime/config'
import type { ts } from 'ts-morph'
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.ts'
import type { ConfigReading } from '../../model.ts'
import type { Report } from '../../report.ts'
import { isArrowFunction, isClassDeclaration, isClassExpression, isFunctionDeclaration, isFunctionExpression } from '../../typescript.ts'
import { commonJsConfig } from './commonjs-config.ts'
import { evaluateExport } from './constants.ts'
import { type Literal, shownBy, type Unknown } from './literal.ts'
import type { Modules } from './modules.ts'
import { noteAt, spanOf } from './span.ts'
import { isEsModule } from './syntax-tree.ts'

/** What `export const config` says, checked at its place; whatever cannot be read now is reported and read at load. */
export function analyseConfig(source: ts.SourceFile, modules: Modules, report: Report): ConfigReading {
  const isModule = isEsModule(source)
  if (isModule) reportEdge(source, modules, report)
  const exported = isModule ? evaluateExport('config', source, modules) : commonJsConfig(source, modules)
  if (!exported) return { kind: 'static', config: UNSET_CONFIG }
  const what = notObject(exported)
  if (what !== undefined) {
    report.add(diagnostic('config-not-object', { what }, spanOf(exported.node), noteAt(exported.origin, exported.node, WRITTEN)))
    return { kind: 'static', config: UNSET_CONFIG }
  }

  const unknown = unknownParts(exported)
  for (const { key, literal } of unknown) {
    const notes = noteAt(literal.origin, literal.node, 'this is what cannot be known')
    report.add(diagnostic('config-not-static', { key, why: literal.why }, spanOf(literal.node), notes))
  }
  const { config, problems } = checkConfig(plain(exported))
  for (const problem of problems) report.add(toDiagnostic(problem, exported))
  return unknown.length > 0 ? { kind: 'at-load' } : { kind: 'static', config }
}

const WRITTEN = 'the value is written here'

/** `export const runtime = 'edge'`: the same wish, outside of config. */
function reportEdge(source: ts.SourceFile, modules: Modules, report: Report): void {
  reportIfEdge(evaluateExport('runtime', source, modules), report)
}

/** Of the config of a page only the runtime counts: `export const config = { runtime: 'edge' }`. */
export function reportEdgePage(source: ts.SourceFile, modules: Modules, report: Report): void {
  const isModule = isEsModule(source)
  if (isModule) reportEdge(source, modules, report)
  const exported = isModule ? evaluateExport('config', source, modules) : commonJsConfig(source, modules)
  const runtime = exported?.kind === 'object' ? exported.entries.get('runtime')?.value : undefined
  if (exported && runtime) reportIfEdge(shownBy(exported.node, runtime), report)
}

function reportIfEdge(runtime: Literal | undefined, report: Report): void {
  if (runtime?.kind !== 'value' || (runtime.value !== 'edge' && runtime.value !== 'experimental-edge')) return
  report.add(diagnostic('config-edge', { got: describe(runtime.value) }, spanOf(runtime.node), noteAt(runtime.origin, runtime.node, WRITTEN)))
}

/** What the config is, when it is known not to be an object. */
function notObject(exported: Literal): string | undefined {
  if (exported.kind === 'value') return exported.value === undefined ? undefined : describe(exported.value)
  if (exported.kind === 'array') return 'an array'
  if (exported.kind === 'object') return undefined
  const { origin } = exported
  if (isFunctionDeclaration(origin) || isFunctionExpression(origin) || isArrowFunction(origin)) return 'a function'
  return isClassDeclaration(origin) || isClassExpression(origin) ? 'a class' : undefined
}

function unknownParts(literal: Literal, key = 'config'): { key: string; literal: Unknown }[] {
  if (literal.kind === 'unknown') return [{ key, literal }]
  if (literal.kind === 'value') return []
  if (literal.kind === 'array') return literal.items.flatMap((item, i) => unknownParts(shownBy(literal.node, item), `${key}.${i}`))
  const entries = [...literal.entries].flatMap(([name, { value }]) => unknownParts(shownBy(literal.node, value), `${key}.${name}`))
  return literal.open ? [{ key, literal: literal.open }, ...entries] : entries
}

function plain(literal: Literal): unknown {
  if (literal.kind === 'unknown') return UNKNOWN
  if (literal.kind === 'value') return literal.value
  if (literal.kind === 'array') return literal.items.map(plain)
  return Object.fromEntries([...literal.entries].map(([key, { value }]) => [key, plain(value)]))
}

function toDiagnostic(problem: ConfigProblem, config: Literal): Diagnostic {
  const { key: name, written, value } = placeIn(config, problem.path)
  const key = keyOf(problem)
  const got = describe(problem.got)
  if (problem.kind === 'unknown-key') return diagnostic('config-unknown-key', { key, nearest: problem.expected }, spanOf(name), noteAt(written, name, WRITTEN))
  const at = spanOf(value.node)
  const notes = noteAt(value.origin, value.node, WRITTEN)
  if (problem.kind === 'edge') return diagnostic('config-edge', { got }, at, notes)
  return diagnostic(problem.kind === 'value' ? 'config-value' : 'config-no-effect', { key, expected: problem.expected, got }, at, notes)
}

/** Where a problem's path leads: the key as the route's file shows it and as it is written, and the value; or the nearest that exist. */
function placeIn(config: Literal, path: readonly string[]): { key: ts.Node; written: ts.Node; value: Literal } {
  let here = { key: config.node, written: config.origin, value: config }
  for (const key of path) {
    const next = here.value.kind === 'object' ? here.value.entries.get(key) : undefined
    if (!next) break
    const isShown = next.key.getSourceFile() === config.node.getSourceFile()
    here = { key: isShown ? next.key : here.value.node, written: next.key, value: shownBy(here.value.node, next.value) }
  }
  return here
}
