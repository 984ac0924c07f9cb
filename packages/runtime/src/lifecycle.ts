/** From listening to a clean end. */

import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type Env, EnvError } from './env.ts'
import type { Log } from './log.ts'

/** How often connections that have become idle are closed while the server drains, in milliseconds. */
const IDLE_CHECK = 50

/**
 * Resolves with the address once the server listens.
 * @throws EnvError when PORT or HOST cannot be listened on.
 */
export function listen(server: Server, env: Pick<Env, 'port' | 'host'>): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, env)))
    server.listen({ port: env.port, host: env.host }, () => resolve(server.address() as AddressInfo))
  })
}

function listenError(error: NodeJS.ErrnoException, { port, host }: Pick<Env, 'port' | 'host'>): Error {
  const where = host === undefined ? `port ${port}` : `${host}, port ${port}`
  const why: Record<string, string> = {
    EADDRINUSE: `${where} is already in use. Stop the other process or set PORT to another port.`,
    EACCES: `no permission to listen on ${where}. Ports below 1024 need privileges; set PORT to a higher one.`,
    EADDRNOTAVAIL: `HOST is ${JSON.stringify(host)}, which is no address of this machine. Unset it to listen on every interface.`,
    ENOTFOUND: `HOST is ${JSON.stringify(host)}, which cannot be resolved. Unset it to listen on every interface.`,
  }
  return new EnvError(why[error.code ?? ''] ?? `cannot listen on ${where}: ${error.message}`)
}

/**
 * On SIGTERM or SIGINT: no new connections, requests in flight finish, exit 0. Connections that carry no request are
 * closed, those too that never sent one, which Node.js does not count as idle. A second signal ends the process at once.
 */
export function exitOnSignal(server: Server): void {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const closeUnused = () => {
    for (const socket of sockets) if (!isAnswering(socket)) socket.destroy()
  }
  const drain = () => {
    server.prependListener('request', (_req, res) => {
      res.shouldKeepAlive = false
    })
    server.close(() => process.exit(0))
    closeUnused()
    setInterval(closeUnused, IDLE_CHECK)
  }
  process.once('SIGTERM', drain)
  process.once('SIGINT', drain)
}

/** node:http keeps the response under way on its socket. */
function isAnswering(socket: Socket & { _httpMessage?: unknown }): boolean {
  return Boolean(socket._httpMessage)
}

/** As `next start`: what no handler has caught is logged, and the process lives on. */
export function surviveStrayErrors(log: Log): void {
  process.on('uncaughtException', (error) => log.error('uncaughtException', error))
  process.on('unhandledRejection', (reason) => log.error('unhandledRejection', reason))
}
