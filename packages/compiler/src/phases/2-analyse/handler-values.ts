/** What the expressions of a handler are known to be, for a request with a given method; and which of them do nothing but give a value. */

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
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isStringLiteralLike,
  isTemplateExpression,
  isTypeOfExpression,
  isVariableDeclarationList,
  SyntaxKind,
} from '../../typescript.ts'
import { type Context, evaluate } from './evaluate.ts'
import type { Literal } from './literal.ts'
import { declarationsOf } from './names.ts'
import { forEachDescendant, isConst, unwrap } from './syntax-tree.ts'

/** One reading of a handler: as it would run for `method`. */
export interface Reader {
  readonly method: string
  readonly req: ts.ParameterDeclaration
  /** The name of the response. */
  readonly res: string
  /** How often each name is declared anywhere within the handler. */
  readonly bindings: ReadonlyMap<string, number>
  /** Every constant that the method is compared with on the way. */
  readonly compared: Set<string>
  /** Of the file. */
  readonly context: Context
}

/** Where the reading has come to. */
export interface State {
  /** The names of the method. */
  readonly methods: ReadonlySet<string>
  /** Names of the handler that have a value. */
  readonly locals: ReadonlySet<string>
  readonly status: number | undefined
  /** The response has been ended, with 405 or 501. */
  readonly refused: boolean
}

/** Parts of a request that are always there, and can be read without an effect. */
const OBJECTS = ['query', 'headers', 'cookies']
const PARTS = [...OBJECTS, 'method', 'url', 'body']

export function bindingsOf(handler: ts.FunctionLikeDeclaration): Map<string, number> {
  const names = new Map<string, number>()
  forEachDescendant(handler, (node) => {
    const { name } = node as { name?: ts.Node }
    const declares = !isPropertyAccessExpression(node) && !isPropertyAssignment(node) && !isShorthandPropertyAssignment(node)
    if (name && isIdentifier(name) && declares) names.set(name.text, (names.get(name.text) ?? 0) + 1)
  })
  return names
}

/** The state at the start, or undefined if the parameter is one that is not understood. */
export function bindParameter({ req, bindings }: Reader): State | undefined {
  const start: State = { methods: new Set(), locals: new Set(), status: undefined, refused: false }
  if (req.initializer || req.dotDotDotToken) return undefined
  return isIdentifier(req.name) ? start : bindPattern(req.name, { state: start, bindings, isRequest: true, isConst: true })
}

/** `const method = req.method`, `const { method, query: { id } } = req`; undefined if it could do more than that. */
export function bindVariable(item: ts.VariableDeclaration, state: State, reader: Reader): State | undefined {
  const { name, initializer } = item
  const isConstant = isVariableDeclarationList(item.parent) && isConst(item.parent)
  if (isIdentifier(name)) {
    if (initializer && !isPure(initializer, state, reader)) return undefined
    const isMethod = initializer && isConstant && isMethodOf(initializer, state, reader)
    return bindName(name.text, state, isMethod && reader.bindings.get(name.text) === 1)
  }
  const value = initializer && unwrap(initializer)
  if (!value) return undefined
  const isRequest = isRequestName(value, reader)
  const isPart = isPropertyAccessExpression(value) && isRequestName(unwrap(value.expression), reader) && OBJECTS.includes(value.name.text)
  return isRequest || isPart ? bindPattern(name, { state, bindings: reader.bindings, isRequest, isConst: isConstant }) : undefined
}

interface Binding {
  readonly state: State
  readonly bindings: Reader['bindings']
  /** Is it the request that is taken apart, or a part of it? */
  readonly isRequest: boolean
  readonly isConst: boolean
}

function bindPattern(pattern: ts.BindingName, { state, ...binding }: Binding): State | undefined {
  if (!isObjectBindingPattern(pattern)) return undefined
  let next: State | undefined = state
  for (const { name, propertyName, initializer, dotDotDotToken } of pattern.elements) {
    const key = propertyName ?? name
    const isKnown = isIdentifier(key) && (!binding.isRequest || PARTS.includes(key.text))
    if (!next || !isKnown || initializer || (dotDotDotToken && binding.isRequest)) return undefined
    const isMethod = binding.isRequest && key.text === 'method'
    if (isIdentifier(name)) next = bindName(name.text, next, isMethod && binding.isConst && binding.bindings.get(name.text) === 1)
    else next = binding.isRequest && OBJECTS.includes(key.text) ? bindPattern(name, { ...binding, state: next, isRequest: false }) : undefined
  }
  return next
}

function bindName(name: string, state: State, isMethod: boolean | undefined): State {
  return { ...state, locals: new Set([...state.locals, name]), methods: isMethod ? new Set([...state.methods, name]) : state.methods }
}

function isRequestName(node: ts.Node, { req }: Reader): boolean {
  return isIdentifier(node) && isIdentifier(req.name) && node.text === req.name.text
}

/** `req.method`, or a constant that holds it; also `req.method ?? ''`, since it is never empty. */
export function isMethodOf(expression: ts.Node, state: State, reader: Reader): boolean {
  const node = unwrap(expression)
  if (isIdentifier(node)) return state.methods.has(node.text)
  if (isPropertyAccessExpression(node)) return node.name.text === 'method' && isRequestName(unwrap(node.expression), reader)
  const isDefault = isBinaryExpression(node) && /^(\?\?|\|\|)$/.test(node.operatorToken.getText())
  return isDefault && isMethodOf(node.left, state, reader)
}

/** What is known of an expression that uses no name of the handler's own. */
export function constantOf(expression: ts.Node, { bindings, context }: Reader): Literal | undefined {
  let isLocal = isIdentifier(expression) && bindings.has(expression.text)
  forEachDescendant(expression, (node) => {
    if (isIdentifier(node) && bindings.has(node.text) && (node.parent as { name?: ts.Node }).name !== node) isLocal = true
  })
  return isLocal ? undefined : evaluate(expression, context)
}

/** Does it give a value, without a call, without a throw? */
export function isPure(expression: ts.Node, state: State, reader: Reader): boolean {
  const node = unwrap(expression)
  const pure = (part: ts.Node) => isPure(part, state, reader)
  if (isText(node, state, reader) || isArrowFunction(node) || isFunctionExpression(node)) return true
  if (isIdentifier(node)) return state.locals.has(node.text) || isOfFile(node, reader)
  if (isArrayLiteralExpression(node)) return node.elements.every(pure)
  if (isObjectLiteralExpression(node)) {
    return node.properties.every((item) =>
      isPropertyAssignment(item) ? !isComputedPropertyName(item.name) && pure(item.initializer) : isShorthandPropertyAssignment(item) && pure(item.name),
    )
  }
  if (isConditionalExpression(node)) return [node.condition, node.whenTrue, node.whenFalse].every(pure)
  if (isPrefixUnaryExpression(node)) return node.operator === SyntaxKind.ExclamationToken && pure(node.operand)
  if (isTypeOfExpression(node)) return pure(node.expression)
  if (isBinaryExpression(node)) return /^(&&|\|\||\?\?|[!=]==)$/.test(node.operatorToken.getText()) && pure(node.left) && pure(node.right)
  if (isPropertyAccessExpression(node)) return isRequestName(unwrap(node.expression), reader) && PARTS.includes(node.name.text)
  return false
}

/** Is it a text, or what becomes text without a call: what a client has sent, and constants? */
function isText(expression: ts.Node, state: State, reader: Reader): boolean {
  const node = unwrap(expression)
  if (isMethodOf(node, state, reader)) return true
  if (isTemplateExpression(node)) return node.templateSpans.every((span) => isText(span.expression, state, reader))
  if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.PlusToken) return isText(node.left, state, reader) && isText(node.right, state, reader)
  if (isCallExpression(node)) return isJoin(node, reader)
  if (isPropertyAccessExpression(node) && /^process\.env\.\w+$/.test(node.getText()) && !reader.bindings.has('process')) return true
  if (isPropertyAccessExpression(node) || isElementAccessExpression(node)) {
    const owner = unwrap(node.expression)
    if (isPropertyAccessExpression(node) && isRequestName(owner, reader) && node.name.text === 'url') return true
    const isName = isPropertyAccessExpression(node) || isStringLiteralLike(node.argumentExpression)
    if (isName && isPropertyAccessExpression(owner) && isRequestName(unwrap(owner.expression), reader) && OBJECTS.includes(owner.name.text)) return true
  }
  return constantOf(node, reader)?.kind === 'value'
}

/** `ALLOWED.join(', ')` */
function isJoin({ expression, arguments: given }: ts.CallExpression, reader: Reader): boolean {
  if (!isPropertyAccessExpression(expression) || expression.name.text !== 'join' || !given.every(isStringLiteralLike)) return false
  const list = constantOf(expression.expression, reader)
  return list?.kind === 'array' && list.items.every((item) => item.kind === 'value')
}

/** A constant, function or import of the file: set before any request arrives. */
function isOfFile(node: ts.Identifier, { bindings }: Reader): boolean {
  return !bindings.has(node.text) && declarationsOf(node.text, node.getSourceFile()).length > 0
}
