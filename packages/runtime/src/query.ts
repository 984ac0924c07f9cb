import type { Params } from './match.ts'

/** What `req.query` holds: strings, and arrays where a key repeats. */
export type Query = Partial<Record<string, string | string[]>>

/**
 * The query string and the route's params, params winning. Parsed as `application/x-www-form-urlencoded` by the URL
 * Standard (URLSearchParams), as Next.js does: repeats become arrays, brackets are literal, malformed percent stays.
 * Names of Object.prototype members are ordinary keys; `__proto__` is dropped.
 */
export function parseQuery(query: string, params: Params): Query {
  const result: Query = {}
  if (query !== '') {
    // The constructor drops one leading '?', and it must not be one that belongs to the first key.
    for (const [key, value] of new URLSearchParams(`?${query}`)) {
      if (key === '__proto__') continue
      const earlier = Object.hasOwn(result, key) ? result[key] : undefined
      if (earlier === undefined) result[key] = value
      else if (typeof earlier === 'string') result[key] = [earlier, value]
      else earlier.push(value)
    }
  }
  return Object.assign(result, params)
}
