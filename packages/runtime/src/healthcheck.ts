/** `node server.js --healthcheck`: for a HEALTHCHECK in an image that has nothing but Node.js. */

import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Env } from './env.ts'

/** How long the server may take to answer, in milliseconds. */
const TIMEOUT = 5_000

/** Asks the server that has the same environment whether it is ready, and prints what it says. @returns the exit code. */
export function healthcheck({ port, host, readyzPath: path }: Pick<Env, 'port' | 'host' | 'readyzPath'>): Promise<number> {
  return new Promise((resolve) => {
    const end = (said: string, code = 1) => {
      console.log(said)
      resolve(code)
    }
    if (path === undefined) return end('READYZ_PATH is empty, so there is nothing to ask. Set it to a path, for example READYZ_PATH=/readyz')
    const address = host === undefined || host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
    if (port === 0) return end('PORT is 0, so nobody knows where the server listens. Set it to a port')
    const failed = (error: Error) => end(`no answer to ${path} from ${address}, port ${port}: ${error.message}`)
    const signal = AbortSignal.timeout(TIMEOUT)
    get({ host: address, port, path, signal, agent: false }, (response) => {
      text(response).then((body) => end(`${response.statusCode} ${body}`, response.statusCode === 200 ? 0 : 1), failed)
    }).on('error', failed)
  })
}
