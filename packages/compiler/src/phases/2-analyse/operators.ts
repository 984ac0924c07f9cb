/** Operators on known values: JavaScript's own operators are applied to them, so the results are its results. */

import type { ts } from 'ts-morph'
import { SyntaxKind } from '../../typescript.ts'
import type { Literal, Primitive } from './literal.ts'

/** A longer text is not made at build time. */
const MAX_TEXT = 10_000

type Operation = (left: Primitive, right: Primitive) => Primitive

// The casts are to what TypeScript wants to see; every operator works on every primitive value.
const BINARY: ReadonlyMap<ts.SyntaxKind, Operation> = new Map<ts.SyntaxKind, Operation>([
  [SyntaxKind.PlusToken, (left, right) => (left as string) + (right as string)],
  [SyntaxKind.MinusToken, (left, right) => (left as number) - (right as number)],
  [SyntaxKind.AsteriskToken, (left, right) => (left as number) * (right as number)],
  [SyntaxKind.SlashToken, (left, right) => (left as number) / (right as number)],
  [SyntaxKind.PercentToken, (left, right) => (left as number) % (right as number)],
  [SyntaxKind.AsteriskAsteriskToken, (left, right) => (left as number) ** (right as number)],
  [SyntaxKind.AmpersandToken, (left, right) => (left as number) & (right as number)],
  [SyntaxKind.BarToken, (left, right) => (left as number) | (right as number)],
  [SyntaxKind.CaretToken, (left, right) => (left as number) ^ (right as number)],
  [SyntaxKind.LessThanLessThanToken, (left, right) => (left as number) << (right as number)],
  [SyntaxKind.GreaterThanGreaterThanToken, (left, right) => (left as number) >> (right as number)],
  [SyntaxKind.GreaterThanGreaterThanGreaterThanToken, (left, right) => (left as number) >>> (right as number)],
  [SyntaxKind.LessThanToken, (left, right) => (left as number) < (right as number)],
  [SyntaxKind.LessThanEqualsToken, (left, right) => (left as number) <= (right as number)],
  [SyntaxKind.GreaterThanToken, (left, right) => (left as number) > (right as number)],
  [SyntaxKind.GreaterThanEqualsToken, (left, right) => (left as number) >= (right as number)],
  [SyntaxKind.EqualsEqualsEqualsToken, (left, right) => left === right],
  [SyntaxKind.ExclamationEqualsEqualsToken, (left, right) => left !== right],
  // biome-ignore lint/suspicious/noDoubleEquals: it is the operator that is meant
  [SyntaxKind.EqualsEqualsToken, (left, right) => left == right],
  // biome-ignore lint/suspicious/noDoubleEquals: it is the operator that is meant
  [SyntaxKind.ExclamationEqualsToken, (left, right) => left != right],
])

const UNARY: ReadonlyMap<ts.SyntaxKind, (operand: Primitive) => Primitive> = new Map<ts.SyntaxKind, (operand: Primitive) => Primitive>([
  [SyntaxKind.PlusToken, (operand) => Number(operand)],
  [SyntaxKind.MinusToken, (operand) => -(operand as number)],
  [SyntaxKind.TildeToken, (operand) => ~(operand as number)],
])

/** The value of `left operator right`; undefined when it cannot be told. Objects have an identity and methods, so only `===` is told of them. */
export function binary(operator: ts.SyntaxKind, left: Literal, right: Literal): { readonly value: Primitive } | undefined {
  if (left.kind === 'unknown' || right.kind === 'unknown') return undefined
  if (left.kind === 'value' && right.kind === 'value') {
    const value = BINARY.get(operator)?.(left.value, right.value)
    return BINARY.has(operator) && !isTooLong(value) ? { value } : undefined
  }
  if (left.kind !== 'value' && right.kind !== 'value') return undefined
  if (operator === SyntaxKind.EqualsEqualsEqualsToken) return { value: false }
  return operator === SyntaxKind.ExclamationEqualsEqualsToken ? { value: true } : undefined
}

/** The value of `+a`, `-a`, `~a`. */
export function unary(operator: ts.SyntaxKind, operand: Literal): { readonly value: Primitive } | undefined {
  const operation = UNARY.get(operator)
  return operation && operand.kind === 'value' ? { value: operation(operand.value) } : undefined
}

export function isTooLong(value: Primitive): boolean {
  return typeof value === 'string' && value.length > MAX_TEXT
}
