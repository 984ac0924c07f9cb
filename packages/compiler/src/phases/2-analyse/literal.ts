/** Works out expressions without running them. Three answers: a value, an object of answers, or "cannot tell" and why. */

import { type Node as AnyNode, type Identifier, Node, type ObjectLiteralExpression, SyntaxKind } from 'ts-morph'
import { declarationOf, unwrap } from './syntax-tree.ts'

export type Literal =
  | { readonly kind: 'value'; readonly node: AnyNode; readonly value: Primitive | readonly unknown[] }
  | { readonly kind: 'object'; readonly node: AnyNode; readonly entries: ReadonlyMap<string, Entry> }
  | { readonly kind: 'unknown'; readonly node: AnyNode; readonly why: string }

export interface Entry {
  /** Where the key is written. */
  readonly key: AnyNode
  readonly value: Literal
}

type Primitive = string | number | boolean | null | undefined

/** How far constants are followed; deeper is a cycle or a joke. */
const MAX_DEPTH = 50

export function evaluate(expression: AnyNode, depth = 0): Literal {
  const node = unwrap(expression)
  const known = (value: Primitive | readonly unknown[]): Literal => ({ kind: 'value', node, value })
  if (depth > MAX_DEPTH) return cannotTell(node, 'it refers to itself')

  if (Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node)) return known(node.getLiteralText())
  if (Node.isNumericLiteral(node)) return known(Number(node.compilerNode.text)) // which TypeScript writes in decimal
  if (Node.isTrueLiteral(node) || Node.isFalseLiteral(node)) return known(node.getLiteralValue())
  if (Node.isNullLiteral(node)) return known(null)
  if (Node.isIdentifier(node)) return evaluateName(node, depth)
  if (Node.isObjectLiteralExpression(node)) return evaluateObject(node, depth)
  if (Node.isArrayLiteralExpression(node)) return evaluateArray(node.getElements(), node, depth)
  if (Node.isPrefixUnaryExpression(node) && node.getOperatorToken() === SyntaxKind.MinusToken) {
    const operand = evaluate(node.getOperand(), depth + 1)
    if (operand.kind === 'value' && typeof operand.value === 'number') return known(-operand.value)
  }
  return cannotTell(node, whyNot(node))
}

function evaluateName(node: AnyNode, depth: number): Literal {
  if (!Node.isIdentifier(node) || node.getText() === 'undefined') return { kind: 'value', node, value: undefined }
  if (node.getText() === 'NaN') return { kind: 'value', node, value: Number.NaN }
  const declared = declarationOf(node)
  if (!declared) return cannotTell(node, `\`${node.getText()}\` is not a constant of this file`)
  const value = evaluate(declared, depth + 1)
  if (value.kind === 'object' && isTouched(node.getText(), node, node)) return cannotTell(node, `\`${node.getText()}\` may be changed by other code`)
  return value.kind === 'unknown' ? cannotTell(node, value.why) : value
}

function evaluateObject(node: ObjectLiteralExpression, depth: number): Literal {
  const entries = new Map<string, Entry>()
  for (const property of node.getProperties()) {
    if (Node.isShorthandPropertyAssignment(property)) {
      entries.set(property.getName(), { key: property.getNameNode(), value: evaluateName(property.getNameNode(), depth + 1) })
      continue
    }
    if (!Node.isPropertyAssignment(property))
      return cannotTell(property, Node.isSpreadAssignment(property) ? 'it is spread from another object' : 'it is a function')
    const key = keyOf(property.getNameNode())
    if (key === undefined) return cannotTell(property, 'its name is computed')
    if (key === '__proto__' && !Node.isComputedPropertyName(property.getNameNode())) return cannotTell(property, 'it sets the prototype')
    entries.set(key, { key: property.getNameNode(), value: evaluate(property.getInitializerOrThrow(), depth + 1) })
  }
  return { kind: 'object', node, entries }
}

function keyOf(name: AnyNode): string | undefined {
  if (Node.isIdentifier(name)) return name.getText()
  if (Node.isStringLiteral(name) || Node.isNoSubstitutionTemplateLiteral(name)) return name.getLiteralText()
  if (Node.isNumericLiteral(name)) return String(Number(name.compilerNode.text))
  if (!Node.isComputedPropertyName(name)) return undefined
  const key = evaluate(name.getExpression())
  return key.kind === 'value' ? String(key.value) : undefined
}

function evaluateArray(elements: readonly AnyNode[], node: AnyNode, depth: number): Literal {
  const items = elements.map((element) => evaluate(element, depth + 1))
  const unknown = items.find((item) => item.kind !== 'value')
  return unknown
    ? cannotTell(node, 'it is an array of more than plain values')
    : { kind: 'value', node, value: items.map((item) => (item.kind === 'value' ? item.value : undefined)) }
}

export function cannotTell(node: AnyNode, why: string): Literal {
  return { kind: 'unknown', node, why }
}

function whyNot(node: AnyNode): string {
  if (Node.isCallExpression(node) || Node.isNewExpression(node)) return 'it is the result of a call'
  if (Node.isArrowFunction(node) || Node.isFunctionExpression(node)) return 'it is a function'
  if (node.getText().startsWith('process.env')) return 'it comes from the environment'
  return 'it is computed'
}

/**
 * Does anything but `reference` use this name so that its object could be changed (`config.api = …`)? The value at run
 * time is then the one that counts. Reading a part of it to compute with is harmless; handing it on is not.
 */
export function isTouched(name: string, within: AnyNode, reference?: AnyNode): boolean {
  const uses = within.getSourceFile().getDescendantsOfKind(SyntaxKind.Identifier)
  return uses.some((use) => use.getText() === name && use !== reference && !isHarmless(use))
}

function isHarmless(use: Identifier): boolean {
  const parent = use.getParentOrThrow()
  if (Node.isExportSpecifier(parent) || Node.isTypeQuery(parent) || Node.isQualifiedName(parent)) return true
  // the name of a declaration, or of somebody else's property
  if (!Node.isShorthandPropertyAssignment(parent) && 'getNameNode' in parent && (parent as { getNameNode(): AnyNode }).getNameNode() === use) return true
  const part = chainOf(use)
  return part !== use && isComputedWith(part)
}

/** The longest `use.a['b'].c`. */
function chainOf(use: AnyNode): AnyNode {
  const parent = use.getParent()
  const continues = (Node.isPropertyAccessExpression(parent) || Node.isElementAccessExpression(parent)) && parent.getExpression() === use
  return continues ? chainOf(parent) : use
}

/** Is it an operand, so that only its value goes on? */
function isComputedWith(node: AnyNode): boolean {
  const parent = node.getParent()
  if (Node.isBinaryExpression(parent)) return !/^([-+*/%&|^]|<<|>>|>>>|\*\*|&&|\|\||\?\?)?=$|^,$|^&&$|^\|\|$|^\?\?$/.test(parent.getOperatorToken().getText())
  if (Node.isPrefixUnaryExpression(parent))
    return parent.getOperatorToken() !== SyntaxKind.PlusPlusToken && parent.getOperatorToken() !== SyntaxKind.MinusMinusToken
  if (Node.isConditionalExpression(parent)) return parent.getCondition() === node
  return Node.isTemplateSpan(parent) || Node.isTypeOfExpression(parent) || Node.isIfStatement(parent)
}
