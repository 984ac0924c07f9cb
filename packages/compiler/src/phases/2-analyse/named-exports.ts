/** What a file exports by name, as far as the syntax shows. */

import type { ts } from 'ts-morph'
import type { Note, Span } from '../../diagnostics/diagnostic.ts'
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

export interface NamedExport {
  /** What to point at, in the file itself. */
  readonly place: ts.Node
  /** What it stands for, as far as that is sure. */
  readonly definition: ts.Node | undefined
}

export interface Exports {
  readonly found: ReadonlyMap<string, NamedExport>
  /** False when there may be exports that no syntax shows. */
  readonly isAll: boolean
}

const CANNOT_TELL: Exports = { found: new Map(), isAll: false }

/** What a file exports by name. @param names what is looked for through `export *` too. */
export function namedExports(source: ts.SourceFile, names: readonly string[], modules: Modules): Exports {
  return isEsModule(source) ? moduleExports(source, names, modules) : commonJsExports(source, modules)
}

/** What an export provably is instead of a function, and where to say so; undefined when it is one or cannot be told. */
export function notFunctionAt(
  found: NamedExport | undefined,
  source: ts.SourceFile,
): { readonly what: string; readonly at: Span; readonly notes: readonly Note[] } | undefined {
  const what = found?.definition && notFunction(found.definition)
  if (!found?.definition || what === undefined) return undefined
  const { place, definition } = found
  const shown = definition.getSourceFile() === source && isExpression(definition) ? definition : place
  return { what, at: spanOf(shown), notes: noteAt(definition, shown, 'it is written here') }
}

function moduleExports(source: ts.SourceFile, names: readonly string[], modules: Modules): Exports {
  const found = new Map<string, NamedExport>()
  let isAll = true
  for (const name of new Set([...names, ...exportedNames(source)])) {
    const local = localExport(source, name)
    const place = local ? placeOf(local.place) : source.statements.find((item) => isExportDeclaration(item) && !item.exportClause)
    const passedOn = local ? undefined : exportOf(source, name, modules)
    if (place && passedOn?.kind !== 'unknown') found.set(name, { place, definition: definitionOfExport(source, name, modules) })
    else if (passedOn !== NOT_EXPORTED) isAll = false
  }
  return { found, isAll }
}

/** `a as register`, whole. */
function placeOf(place: ts.Node): ts.Node {
  return isExportSpecifier(place.parent) ? place.parent : place
}

/** `exports.register = …` and `module.exports = { register }`, at the top level. */
function commonJsExports(source: ts.SourceFile, modules: Modules): Exports {
  const found = new Map<string, NamedExport>()
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
export function propertiesOf(whole: ts.Node | undefined, place: ts.Node, modules: Modules): Exports {
  if (whole && (isFunctionLike(whole) || isClassDeclaration(whole))) return { found: new Map(), isAll: true }
  if (!whole || !isObjectLiteralExpression(whole)) return CANNOT_TELL
  const found = new Map<string, NamedExport>()
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
