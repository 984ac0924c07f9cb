import type { ts } from 'ts-morph'
import { diagnostic, fileSpan, type Span } from '../../diagnostics/diagnostic.ts'
import type { Report } from '../../report.ts'
import {
  isArrowFunction,
  isExportDeclaration,
  isExportSpecifier,
  isExpressionStatement,
  isFunctionDeclaration,
  isFunctionExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
} from '../../typescript.ts'
import { definitionOf, definitionOfExport } from './definition.ts'
import { localExport } from './exports.ts'
import type { Modules } from './modules.ts'
import { identifiersOf } from './names.ts'
import { notFunction } from './not-function.ts'
import { returnedResponse } from './returned-response.ts'
import { noteAt, spanOf } from './span.ts'
import { isAssignment, isEsModule, isExported } from './syntax-tree.ts'

/** What the syntax shows of the default export. */
export interface Handler {
  /** Where it is. */
  readonly span: Span
  /** The function that answers, when it is sure which one it is. */
  readonly definition: ts.FunctionLikeDeclaration | undefined
}

/**
 * Reports a default export that is missing, provably no function, or a function that returns its answer; what cannot be told is left to
 * the moment the module loads, which says so itself.
 */
export function analyseHandler(source: ts.SourceFile, modules: Modules, report: Report): Handler {
  reportExportAll(source, report)
  const found = defaultExport(source, modules)
  if (!found) {
    // CommonJS can export in ways that no syntax shows; an ES module cannot.
    if (!usesCommonJs(source)) report.add(diagnostic('handler-missing', { named: namedMethods(source) }, fileSpan(source.fileName)))
    return { span: fileSpan(source.fileName), definition: undefined }
  }
  const { place, value, definition } = found
  const what = definition && notFunction(definition)
  if (what !== undefined) report.add(diagnostic('handler-not-function', { what }, spanOf(value), noteAt(definition ?? value, value, 'it is written here')))
  const handler = what === undefined && definition && isFunction(definition) ? definition : undefined
  const returned = handler && returnedResponse(handler)
  const isEdge = () => report.all().some(({ code, at }) => code === 'config-edge' && at.file === source.fileName) // which says it all
  if (returned && !isEdge()) report.add(diagnostic('handler-returns-response', { what: returned.what }, ...shownAt(returned.node, value)))
  return { span: spanOf(place), definition: handler }
}

/** In the route's own file, or the export that leads there and a note. */
function shownAt(node: ts.Node, value: ts.Node): [Span, ReturnType<typeof noteAt>] {
  if (node.getSourceFile() === value.getSourceFile()) return [spanOf(node), []]
  return [spanOf(value), noteAt(node, value, 'it is returned here')]
}

interface Found {
  /** What to point at. */
  readonly place: ts.Node
  /** The expression or declaration that is exported, as far as this file shows it. */
  readonly value: ts.Node
  /** What it stands for, as far as that is sure. */
  readonly definition: ts.Node | undefined
}

function defaultExport(source: ts.SourceFile, modules: Modules): Found | undefined {
  const found = localExport(source, 'default')
  if (!found) return commonJsExport(source, modules)
  if (found.kind === 'default') return { place: found.place, value: found.node, definition: definitionOf(found.node, modules) }
  const { place } = found
  const item = isExportSpecifier(place.parent) ? place.parent : place
  return { place: item, value: place, definition: definitionOfExport(source, 'default', modules) }
}

/** `module.exports = …` or `exports.default = …`, the last one, as it is the one that holds. */
function commonJsExport(source: ts.SourceFile, modules: Modules): Found | undefined {
  let found: Found | undefined
  for (const statement of source.statements) {
    if (!isExpressionStatement(statement) || !isAssignment(statement.expression)) continue
    const assignment = statement.expression
    const target = assignment.left.getText().replace(/\s/g, '')
    if (!/^(module\.exports|(module\.)?exports\.default)$/.test(target)) continue
    const value = assignment.right
    const holdsDefault = target === 'module.exports' && isObjectLiteralExpression(value) && value.properties.some((item) => item.name?.getText() === 'default')
    found = { place: assignment, value: holdsDefault ? assignment : value, definition: holdsDefault ? undefined : definitionOf(value, modules) }
  }
  return found
}

/** Could it export by CommonJS what no syntax shows? `exports.handler = …` alone is no default export. */
function usesCommonJs(source: ts.SourceFile): boolean {
  const uses = identifiersOf('exports', source)
  if (isEsModule(source) || uses.length === 0) return false
  const isNamed = ({ parent }: ts.Identifier) => isPropertyAccessExpression(parent) && parent.name.text !== 'exports' && parent.name.text !== 'default'
  return identifiersOf('module', source).length > 0 || !uses.every(isNamed)
}

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return isFunctionDeclaration(node) || isFunctionExpression(node) || isArrowFunction(node)
}

function namedMethods(source: ts.SourceFile): string {
  const functions = source.statements.filter((item) => isFunctionDeclaration(item)).filter((item) => isExported(item))
  const methods = functions.map(({ name }) => name?.text ?? '').filter((name) => /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(name))
  return methods.map((name) => `\`${name}\``).join(', ')
}

function reportExportAll(source: ts.SourceFile, report: Report): void {
  for (const statement of source.statements) {
    if (!isExportDeclaration(statement) || statement.exportClause || statement.isTypeOnly) continue
    report.add(diagnostic('export-all', { from: statement.moduleSpecifier?.getText() ?? '' }, spanOf(statement)))
  }
}
