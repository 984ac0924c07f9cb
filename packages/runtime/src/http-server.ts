/** A node:http server made of the app: its classes, its limits of time, and who is told of a request. */

import { createServer, type Server, type ServerResponse } from 'node:http'
import type { HttpSocket } from './connections.ts'
import { type App, dispatch } from './dispatch.ts'
import type { Env } from './env.ts'
import type { Log } from './log.ts'
import { ApiRequest } from './request.ts'
import { ApiResponse } from './response.ts'

/** Is told of each request before anything else is done with it. */
export type Listener = (req: ApiRequest, res: ApiResponse) => void

type Timeouts = Pick<Env, 'keepAliveTimeout' | 'requestTimeout'>

/** How often Node.js looks for requests that have not arrived in time, in milliseconds. */
const CHECK_INTERVAL = 30_000

/** A node:http server whose requests and responses carry the helpers of the contract. */
export function createHttpServer(app: App, { keepAliveTimeout, requestTimeout }: Timeouts, accessLog?: Listener): Server {
  const server = createServer({
    IncomingMessage: ApiRequest,
    ServerResponse: ApiResponse as typeof ServerResponse<ApiRequest>,
    keepAliveTimeout,
    requestTimeout,
    headersTimeout: Math.min(Math.max(60_000, keepAliveTimeout + 5_000), requestTimeout || Number.MAX_SAFE_INTEGER), // a connection may be opened long before it is used
    connectionsCheckingInterval: Math.min(CHECK_INTERVAL, requestTimeout || CHECK_INTERVAL),
  })
  if (accessLog) server.on('request', (req, res) => accessLog(req, res as ApiResponse))
  server.on('request', (req, res) => dispatch(app, req, res as ApiResponse))
  server.on('checkContinue', (req, res) => {
    ;(res as ApiResponse).expectContinue()
    server.emit('request', req, res)
  })
  server.on('connection', (socket) => {
    socket.on('error', (error: NodeJS.ErrnoException) => warnOfTimeout(error, socket, requestTimeout, app.log))
  })
  return server as Server
}

/** Node.js has answered 408, if that was possible. */
function warnOfTimeout({ code }: NodeJS.ErrnoException, socket: HttpSocket, requestTimeout: number, log: Log): void {
  const req = socket._httpMessage?.req
  if (code !== 'ERR_HTTP_REQUEST_TIMEOUT' || req?.route === undefined) return
  log.warn(`the request has not arrived whole within REQUEST_TIMEOUT (${requestTimeout / 1000} s), which can be raised; 0 is no limit.`, req)
}
