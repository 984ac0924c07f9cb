/** One line for each request that has ended, when ACCESS_LOG asks for it. */

import { randomUUID } from 'node:crypto'
import { jsonLine, visible } from './json-line.ts'
import { pathOf } from './log.ts'
import type { Output } from './output.ts'
import { type ApiRequest, patternOf } from './request.ts'
import type { ApiResponse } from './response.ts'

export interface Access {
  /** When the request ended, ISO 8601. */
  readonly time: string
  readonly id: string
  readonly method: string
  /** The pattern of the route; null if there is none for the path. */
  readonly route: string | null
  /** Without the query string. */
  readonly path: string
  /** Null if the client had gone before there was one. */
  readonly status: number | null
  /** Of the body. */
  readonly bytes: number
  readonly ms: number
  /** The answer did not reach its end: the client had gone, or an error cut it. */
  readonly aborted: boolean
}

/** Ids from outside are used if they look like ids: whatever else somebody sends must not get into logs, headers and databases. */
const ID = /^[\w+/=.:;@~-]{1,200}$/

/** What has to be called with each request before anything else is done with it: it sees to the id, and that a line is written in the end. */
export function createAccessLog(form: 'json' | 'pretty', output: Output): (req: ApiRequest, res: ApiResponse) => void {
  const line = form === 'json' ? jsonLine : createPrettyLine(output.isTerminal && !process.env.NO_COLOR)
  return (req, res) => {
    const start = performance.now()
    const { headers, method = '' } = req
    const path = pathOf(req.url)
    const given = headers['x-request-id']
    const id = typeof given === 'string' && ID.test(given) ? given : randomUUID()
    headers['x-request-id'] = id
    res.on('close', () => {
      if (res.isUnlogged) return
      const ms = Math.round((performance.now() - start) * 1000) / 1000
      const status = res.headersSent ? res.statusCode : null
      const time = new Date().toISOString()
      output.write(line({ time, id, method, route: patternOf(req) ?? null, path, status, bytes: res.bodyBytes, ms, aborted: !res.writableFinished }))
    })
  }
}

/** For people at a terminal: columns first, then what has any length. */
function createPrettyLine(isColoured: boolean): (access: Access) => string {
  const paint = (status: string) => (isColoured ? `\x1b[${COLOURS[status[0] ?? ''] ?? 31}m${status}\x1b[0m` : status)
  return ({ time, id, method, route, path, status, bytes, ms, aborted }) => {
    const columns = [time.slice(11, 23), paint(String(status ?? '---')), `${ms.toFixed(1).padStart(8)} ms`, `${bytes}`.padStart(8), method.padEnd(7)]
    const rest = [path, ...(route === null || route === path ? [] : [`(${route})`]), ...(aborted ? ['aborted'] : []), id]
    return `${columns.join(' ')} ${visible(rest.join(' '))}\n`
  }
}

/** By the first digit of a status; all others are red. */
const COLOURS: Readonly<Record<string, number>> = { 2: 32, 3: 36, 4: 33 }
