/** What static pages, `_document` and a page store have to export. */

import type { ts } from 'ts-morph'
import { diagnostic, fileSpan, type Span } from '../../diagnostics/diagnostic.ts'
import type { RouteFile } from '../../model.ts'
import type { Report } from '../../report.ts'
import { isClassDeclaration, isClassLike, isFunctionDeclaration, isIdentifier, isPropertyAccessExpression, SyntaxKind } from '../../typescript.ts'
import { type DefaultExport, defaultExport, mayExportUnseen, reportExportAll } from './default-export.ts'
import type { Modules } from './modules.ts'
import { type NamedExport, namedExports, notFunctionAt } from './named-exports.ts'
import { identifiersOf } from './names.ts'
import { notFunction } from './not-function.ts'
import { noteAt, spanOf } from './span.ts'
import { hasModifier, isAssignment } from './syntax-tree.ts'

const DATA = ['getStaticProps', 'getStaticPaths', 'getServerSideProps']

interface Component {
  /** Where the file has it. */
  readonly handler: Span
  /** The file that it is written in, as far as that is sure. */
  readonly writtenIn: ts.SourceFile
}

/** The default export of a page or a document, which is called or rendered. */
export function analyseComponent(source: ts.SourceFile, what: 'page' | 'document', modules: Modules, report: Report): Component {
  reportExportAll(source, report)
  const found = defaultExport(source, modules)
  if (!found) {
    if (!mayExportUnseen(source)) report.add(diagnostic('page-default', { what, is: 'missing' }, fileSpan(source.fileName)))
    return { handler: fileSpan(source.fileName), writtenIn: source }
  }
  const is = wrongDefault(found) ?? asyncFunction(found)
  if (is !== undefined && is !== 'a class') report.add(diagnostic('page-default', { what, is }, ...shown(found)))
  for (const node of initialProps(found, source)) report.add(diagnostic('page-not-static', { name: 'getInitialProps' }, spanOf(node)))
  return { handler: spanOf(found.place), writtenIn: found.definition?.getSourceFile() ?? source }
}

/** `--page-store`: a default export that is called. */
export function analyseStore(source: ts.SourceFile, modules: Modules, report: Report): void {
  const found = defaultExport(source, modules)
  if (!found && !mayExportUnseen(source)) report.add(diagnostic('page-store-not-function', { is: 'missing' }, fileSpan(source.fileName)))
  const is = found && wrongDefault(found)
  if (found && is !== undefined) report.add(diagnostic('page-store-not-function', { is }, ...shown(found)))
}

/** What a page gets its data by. What the syntax does not show is found out when the page loads. */
export function analyseDataExports(source: ts.SourceFile, { segments }: Pick<RouteFile, 'segments'>, modules: Modules, report: Report): void {
  const { found, isAll } = namedExports(source, DATA, modules)
  const [props, paths, serverSide] = DATA.map((name) => found.get(name))
  const params = segments.flatMap((segment) => (segment.kind === 'static' ? [] : [segment.name]))
  if (serverSide) report.add(diagnostic('page-not-static', { name: 'getServerSideProps' }, spanOf(serverSide.place)))
  if (serverSide) return // which says what is missing, too
  if (!props && isAll) report.add(diagnostic('page-without-get-static-props', {}, fileSpan(source.fileName)))
  if (!paths && isAll && params.length > 0) report.add(diagnostic('page-paths-missing', { names: params.join(', ') }, fileSpan(source.fileName)))
  if (paths && params.length === 0) report.add(diagnostic('page-paths-unused', {}, spanOf(paths.place)))
  reportNotFunction('getStaticProps', props, source, report)
  reportNotFunction('getStaticPaths', paths, source, report)
}

function reportNotFunction(name: string, found: NamedExport | undefined, source: ts.SourceFile, report: Report): void {
  const wrong = notFunctionAt(found, source)
  if (wrong) report.add(diagnostic('page-export-not-function', { name, what: wrong.what }, wrong.at, wrong.notes))
}

function wrongDefault({ definition }: DefaultExport): string | undefined {
  return definition && notFunction(definition)
}

/** Rendering waits for nothing. */
function asyncFunction({ definition }: DefaultExport): string | undefined {
  return definition && hasModifier(definition, SyntaxKind.AsyncKeyword) ? 'an async function' : undefined
}

function shown({ value, definition }: DefaultExport): [Span, ReturnType<typeof noteAt>] {
  return [spanOf(value), noteAt(definition ?? value, value, 'it is written here')]
}

/** `Page.getInitialProps = …`, and `static getInitialProps` of a class. */
function initialProps({ value, definition }: DefaultExport, source: ts.SourceFile): ts.Node[] {
  const names = [nameOf(value), definition && nameOf(definition)]
  return identifiersOf('getInitialProps', source).filter((node) => {
    const { parent } = node
    if (isPropertyAccessExpression(parent)) {
      const owner = isAssignment(parent.parent) && parent.parent.left === parent ? nameOf(parent.expression) : undefined
      return owner !== undefined && names.includes(owner)
    }
    return isClassLike(parent.parent) && parent.parent === definition && hasModifier(parent, SyntaxKind.StaticKeyword)
  })
}

function nameOf(node: ts.Node): string | undefined {
  if (isIdentifier(node)) return node.text
  return isFunctionDeclaration(node) || isClassDeclaration(node) ? node.name?.text : undefined
}
