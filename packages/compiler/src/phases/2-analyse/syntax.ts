import { Node, type SourceFile, ts } from 'ts-morph'
import { diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Report } from '../../report.ts'
import { spanOf } from './span.ts'

/** Reports what makes a file no JavaScript or TypeScript at all; true if there is anything. */
export function reportSyntax(source: SourceFile, file: string, report: Report): boolean {
  const errors = parseErrors(source)
  for (const { start, length, messageText } of errors) {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n')
    report.add(diagnostic('syntax-error', { text }, { file, start, end: start + length }))
  }
  return errors.length > 0 || reportAwait(source, file, report)
}

/** The parser's own errors. Asking for them through a program would load every import to tell us the same. */
function parseErrors(source: SourceFile): readonly ts.DiagnosticWithLocation[] {
  const { parseDiagnostics = [] } = source.compilerNode as { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }
  return parseDiagnostics
}

/** The parser lets `await` pass anywhere in a module; JavaScript does not. */
function reportAwait(source: SourceFile, file: string, report: Report): boolean {
  let found = false
  if (!source.getFullText().includes('await')) return false
  source.forEachDescendant((node) => {
    if (!Node.isAwaitExpression(node)) return
    const scope = node.getFirstAncestor((ancestor) => Node.isFunctionLikeDeclaration(ancestor) || Node.isClassStaticBlockDeclaration(ancestor))
    if (!scope || (Node.isAsyncable(scope) && scope.isAsync())) return
    found = true
    const keyword = { file, start: node.getStart(), end: node.getStart() + 'await'.length }
    report.add(
      diagnostic('await-outside-async', { name: nameOf(scope) }, keyword, [
        { text: 'the function begins here', at: { ...spanOf(scope, file), end: lineEnd(scope) } },
      ]),
    )
  })
  return found
}

function nameOf(scope: Node): string {
  const name = Node.hasName(scope) || Node.isFunctionDeclaration(scope) ? scope.getName() : undefined
  return name ? `the function \`${name}\`` : 'a function'
}

function lineEnd(node: Node): number {
  const newline = node.getText().indexOf('\n')
  return newline === -1 ? node.getEnd() : node.getStart() + newline
}
