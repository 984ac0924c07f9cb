/** A handler that returns a web `Response`, as in the App Router: nobody looks at what it returns, and the client waits for ever. */

import type { ts } from 'ts-morph'
import {
  findAncestor,
  forEachChild,
  isBlock,
  isCallExpression,
  isClassLike,
  isConditionalExpression,
  isFunctionLike,
  isIdentifier,
  isImportDeclaration,
  isImportSpecifier,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isStringLiteral,
} from '../../typescript.ts'
import { declarationsOf, identifiersOf } from './names.ts'
import { sourceName, unwrap } from './syntax-tree.ts'

export interface Returned {
  readonly node: ts.Node
  /** `Response` or `NextResponse`, as the file calls it. */
  readonly what: string
}

/** The first response that the function itself, and none inside of it, returns. */
export function returnedResponse(handler: ts.FunctionLikeDeclaration): Returned | undefined {
  const { body } = handler
  if (!body || !/Response/.test(handler.getSourceFile().text)) return undefined
  return isBlock(body) ? inStatements(body) : responseIn(body)
}

function inStatements(node: ts.Node): Returned | undefined {
  return forEachChild(node, (child) => {
    if (isFunctionLike(child) || isClassLike(child)) return undefined
    if (isReturnStatement(child)) return child.expression && responseIn(child.expression)
    return inStatements(child)
  })
}

/** `new Response(…)`, `Response.json(…)`, and either branch of a condition. */
function responseIn(expression: ts.Node): Returned | undefined {
  const node = unwrap(expression)
  if (isConditionalExpression(node)) return responseIn(node.whenTrue) ?? responseIn(node.whenFalse)
  const isStatic =
    isCallExpression(node) && isPropertyAccessExpression(node.expression) && /^(error|json|redirect|next|rewrite)$/.test(node.expression.name.text)
  const name = isNewExpression(node) ? node.expression : isStatic ? (node.expression as ts.PropertyAccessExpression).expression : undefined
  return name && isIdentifier(name) && isResponse(name) ? { node, what: name.text } : undefined
}

/** The global one, when the file declares no such name anywhere, or what it imports from next/server. */
function isResponse(name: ts.Identifier): boolean {
  const source = name.getSourceFile()
  const declared = identifiersOf(name.text, source).filter(isDeclared)
  const [declaration, ...more] = declarationsOf(name.text, source)
  if (!declaration) return name.text === 'Response' && declared.length === 0
  if (more.length > 0 || declared.length > 1 || !isImportSpecifier(declaration)) return false
  const from = findAncestor(declaration, isImportDeclaration)?.moduleSpecifier
  return sourceName(declaration) === 'NextResponse' && from !== undefined && isStringLiteral(from) && /^next\/server(\.js)?$/.test(from.text)
}

function isDeclared(use: ts.Identifier): boolean {
  const { parent } = use
  return (parent as { name?: ts.Node }).name === use && !isPropertyAccessExpression(parent) && !isPropertyAssignment(parent)
}
