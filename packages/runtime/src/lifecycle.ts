/** From the first line of the program to a clean end. */

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { trackConnections } from './connections.ts'
import { type Env, EnvError } from './env.ts'
import type { Status } from './health.ts'
import type { Log } from './log.ts'

/** How long the last lines of the log may take to be written, in milliseconds. */
const FLUSH_TIMEOUT = 1_000

/** What a process ended by a signal exits with, less the signal's number. */
const BY_SIGNAL = 128

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

/** Ends the process with this exit code when the work in hand is done. Only the first call counts. */
export type ShutDown = (reason: string, code: number) => void

/**
 * Readiness turns 503, the server goes on for SHUTDOWN_DELAY; then no new connections, requests in flight finish, `onShutdown` runs,
 * and the process exits. What has not finished SHUTDOWN_TIMEOUT later is aborted, and the exit code is 1.
 */
export function createShutDown(server: Server, env: Env, log: Log, status: Status, onShutdown: () => unknown): ShutDown {
  const connections = trackConnections(server)
  let isDrained = false

  function abort(): void {
    const limit = `SHUTDOWN_TIMEOUT (${env.shutdownTimeout / 1000} s)`
    const requests = connections.requests()
    for (const req of requests) log.warn(`aborted, as it has not finished within ${limit}, which can be raised.`, req)
    if (requests.length === 0) log.warn(`${isDrained ? 'onShutdown has' : 'connections have'} not finished within ${limit}, which can be raised.`)
    void exit(1, log)
  }

  async function drain(reason: string, code: number): Promise<void> {
    if (server.listening && env.shutdownDelay > 0) {
      log.info(`${reason}: serving for another ${env.shutdownDelay / 1000} s (SHUTDOWN_DELAY)`)
      await delay(env.shutdownDelay)
    }
    await connections.stop()
    const timer = setTimeout(abort, env.shutdownTimeout)
    log.info(`${reason}: no new connections, ${connections.requests().length} in flight`)
    await connections.drained()
    isDrained = true
    try {
      await onShutdown()
      clearTimeout(timer)
      await exit(code, log)
    } catch (error) {
      log.error('onShutdown', error)
      await exit(1, log)
    }
  }

  return (reason, code) => {
    if (status.draining) return
    status.draining = true
    void drain(reason, code)
  }
}

/** Ends the process when the log is written; a reader that has stopped is not waited for. */
export async function exit(code: number, log: Log): Promise<never> {
  await Promise.race([log.flush(), delay(FLUSH_TIMEOUT)])
  process.exit(code)
}

/** The first SIGTERM or SIGINT ends the server in order, the second at once. */
export function endOnSignals(shutDown: ShutDown): void {
  let signals = 0
  for (const [signal, number] of [['SIGTERM', 15] as const, ['SIGINT', 2] as const]) {
    process.on(signal, () => {
      if (signals++ > 0) process.exit(BY_SIGNAL + number)
      shutDown(signal, 0)
    })
  }
}

/** What no handler has caught is logged. Then, as `next start`, the process lives on; or, with ON_UNCAUGHT=exit, ends in order. */
export function watchStrayErrors({ onUncaught }: Env, log: Log, shutDown: ShutDown): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (thrown: unknown) => {
      log.error(event, thrown)
      if (onUncaught === 'exit') shutDown(`${event}, ON_UNCAUGHT=exit`, 1)
    })
  }
}
