import type { ts } from 'ts-morph'
import { diagnostic, fileSpan, type Span } from '../../diagnostics/diagnostic.ts'
import type { Report } from '../../report.ts'
import { isArrowFunction, isFunctionDeclaration, isFunctionExpression } from '../../typescript.ts'
import { defaultExport, mayExportUnseen, reportExportAll } from './default-export.ts'
import type { Modules } from './modules.ts'
import { notFunction } from './not-function.ts'
import { returnedResponse } from './returned-response.ts'
import { noteAt, spanOf } from './span.ts'
import { isExported } from './syntax-tree.ts'

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
    if (!mayExportUnseen(source)) report.add(diagnostic('handler-missing', { named: namedMethods(source) }, fileSpan(source.fileName)))
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

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return isFunctionDeclaration(node) || isFunctionExpression(node) || isArrowFunction(node)
}

function namedMethods(source: ts.SourceFile): string {
  const functions = source.statements.filter((item) => isFunctionDeclaration(item)).filter((item) => isExported(item))
  const methods = functions.map(({ name }) => name?.text ?? '').filter((name) => /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(name))
  return methods.map((name) => `\`${name}\``).join(', ')
}
