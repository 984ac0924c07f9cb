/** Questions about single nodes of a syntax tree. */

import type { ts } from 'ts-morph'
import {
  forEachChild,
  getCombinedModifierFlags,
  isAsExpression,
  isBinaryExpression,
  isExportAssignment,
  isExportDeclaration,
  isImportDeclaration,
  isNonNullExpression,
  isParenthesizedExpression,
  isSatisfiesExpression,
  isTypeAssertionExpression,
  ModifierFlags,
  NodeFlags,
  SyntaxKind,
} from '../../typescript.ts'

/** Is it one of parentheses, `as`, `satisfies`, `!` and `<T>`, none of which changes a value? */
export function isTransparent(node: ts.Node): node is ts.ParenthesizedExpression | ts.AssertionExpression | ts.SatisfiesExpression | ts.NonNullExpression {
  return isParenthesizedExpression(node) || isAsExpression(node) || isSatisfiesExpression(node) || isNonNullExpression(node) || isTypeAssertionExpression(node)
}

/** The expression inside of all that is transparent. */
export function unwrap(node: ts.Node): ts.Node {
  return isTransparent(node) ? unwrap(node.expression) : node
}

/** What stands around a node and all that is transparent around it, and the outermost of these. */
export function placeOf(node: ts.Node): { node: ts.Node; parent: ts.Node } {
  return isTransparent(node.parent) ? placeOf(node.parent) : { node, parent: node.parent }
}

/** The name that others import; it may be written as a string. */
export function exportedName(item: ts.ExportSpecifier): string {
  return item.name.text
}

/** The name of this file, or of the one it comes from, that is exported. */
export function sourceName(item: ts.ExportSpecifier | ts.ImportSpecifier): string {
  return (item.propertyName ?? item.name).text
}

export function hasModifier(node: ts.Node, kind: ts.ModifierSyntaxKind): boolean {
  return (node as { modifiers?: ts.NodeArray<ts.ModifierLike> }).modifiers?.some((modifier) => modifier.kind === kind) ?? false
}

export function isExported(node: ts.Node): boolean {
  return hasModifier(node, SyntaxKind.ExportKeyword)
}

export function isConst(list: ts.VariableDeclarationList): boolean {
  return (list.flags & NodeFlags.BlockScoped) === NodeFlags.Const
}

/** `declare const a`: said to be there, by whatever else. */
export function isAmbient(node: ts.Node): boolean {
  return (getCombinedModifierFlags(node as ts.Declaration) & ModifierFlags.Ambient) !== 0
}

/** Has it a statement that makes it an ES module? Without one it may be CommonJS. */
export function isEsModule(source: ts.SourceFile): boolean {
  return source.statements.some((item) => isImportDeclaration(item) || isExportDeclaration(item) || isExportAssignment(item) || isExported(item))
}

/** `a = b`, and with what is transparent around `a`. */
export function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken
}

/** `=`, `+=`, `??=` and so on. */
export function assigns(node: ts.BinaryExpression): boolean {
  return node.operatorToken.kind >= SyntaxKind.FirstAssignment && node.operatorToken.kind <= SyntaxKind.LastAssignment
}

/** The nodes that begin with a word, in the order of the text. Looking for the word first is much quicker than walking the whole tree. */
export function nodesOfWord(source: ts.SourceFile, word: string): ts.Node[] {
  const found: ts.Node[] = []
  for (let at = source.text.indexOf(word); at !== -1; at = source.text.indexOf(word, at + word.length)) {
    const node = innermostAt(source, at)
    if (node.getStart() === at) found.push(node)
  }
  return found
}

function innermostAt(root: ts.Node, position: number): ts.Node {
  const childAt = (node: ts.Node) => forEachChild(node, (item) => (item.pos <= position && position < item.end ? item : undefined))
  let node = root
  for (let child = childAt(node); child; child = childAt(node)) node = child
  return node
}

/** In the order of the text. Without recursion: a sum of some thousand terms is as deep as it is long. */
export function forEachDescendant(root: ts.Node, visit: (node: ts.Node) => void): void {
  const open = childrenOf(root)
  for (let node = open.pop(); node; node = open.pop()) {
    visit(node)
    open.push(...childrenOf(node))
  }
}

/** Last first. */
function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = []
  forEachChild(node, (child) => void children.push(child))
  return children.reverse()
}
