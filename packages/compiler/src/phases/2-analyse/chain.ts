/** `a.b['c']?.d`: property and index access on known values. */

import type { ts } from 'ts-morph'
import { isElementAccessExpression, isIdentifier, isOptionalChain, isPrivateIdentifier, isPropertyAccessExpression } from '../../typescript.ts'
import { readName } from './constants.ts'
import { type Context, evaluate } from './evaluate.ts'
import { cannotTell, known, type Literal, seenFrom, type Unknown } from './literal.ts'
import { member } from './member.ts'
import { declarationsOf } from './names.ts'
import { unwrap } from './syntax-tree.ts'

type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression

interface Step {
  readonly node: Access
  readonly key: string
}

export function evaluateChain(node: Access, context: Context): Literal {
  const accesses = accessesOf(node)
  const first = accesses[0] ?? node
  const root = unwrap(first.expression)
  const steps: Step[] = []
  for (const access of accesses) {
    const key = accessedKey(access, context)
    if (typeof key !== 'string') return isGlobal(root) ? cannotTell(node, whyGlobal(node)) : key
    steps.push({ node: access, key })
  }
  if (!isIdentifier(root)) {
    const start = evaluate(root, context)
    return start.kind === 'unknown' ? start : walk(start, steps)
  }
  const keys = steps.map(({ key }) => key)
  const { value, consumed } = readName(root, keys, context)
  if (value.kind === 'unknown' && value.origin === root) return cannotTell(node, isGlobal(root) ? whyGlobal(node) : value.why)
  return walk(seenFrom(steps[consumed - 1]?.node ?? root, value), steps.slice(consumed))
}

/** Follows the steps one by one; `a?.b.c` ends at the first `?.` whose left side is nothing. */
function walk(start: Literal, steps: readonly Step[]): Literal {
  let value = start
  let ended = false
  for (const { node, key } of steps) {
    if (ended && isOptionalChain(node) && !node.questionDotToken) continue
    ended = node.questionDotToken !== undefined && value.kind === 'value' && (value.value === null || value.value === undefined)
    value = ended ? known(node, undefined) : seenFrom(node, member(value, key, node))
  }
  return value
}

/** The innermost first. */
function accessesOf(node: Access): Access[] {
  const inner = unwrap(node.expression)
  return isPropertyAccessExpression(inner) || isElementAccessExpression(inner) ? [...accessesOf(inner), node] : [node]
}

function accessedKey(access: Access, context: Context): string | Unknown {
  if (isPropertyAccessExpression(access)) {
    return isPrivateIdentifier(access.name) ? cannotTell(access, 'it is private') : access.name.text
  }
  const key = evaluate(access.argumentExpression, context)
  if (key.kind === 'unknown') return key
  return key.kind === 'value' ? String(key.value) : cannotTell(access.argumentExpression, 'an object becomes text by a call')
}

function isGlobal(root: ts.Node): boolean {
  return isIdentifier(root) && declarationsOf(root.text, root.getSourceFile()).length === 0
}

function whyGlobal(node: ts.Node): string {
  return /^process\s*\.\s*env\b/.test(node.getText()) ? 'it comes from the environment' : 'it is a value of the run time'
}
