/** What is known of an expression without running it. Three answers for each part: a value, nothing there, "cannot tell" and why. */

import type { ts } from 'ts-morph'

export type Literal = Value | ObjectLiteral | ArrayLiteral | Unknown

/** `node` is where the file that is asked about shows it; `origin` is where it is written, which can be another file. */
interface Places {
  readonly node: ts.Node
  readonly origin: ts.Node
}

export interface Value extends Places {
  readonly kind: 'value'
  readonly value: Primitive
}

export interface ObjectLiteral extends Places {
  readonly kind: 'object'
  readonly entries: ReadonlyMap<string, Entry>
  /** What was spread into it and cannot be told: any key that is not among the entries may be there. */
  readonly open: Unknown | undefined
}

export interface ArrayLiteral extends Places {
  readonly kind: 'array'
  readonly items: readonly Literal[]
}

export interface Unknown extends Places {
  readonly kind: 'unknown'
  readonly why: string
}

export interface Entry {
  /** Where the key is written. */
  readonly key: ts.Node
  readonly value: Literal
}

export type Primitive = string | number | boolean | null | undefined

export function known(node: ts.Node, value: Primitive): Value {
  return { kind: 'value', node, origin: node, value }
}

export function cannotTell(node: ts.Node, why: string): Unknown {
  return { kind: 'unknown', node, origin: node, why }
}

/** A literal as the file of `node` shows it: what is written in another file is shown by what leads there. */
export function shownBy(node: ts.Node, literal: Literal): Literal {
  return literal.node.getSourceFile() === node.getSourceFile() ? literal : { ...literal, node }
}

/** The same; and what cannot be told is shown by what leads there, though it be in the same file. */
export function seenFrom(node: ts.Node, literal: Literal): Literal {
  return literal.kind === 'unknown' ? { ...literal, node } : shownBy(node, literal)
}

/** Is nothing in it an object, so that a copy shares nothing with it? */
export function isFlat(literal: Literal): boolean {
  if (literal.kind === 'object') return !literal.open && [...literal.entries.values()].every(({ value }) => value.kind === 'value')
  return literal.kind === 'array' ? literal.items.every((item) => item.kind === 'value') : literal.kind === 'value'
}

/** As JavaScript takes it in a condition; undefined when that cannot be told. */
export function truthOf(literal: Literal): boolean | undefined {
  if (literal.kind === 'unknown') return undefined
  return literal.kind === 'value' ? Boolean(literal.value) : true
}
