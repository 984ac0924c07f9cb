/** Properties of known values. */

import type { ts } from 'ts-morph'
import { cannotTell, known, type Literal, type Primitive } from './literal.ts'

/** What `literal[key]` is; `node` is the expression that asks. */
export function member(literal: Literal, key: string, node: ts.Node): Literal {
  if (literal.kind === 'unknown') return { ...literal, node }
  if (literal.kind === 'object') {
    const entry = literal.entries.get(key)
    if (entry) return entry.value
    if (literal.open) return { ...literal.open, node }
    return key in Object.prototype ? cannotTell(node, 'it is inherited') : known(node, undefined)
  }
  if (literal.kind === 'array') {
    if (key === 'length') return known(node, literal.items.length)
    const item = isIndex(key) ? literal.items[Number(key)] : undefined
    return item ?? (key in Array.prototype ? cannotTell(node, 'it is inherited') : known(node, undefined))
  }
  return memberOfPrimitive(literal.value, key, node)
}

function memberOfPrimitive(value: Primitive, key: string, node: ts.Node): Literal {
  if (value === null || value === undefined) return cannotTell(node, `it reads a property of ${value}`)
  const own = Object.getOwnPropertyDescriptor(Object(value), key)
  if (own) return known(node, own.value)
  return key in Object(value) ? cannotTell(node, 'it is inherited') : known(node, undefined)
}

function isIndex(key: string): boolean {
  return /^(0|[1-9]\d*)$/.test(key)
}
