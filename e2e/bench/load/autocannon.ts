// node --import tsx autocannon.ts <plan.json> <url> <seconds>: what wrk does, where there is no wrk. Prints a `Load` as JSON.
import { readFileSync } from 'node:fs'
import autocannon from 'autocannon'
import type { Load, LoadRequest } from './load.ts'

/** It makes all requests anew for each connection. */
const MAX_PATHS = 500

const [file = '', url = '', seconds] = process.argv.slice(2)
const { method, paths, headers, body, connections }: LoadRequest & { connections: number } = JSON.parse(readFileSync(file, 'utf8'))
const { requests, duration, non2xx, errors, ...others } = await autocannon({
  url,
  connections,
  duration: Number(seconds),
  requests: paths.slice(0, MAX_PATHS).map((path) => ({ method: method as 'GET', path, headers: { ...headers }, ...(body === undefined ? {} : { body }) })),
})
const redirects = others['3xx']
const result: Load = { requests: requests.total, perSecond: requests.total / duration, failures: non2xx - redirects, socketErrors: errors }
console.log(JSON.stringify(result))
