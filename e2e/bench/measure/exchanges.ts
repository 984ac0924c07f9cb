/** The requests of each kind of work, and what everybody must answer. */

import { rows } from '../apps/shared/rows.js'
import type { LoadRequest } from '../load/load.ts'
import type { AppName } from '../subjects/places.ts'
import { randomVisits, routeTable } from '../support/routes.ts'

export interface Exchange {
  /** The id of the work. */
  readonly work: string
  readonly app: AppName
  /** Has its body, or that of the answer, a megabyte? */
  readonly isLarge: boolean
  readonly request: LoadRequest
  readonly expected: Expected
}

export interface Expected {
  readonly status: 200 | 304 | 404
  /** By path, where they differ. */
  readonly bodyOf: (path: string) => string
  /** Without its parameters: some say `charset=utf-8`, which JSON does not have. Undefined: not compared. */
  readonly type: string | undefined
  readonly hasTag: boolean
}

/** As many paths as are asked for in turn. */
const VISITS = 20_000

const JSON_HEADERS = { 'Content-Type': 'application/json' }

function get(work: string, path: string, answer: unknown): Exchange {
  return { work, app: 'work', isLarge: isLarge(work), request: { method: 'GET', paths: [path] }, expected: json(() => answer) }
}

/** The tag of an answer to POST is not looked at: Hono makes none. */
function post(work: string, body: { readonly name: string; readonly items: readonly unknown[] }): Exchange {
  const answer = { name: body.name, items: body.items.length }
  const request = { method: 'POST', paths: ['/api/echo'], headers: JSON_HEADERS, body: JSON.stringify(body) }
  return { work, app: 'work', isLarge: isLarge(work), request, expected: { ...json(() => answer), hasTag: false } }
}

function atRandom(work: string, count: number): Exchange {
  const visits = randomVisits(routeTable(count), VISITS)
  const answers = new Map(visits.map(({ path, answer }) => [path, answer]))
  return { work, app: count, isLarge: false, request: { method: 'GET', paths: visits.map(({ path }) => path) }, expected: json((path) => answers.get(path)) }
}

function isLarge(work: string): boolean {
  return work.endsWith('1mb')
}

function json(answerTo: (path: string) => unknown): Expected {
  return { status: 200, bodyOf: (path) => JSON.stringify(answerTo(path)), type: 'application/json', hasTag: true }
}

/** `not-modified` gets its tag from each server: `withTag`. */
export function createExchanges(): Exchange[] {
  const hello = get('static', '/api/hello', { message: 'Hello, world!' })
  return [
    hello,
    get('dynamic', '/api/users/a%20b42?page=2&sort=name', { id: 'a b42', page: '2', sort: 'name' }),
    post('post-1kb', { name: 'Ada Lovelace', items: rows.slice(0, 8) }),
    post('post-1mb', { name: 'Ada Lovelace', items: rows }),
    get('get-1mb', '/api/report', rows),
    {
      work: 'not-found',
      app: 'work',
      isLarge: false,
      request: { method: 'GET', paths: ['/api/nothing/here'] },
      expected: { status: 404, bodyOf: () => 'Not Found', type: undefined, hasTag: false },
    },
    { ...hello, work: 'not-modified', expected: { status: 304, bodyOf: () => '', type: undefined, hasTag: true } },
    atRandom('routes-100', 100),
    atRandom('routes-10000', 10_000),
  ]
}
