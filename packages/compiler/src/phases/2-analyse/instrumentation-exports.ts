import type { ts } from 'ts-morph'
import { diagnostic, fileSpan } from '../../diagnostics/diagnostic.ts'
import { nearest } from '../../nearest.ts'
import type { Report } from '../../report.ts'
import {
  isClassDeclaration,
  isExportDeclaration,
  isExportSpecifier,
  isExpression,
  isExpressionStatement,
  isFunctionLike,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isStringLiteralLike,
} from '../../typescript.ts'
import { definitionOf, definitionOfExport } from './definition.ts'
import { exportedNames, exportOf, localExport, NOT_EXPORTED } from './exports.ts'
import type { Modules } from './modules.ts'
import { identifiersOf } from './names.ts'
import { notFunction } from './not-function.ts'
import { noteAt, spanOf } from './span.ts'
import { isAssignment, isEsModule } from './syntax-tree.ts'

/** What the server calls of it, as Next.js does; `onShutdown` is ours. */
const HOOKS = ['register', 'onRequestError', 'onShutdown']

/** Reports hooks that are provably no functions, names that are nearly those of hooks, and a file without any. */
export function analyseInstrumentation(source: ts.SourceFile, modules: Modules, report: Report): void {
  const { found, isAll } = isEsModule(source) ? moduleExports(source, modules) : commonJsExports(source, modules)
  const hooks = HOOKS.filter((name) => found.has(name))
  for (const name of hooks) reportNotFunction(name, found.get(name), source, report)
  const missing = HOOKS.filter((name) => !found.has(name))
  const slips = [...found].flatMap(([name, { place, definition }]) => {
    const meant = HOOKS.includes(name) || (definition && notFunction(definition) !== undefined) ? undefined : nearest(name, missing)
    return meant === undefined ? [] : [diagnostic('instrumentation-name', { name, nearest: meant }, spanOf(place))]
  })
  for (const slip of slips) report.add(slip)
  if (hooks.length + slips.length === 0 && isAll) report.add(diagnostic('instrumentation-empty', {}, fileSpan(source.fileName)))
}

interface Found {
  /** What to point at, in the file itself. */
  readonly place: ts.Node
  /** What it stands for, as far as that is sure. */
  readonly definition: ts.Node | undefined
}

interface Exports {
  readonly found: ReadonlyMap<string, Found>
  /** False when there may be exports that no syntax shows. */
  readonly isAll: boolean
}

const CANNOT_TELL: Exports = { found: new Map(), isAll: false }

function reportNotFunction(name: string, found: Found | undefined, source: ts.SourceFile, report: Report): void {
  const what = found?.definition && notFunction(found.definition)
  if (!found?.definition || what === undefined) return
  const { place, definition } = found
  const shown = definition.getSourceFile() === source && isExpression(definition) ? definition : place
  report.add(diagnostic('instrumentation-not-function', { name, what }, spanOf(shown), noteAt(definition, shown, 'it is written here')))
}

function moduleExports(source: ts.SourceFile, modules: Modules): Exports {
  const found = new Map<string, Found>()
  let isAll = true
  for (const name of new Set([...HOOKS, ...exportedNames(source)])) {
    const local = localExport(source, name)
    const place = local ? placeOf(local.place) : source.statements.find((item) => isExportDeclaration(item) && !item.exportClause)
    const passedOn = local ? undefined : exportOf(source, name, modules)
    if (place && passedOn?.kind !== 'unknown') found.set(name, { place, definition: definitionOfExport(source, name, modules) })
    else if (passedOn !== NOT_EXPORTED) isAll = false
  }
  const byDefault = found.get('default')
  if (!byDefault) return { found, isAll }
  const within = propertiesOf(byDefault.definition, byDefault.place, modules)
  return { found: new Map([...within.found, ...found]), isAll: isAll && within.isAll }
}

/** `a as register`, whole. */
function placeOf(place: ts.Node): ts.Node {
  return isExportSpecifier(place.parent) ? place.parent : place
}

/** `exports.register = …` and `module.exports = { register }`, at the top level. */
function commonJsExports(source: ts.SourceFile, modules: Modules): Exports {
  const found = new Map<string, Found>()
  let isAll = true
  let explained = 0
  for (const statement of source.statements) {
    if (!isExpressionStatement(statement) || !isAssignment(statement.expression)) continue
    const { left, right } = statement.expression
    const [target, name] = /^(?:module\.)?exports(?:\.(\w+))?$/.exec(left.getText().replace(/\s/g, '')) ?? []
    if (target === undefined) continue
    explained++
    if (name !== undefined) found.set(name, { place: left, definition: definitionOf(right, modules) })
    else {
      const whole = propertiesOf(definitionOf(right, modules), left, modules)
      found.clear()
      for (const [key, value] of whole.found) found.set(key, value)
      isAll = whole.isAll
    }
  }
  const uses = Math.max(identifiersOf('exports', source).length, identifiersOf('module', source).length)
  return { found, isAll: isAll && uses === explained }
}

/** What an object that is exported as a whole holds. */
function propertiesOf(whole: ts.Node | undefined, place: ts.Node, modules: Modules): Exports {
  if (whole && (isFunctionLike(whole) || isClassDeclaration(whole))) return { found: new Map(), isAll: true }
  if (!whole || !isObjectLiteralExpression(whole)) return CANNOT_TELL
  const found = new Map<string, Found>()
  let isAll = true
  for (const item of whole.properties) {
    const name = item.name && (isIdentifier(item.name) || isStringLiteralLike(item.name)) ? item.name.text : undefined
    const value = isPropertyAssignment(item) ? item.initializer : isShorthandPropertyAssignment(item) ? item.name : item
    const isHere = item.getSourceFile() === place.getSourceFile()
    if (name === undefined) isAll = false
    else found.set(name, { place: isHere && item.name ? item.name : place, definition: definitionOf(value, modules) })
  }
  return { found, isAll }
}
