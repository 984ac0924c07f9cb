/**
 * Could a file change the object that one of its names stands for (`config.api = …`)? The value at run time is then the one that
 * counts. Reading a part to compute with it is harmless; writing to it, or handing an object of it on, is not.
 */

import type { ts } from 'ts-morph'
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isDeleteExpression,
  isElementAccessExpression,
  isExportAssignment,
  isExportSpecifier,
  isExpressionStatement,
  isForInStatement,
  isForOfStatement,
  isIfStatement,
  isNumericLiteral,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isQualifiedName,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
  isStringLiteralLike,
  isTaggedTemplateExpression,
  isTypeNode,
  isTypeOfExpression,
  SyntaxKind,
} from '../../typescript.ts'
import { isFlat, type Literal } from './literal.ts'
import { member } from './member.ts'
import { identifiersOf } from './names.ts'
import { isShadowed } from './shadowed.ts'
import { assigns, placeOf } from './syntax-tree.ts'

interface Reading {
  readonly source: ts.SourceFile
  /** What is read of the name; a change beside it does no harm. */
  readonly path: readonly string[]
  /** The value of the name, after `consumed` keys of the path. */
  readonly value: Literal
  readonly consumed: number
  /** The use that reads: it changes nothing. */
  readonly root: ts.Identifier | undefined
}

export function isTouched(name: string, reading: Reading): boolean {
  return identifiersOf(name, reading.source).some((use) => use !== reading.root && isReference(use) && mayChange(use, reading))
}

/** Does the file give the name another value? Functions and classes allow that. */
export function isReassigned(name: string, source: ts.SourceFile): boolean {
  return identifiersOf(name, source).some((use) => isReference(use) && isWritten(placeOf(use).node))
}

/** Does the name stand for a value here? Names of declarations, properties, types and exports do not. */
function isReference(use: ts.Identifier): boolean {
  const { parent } = use
  if (isShorthandPropertyAssignment(parent)) return !isShadowed(use)
  if (isExportSpecifier(parent) || isExportAssignment(parent) || isTypeNode(parent) || isQualifiedName(parent)) return false
  const { name, propertyName } = parent as { name?: ts.Node; propertyName?: ts.Node }
  return name !== use && propertyName !== use && !isShadowed(use)
}

function mayChange(use: ts.Identifier, { path, value, consumed }: Reading): boolean {
  const { keys, isExact, place, parent } = chainOf(use)
  const overlaps = (part: readonly string[]) => part.every((key, i) => i >= path.length || key === path[i])
  const isCalled = (isCallExpression(parent) && parent.expression === place) || (isTaggedTemplateExpression(parent) && parent.tag === place)
  if (isCalled && isExact && keys.length > 0) return overlaps(keys.slice(0, -1)) && !isPureCall(keys, { path, value, consumed })
  if (!overlaps(keys)) return false
  if (isWritten(place)) return true
  const part = isExact ? partOf(value, keys, consumed, use) : undefined
  if (part?.kind === 'value' || (part?.kind === 'unknown' && keys.length > 0)) return false // what cannot be told is no part of what can
  return !isOnlyLookedAt(place, parent, part)
}

/** The longest `use.a['b'].c`, with what is transparent around it. Not exact: a key of it is computed. */
function chainOf(use: ts.Identifier): { keys: string[]; isExact: boolean; place: ts.Node; parent: ts.Node } {
  const keys: string[] = []
  let { node: place, parent } = placeOf(use)
  while ((isPropertyAccessExpression(parent) || isElementAccessExpression(parent)) && parent.expression === place) {
    const key = isPropertyAccessExpression(parent) ? parent.name : parent.argumentExpression
    const isName = isPropertyAccessExpression(parent) || isStringLiteralLike(key) || isNumericLiteral(key)
    if (!isName) {
      const outer = placeOf(parent)
      return { keys, isExact: false, place: outer.node, parent: outer.parent }
    }
    keys.push((key as ts.Identifier | ts.StringLiteralLike | ts.NumericLiteral).text)
    ;({ node: place, parent } = placeOf(parent))
  }
  return { keys, isExact: true, place, parent }
}

function partOf(value: Literal, keys: readonly string[], consumed: number, use: ts.Node): Literal | undefined {
  if (keys.length < consumed) return undefined
  return keys.slice(consumed).reduce((part, key) => member(part, key, use), value)
}

/** Methods that neither change what they are called on nor hand it on, as long as its items are no objects. */
const LOOKING = ['at', 'concat', 'includes', 'indexOf', 'join', 'lastIndexOf', 'slice', 'toString']

function isPureCall(keys: readonly string[], { path, value, consumed }: Pick<Reading, 'path' | 'value' | 'consumed'>): boolean {
  // a namespace is no object of the user's: only its own file can change what it exports
  if (consumed > 0 && keys.length <= consumed) return keys.every((key, i) => key !== path[i])
  const owner = partOf(value, keys.slice(0, -1), consumed, value.node)
  if (owner?.kind === 'value') return true
  return owner?.kind === 'array' && isFlat(owner) && LOOKING.includes(keys.at(-1) ?? '')
}

/** Is it the target of an assignment, of `++`, of `delete`, of destructuring or of a loop? */
function isWritten(place: ts.Node): boolean {
  const { parent } = place
  if (isBinaryExpression(parent)) return assigns(parent) && parent.left === place
  if (isPrefixUnaryExpression(parent)) return parent.operator === SyntaxKind.PlusPlusToken || parent.operator === SyntaxKind.MinusMinusToken
  if (isPostfixUnaryExpression(parent) || isDeleteExpression(parent)) return true
  if (isForInStatement(parent) || isForOfStatement(parent)) return parent.initializer === place
  const isInLiteral =
    isArrayLiteralExpression(parent) ||
    isObjectLiteralExpression(parent) ||
    isSpreadElement(parent) ||
    isSpreadAssignment(parent) ||
    isShorthandPropertyAssignment(parent) ||
    (isPropertyAssignment(parent) && parent.initializer === place)
  return isInLiteral ? isWritten(parent) : isParenthesizedExpression(parent) && isWritten(parent)
}

/** Does only its presence, type or identity count, or are its parts copied? */
function isOnlyLookedAt(place: ts.Node, parent: ts.Node, part: Literal | undefined): boolean {
  if (isPrefixUnaryExpression(parent)) return parent.operator === SyntaxKind.ExclamationToken
  if (isTypeOfExpression(parent) || isIfStatement(parent) || isExpressionStatement(parent)) return true
  if (isConditionalExpression(parent)) return parent.condition === place
  const isCopied = isSpreadAssignment(parent) || isSpreadElement(parent) || isCallOf(COPYING, parent)
  if (isCopied) return part !== undefined && isFlat(part)
  const operator = isBinaryExpression(parent) ? parent.operatorToken.kind : undefined
  return operator === SyntaxKind.EqualsEqualsEqualsToken || operator === SyntaxKind.ExclamationEqualsEqualsToken
}

const COPYING = /^(Object\.(entries|keys|values)|JSON\.stringify|\w+\.setHeader)$/

function isCallOf(names: RegExp, node: ts.Node): boolean {
  return isCallExpression(node) && names.test(node.expression.getText())
}
