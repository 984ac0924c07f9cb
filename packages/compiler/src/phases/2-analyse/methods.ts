/**
 * The methods a handler answers, when that can be proved. The handler's body is followed once for each method it compares with, and
 * once for a method it has never heard of, over the few kinds of statements whose effect is known. A method is not
 * answered if every way through ends in a refusal (405, or 501) and does nothing before. Anything else counts as an answer;
 * and if a method never heard of is not provably refused, nothing is said at all.
 */

import { METHODS } from 'node:http'
import type { ts } from 'ts-morph'
import { isIdentifier } from '../../typescript.ts'
import { contextOf } from './evaluate.ts'
import { outcomesOf } from './handler-flow.ts'
import { bindingsOf, bindParameter, type Reader } from './handler-values.ts'
import type { Modules } from './modules.ts'

/** The order in which people write them; others follow in the order of the alphabet. */
const ORDER = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** A method that no comparison names. */
const OTHER = '\0'

/** Null: not known. */
export function methodsOf(handler: ts.FunctionLikeDeclaration, modules: Modules): readonly string[] | null {
  const [req, res, ...more] = handler.parameters
  if (!handler.body || !req || !res || more.length > 0 || !isIdentifier(res.name) || res.initializer || res.dotDotDotToken) return null
  if (!handler.getSourceFile().text.includes('method')) return null
  const bindings = bindingsOf(handler)
  const names = [res.name.text, ...(isIdentifier(req.name) ? [req.name.text] : [])]
  if (names.some((name) => bindings.get(name) !== 1)) return null

  const compared = new Set<string>()
  const reader: Omit<Reader, 'method'> = { req, res: res.name.text, bindings, compared, context: contextOf(handler.getSourceFile(), modules) }
  const isRefused = (method: string) => refuses(handler, { ...reader, method })
  if (!isRefused(OTHER)) return null
  const answered: string[] = []
  for (const method of compared) if (METHODS.includes(method) && !isRefused(method)) answered.push(method) // which may add to `compared`
  return answered.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
}

function refuses(handler: ts.FunctionLikeDeclaration, reader: Reader): boolean {
  const start = bindParameter(reader)
  const outcomes = start && handler.body ? outcomesOf(handler.body, start, reader) : []
  return outcomes.length > 0 && outcomes.every((outcome) => outcome.kind !== 'unclear' && outcome.state.refused)
}

function rank(method: string): number {
  const index = ORDER.indexOf(method)
  return index === -1 ? ORDER.length : index
}
