import type { Params } from './manifest.ts'

/** What `req.query` holds: strings, and arrays where a key repeats. */
export type Query = Partial<Record<string, string | string[]>>

/**
 * The query string and the route's params, params winning. Parsed as `application/x-www-form-urlencoded` by the URL
 * Standard (URLSearchParams), as Next.js does: repeats become arrays, brackets are literal, malformed percent stays.
 * Names of Object.prototype members are ordinary keys; `__proto__` is dropped.
 */
export function parseQuery(query: string, params: Params): Query {
  const result: Query = {}
  if (ENCODED.test(query)) {
    // The constructor drops one leading '?', and it must not be one that belongs to the first key.
    for (const [key, value] of new URLSearchParams(`?${query}`)) add(result, key, value)
  } else if (query !== '') {
    let from = 0
    while (from < query.length) {
      const next = query.indexOf('&', from)
      const end = next === -1 ? query.length : next
      const mark = query.indexOf('=', from)
      const isBare = mark === -1 || mark > end
      if (end > from) add(result, query.slice(from, isBare ? end : mark), isBare ? '' : query.slice(mark + 1, end))
      from = end + 1
    }
  }
  return Object.assign(result, params)
}

/** What has to be decoded. Most queries have nothing of it, and are split four times faster than URLSearchParams does. */
const ENCODED = /[%+]/

function add(result: Query, key: string, value: string): void {
  if (key === '__proto__') return
  const earlier = Object.hasOwn(result, key) ? result[key] : undefined
  if (earlier === undefined) result[key] = value
  else if (typeof earlier === 'string') result[key] = [earlier, value]
  else earlier.push(value)
}
