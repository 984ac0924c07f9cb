import { Node, type SourceFile, ts } from 'ts-morph'
import { diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Report } from '../../report.ts'
import { spanOf } from './span.ts'

/** Reports what makes a file no JavaScript; true when it could not be parsed, so that nothing else can be said of it. */
export function reportSyntax(source: SourceFile, file: string, report: Report): boolean {
  const errors = parseErrors(source)
  for (const { start, length, messageText } of errors) {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n')
    report.add(diagnostic('syntax-error', { text }, { file, start, end: start + length }))
  }
  if (errors.length === 0) reportAwait(source, file, report)
  return errors.length > 0
}

/** The parser's own errors. Asking for them through a program would load every import to tell us the same. */
function parseErrors(source: SourceFile): readonly ts.DiagnosticWithLocation[] {
  const { parseDiagnostics = [] } = source.compilerNode as { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }
  return parseDiagnostics
}

/** The parser lets `await` pass anywhere in a module; JavaScript does not. */
function reportAwait(source: SourceFile, file: string, report: Report): void {
  if (!source.getFullText().includes('await')) return
  source.forEachDescendant((node) => {
    if (!Node.isAwaitExpression(node)) return
    const scope = functionAround(node)
    if (!scope || (Node.isAsyncable(scope) && scope.isAsync())) return
    const keyword = { file, start: node.getStart(), end: node.getStart() + 'await'.length }
    const begin = { ...spanOf(scope, file), end: lineEnd(scope) }
    report.add(diagnostic('await-outside-async', { name: nameOf(scope) }, keyword, [{ text: 'the function begins here', at: begin }]))
  })
}

/** The innermost function, or static block, whose code a node is part of. The computed name of a method is outside of it. */
function functionAround(node: Node): Node | undefined {
  const parent = node.getParent()
  if (!parent) return undefined
  if (Node.isComputedPropertyName(parent) || Node.isDecorator(parent)) return functionAround(parent.getParentOrThrow())
  if (Node.isPropertyDeclaration(parent)) return parent // a class field is worked out as if in a method
  const isFunction = Node.isFunctionLikeDeclaration(parent) || Node.isFunctionExpression(parent) || Node.isClassStaticBlockDeclaration(parent)
  return isFunction ? parent : functionAround(parent)
}

function nameOf(scope: Node): string {
  const name = Node.hasName(scope) || Node.isFunctionDeclaration(scope) ? scope.getName() : undefined
  if (Node.isPropertyDeclaration(scope)) return 'a class field'
  return name ? `the function \`${name}\`` : 'a function'
}

function lineEnd(node: Node): number {
  const newline = node.getText().search(/\r?\n/)
  return newline === -1 ? node.getEnd() : node.getStart() + newline
}
