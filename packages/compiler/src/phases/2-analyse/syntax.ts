import type { ts } from 'ts-morph'
import { diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Report } from '../../report.ts'
import {
  flattenDiagnosticMessageText,
  isAwaitExpression,
  isClassStaticBlockDeclaration,
  isComputedPropertyName,
  isDecorator,
  isFunctionLike,
  isPropertyDeclaration,
  SyntaxKind,
} from '../../typescript.ts'
import { parseErrors } from './parse.ts'
import { spanOf } from './span.ts'
import { hasModifier, nodesOfWord } from './syntax-tree.ts'

/** Reports what makes a file no JavaScript; true when it could not be parsed, so that nothing else can be said of it. */
export function reportSyntax(source: ts.SourceFile, report: Report): boolean {
  const errors = parseErrors(source)
  for (const { start, length, messageText } of errors) {
    const text = flattenDiagnosticMessageText(messageText, '\n')
    report.add(diagnostic('syntax-error', { text }, { file: source.fileName, start, end: start + length }))
  }
  if (errors.length === 0) reportAwait(source, report)
  return errors.length > 0
}

/** The parser lets `await` pass anywhere in a module; JavaScript does not. */
function reportAwait(source: ts.SourceFile, report: Report): void {
  for (const found of nodesOfWord(source, 'await')) {
    const scope = isAwaitExpression(found) ? functionAround(found) : undefined
    if (!scope || hasModifier(scope, SyntaxKind.AsyncKeyword)) continue
    const { file, start } = spanOf(found)
    const begin = { ...spanOf(scope), end: lineEnd(scope) }
    report.add(
      diagnostic('await-outside-async', { name: nameOf(scope) }, { file, start, end: start + 'await'.length }, [
        { text: 'the function begins here', at: begin },
      ]),
    )
  }
}

/** The innermost function, or static block, whose code a node is part of. The computed name of a method is outside of it. */
function functionAround(node: ts.Node): ts.Node | undefined {
  const { parent } = node
  if (!parent) return undefined
  if (isComputedPropertyName(parent) || isDecorator(parent)) return functionAround(parent.parent)
  if (isPropertyDeclaration(parent)) return parent // a class field is worked out as if in a method
  return isFunctionLike(parent) || isClassStaticBlockDeclaration(parent) ? parent : functionAround(parent)
}

function nameOf(scope: ts.Node): string {
  if (isPropertyDeclaration(scope)) return 'a class field'
  const { name } = scope as { name?: ts.Node }
  return name ? `the function \`${name.getText()}\`` : 'a function'
}

function lineEnd(node: ts.Node): number {
  const newline = node.getText().search(/\r?\n/)
  return newline === -1 ? node.getEnd() : node.getStart() + newline
}
