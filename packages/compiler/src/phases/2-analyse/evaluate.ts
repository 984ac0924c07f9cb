/** Works out expressions without running them: what can be told of the value that JavaScript would give. */

import type { ts } from 'ts-morph'
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isComputedPropertyName,
  isConditionalExpression,
  isElementAccessExpression,
  isFunctionExpression,
  isIdentifier,
  isNewExpression,
  isNumericLiteral,
  isObjectLiteralExpression,
  isOmittedExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
  isStringLiteralLike,
  isTaggedTemplateExpression,
  isTemplateExpression,
  isTypeOfExpression,
  isVoidExpression,
  SyntaxKind,
} from '../../typescript.ts'
import { evaluateChain } from './chain.ts'
import { readName } from './constants.ts'
import { isJson } from './exports.ts'
import { type ArrayLiteral, cannotTell, type Entry, known, type Literal, type ObjectLiteral, seenFrom, truthOf, type Unknown } from './literal.ts'
import type { Modules } from './modules.ts'
import { binary, isTooLong, unary } from './operators.ts'
import { unwrap } from './syntax-tree.ts'

/** What an expression is evaluated in, besides its file. */
export interface Context {
  readonly modules: Modules
  /** The files that are being read because one imports the next, the first one first. */
  readonly files: readonly string[]
  /** Within an enum: its members so far, and `undefined` for those to come. */
  readonly members: ReadonlyMap<string, Literal | undefined>
  readonly depth: number
}

/** Deeper nesting is not followed. */
const MAX_DEPTH = 500

/** More items than anybody writes: spreads of spreads grow fast. */
const MAX_ITEMS = 10_000

/** The top level of a file that nobody imports. */
export function contextOf(source: ts.SourceFile, modules: Modules): Context {
  return { modules, files: [source.fileName], members: new Map(), depth: 0 }
}

export function evaluate(expression: ts.Node, outer: Context): Literal {
  const node = unwrap(expression)
  if (outer.depth > MAX_DEPTH) return cannotTell(node, 'it is nested too deeply')
  const context = { ...outer, depth: outer.depth + 1 }

  if (isStringLiteralLike(node)) return known(node, node.text)
  if (isNumericLiteral(node)) return known(node, Number(node.text)) // which TypeScript writes in decimal
  if (node.kind === SyntaxKind.TrueKeyword) return known(node, true)
  if (node.kind === SyntaxKind.FalseKeyword) return known(node, false)
  if (node.kind === SyntaxKind.NullKeyword) return known(node, null)
  if (isIdentifier(node)) return readName(node, [], context).value
  if (isPropertyAccessExpression(node) || isElementAccessExpression(node)) return evaluateChain(node, context)
  if (isObjectLiteralExpression(node)) return evaluateObject(node, context)
  if (isArrayLiteralExpression(node)) return evaluateArray(node, context)
  if (isTemplateExpression(node)) return evaluateTemplate(node, context)
  if (isConditionalExpression(node)) return evaluateCondition(node, context)
  if (isBinaryExpression(node)) return evaluateBinary(node, context)
  if (isPrefixUnaryExpression(node) || isTypeOfExpression(node) || isVoidExpression(node)) return evaluateUnary(node, context)
  return cannotTell(node, whyNot(node))
}

function whyNot(node: ts.Node): string {
  if (isCallExpression(node) || isNewExpression(node) || isTaggedTemplateExpression(node)) return 'it is the result of a call'
  if (isArrowFunction(node) || isFunctionExpression(node)) return 'it is a function'
  return 'it is computed'
}

function evaluateTemplate(node: ts.TemplateExpression, context: Context): Literal {
  let text = node.head.text
  for (const { expression, literal } of node.templateSpans) {
    const hole = evaluate(expression, context)
    if (hole.kind === 'unknown') return hole
    if (hole.kind !== 'value') return cannotTell(expression, 'an object becomes text by a call')
    text += `${hole.value}${literal.text}`
    if (isTooLong(text)) return cannotTell(node, 'it is too long')
  }
  return known(node, text)
}

function evaluateCondition(node: ts.ConditionalExpression, context: Context): Literal {
  const condition = evaluate(node.condition, context)
  const truth = truthOf(condition)
  if (truth === undefined) return condition
  return evaluate(truth ? node.whenTrue : node.whenFalse, context)
}

function evaluateBinary(node: ts.BinaryExpression, context: Context): Literal {
  const operator = node.operatorToken.kind
  if (operator === SyntaxKind.CommaToken || (operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment)) {
    return cannotTell(node, 'it is computed')
  }
  const left = evaluate(node.left, context)
  if (left.kind === 'unknown') return left
  const goesOn = continues(operator, left)
  if (goesOn === false) return left
  const right = evaluate(node.right, context)
  if (goesOn || right.kind === 'unknown') return right
  const result = binary(operator, left, right)
  return result ? known(node, result.value) : cannotTell(node, 'it is computed')
}

/** Does `&&`, `||` or `??` give its right side? Undefined for other operators. */
function continues(operator: ts.SyntaxKind, left: Literal): boolean | undefined {
  if (operator === SyntaxKind.AmpersandAmpersandToken) return truthOf(left)
  if (operator === SyntaxKind.BarBarToken) return !truthOf(left)
  if (operator === SyntaxKind.QuestionQuestionToken) return left.kind === 'value' && (left.value === null || left.value === undefined)
  return undefined
}

function evaluateUnary(node: ts.PrefixUnaryExpression | ts.TypeOfExpression | ts.VoidExpression, context: Context): Literal {
  const operand = evaluate(isPrefixUnaryExpression(node) ? node.operand : node.expression, context)
  if (operand.kind === 'unknown') return operand
  if (isVoidExpression(node)) return known(node, undefined)
  if (isTypeOfExpression(node)) return known(node, operand.kind === 'value' ? typeof operand.value : 'object')
  if (node.operator === SyntaxKind.ExclamationToken) return known(node, !truthOf(operand))
  const result = unary(node.operator, operand)
  return result ? known(node, result.value) : cannotTell(node, 'it is computed')
}

function evaluateObject(node: ts.ObjectLiteralExpression, context: Context): Literal {
  let object: ObjectLiteral = { kind: 'object', node, origin: node, entries: new Map(), open: undefined }
  for (const property of node.properties) {
    const next = withProperty(object, property, context)
    if (next.kind === 'unknown') return next
    object = next
  }
  return object
}

/** The object with one more property, as JavaScript adds them one by one. */
function withProperty(object: ObjectLiteral, property: ts.ObjectLiteralElementLike, context: Context): ObjectLiteral | Unknown {
  if (isSpreadAssignment(property)) return withSpread(object, property.expression, context)
  if (isShorthandPropertyAssignment(property)) {
    return withEntry(object, property.name.text, { key: property.name, value: readName(property.name, [], context).value })
  }
  if (!isPropertyAssignment(property)) return cannotTell(property, 'it is a function')
  const key = keyOf(property.name, context)
  if (typeof key !== 'string') return key
  const inJson = isJson(property.getSourceFile()) // where `__proto__` is a key like any other
  if (key === '__proto__' && !isComputedPropertyName(property.name) && !inJson) return cannotTell(property, 'it sets the prototype')
  return withEntry(object, key, { key: property.name, value: evaluate(property.initializer, context) })
}

function withEntry(object: ObjectLiteral, key: string, entry: Entry): ObjectLiteral {
  return { ...object, entries: new Map([...object.entries, [key, entry]]) }
}

/** `...a`: what cannot be told may hide every key so far. */
function withSpread(object: ObjectLiteral, expression: ts.Expression, context: Context): ObjectLiteral | Unknown {
  const spread = evaluate(expression, context)
  if (spread.kind === 'unknown') return { ...object, entries: new Map(), open: spread }
  const entries: (readonly [string, Entry])[] =
    spread.kind === 'object'
      ? [...spread.entries].map(([key, entry]) => [key, seenEntry(expression, entry)])
      : itemsOf(spread).map((item, i) => [String(i), { key: expression, value: seenFrom(expression, item) }])
  if (spread.kind === 'object' && spread.open) return { ...object, entries: new Map(entries), open: { ...spread.open, node: expression } }
  return { ...object, entries: new Map([...object.entries, ...entries]) }
}

function seenEntry(node: ts.Node, { key, value }: Entry): Entry {
  return { key: key.getSourceFile() === node.getSourceFile() ? key : node, value: seenFrom(node, value) }
}

/** What a spread into an object takes from a value that is no object: the units of a string, nothing of null or a number. */
function itemsOf(literal: Literal): readonly Literal[] {
  if (literal.kind === 'array') return literal.items
  if (literal.kind !== 'value' || typeof literal.value !== 'string') return []
  return Array.from({ length: literal.value.length }, (_, i) => known(literal.node, String(literal.value).charAt(i)))
}

/** The name of a property, or why it cannot be told. */
export function keyOf(name: ts.PropertyName, context: Context): string | Unknown {
  if (isNumericLiteral(name)) return String(Number(name.text))
  if (!isComputedPropertyName(name)) return isIdentifier(name) || isStringLiteralLike(name) ? name.text : cannotTell(name, 'it is computed')
  const key = evaluate(name.expression, context)
  if (key.kind === 'unknown') return key
  return key.kind === 'value' ? String(key.value) : cannotTell(name.expression, 'an object becomes text by a call')
}

function evaluateArray(node: ts.ArrayLiteralExpression, context: Context): ArrayLiteral | Unknown {
  const items: Literal[] = []
  for (const element of node.elements) {
    if (isOmittedExpression(element)) return cannotTell(node, 'an item of it is left out')
    if (!isSpreadElement(element)) items.push(evaluate(element, context))
    else {
      const spread = evaluate(element.expression, context)
      if (spread.kind === 'unknown') return spread
      if (spread.kind !== 'array' && !(spread.kind === 'value' && typeof spread.value === 'string')) return cannotTell(element, 'it is no list')
      const found = spread.kind === 'array' ? spread.items : [...String(spread.value)].map((text) => known(element.expression, text))
      items.push(...found.map((item) => seenFrom(element.expression, item)))
    }
    if (items.length > MAX_ITEMS) return cannotTell(node, 'it is too long')
  }
  return { kind: 'array', node, origin: node, items }
}
