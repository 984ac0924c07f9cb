/** What the environment decides: read once, checked, and named when wrong. */

export interface Env {
  /** PORT. Default 3000; 0 takes any free port. */
  readonly port: number
  /** HOST. Default undefined: every interface, IPv4 and IPv6. (HOSTNAME is ignored: container runtimes set it.) */
  readonly host: string | undefined
  /** APIROUTES_PRELOAD: when routes are loaded that nobody has asked for yet. Default background. */
  readonly preload: 'background' | 'strict' | 'lazy'
  /** LIVEZ_PATH. Default /livez; undefined: not answered. */
  readonly livezPath: string | undefined
  /** READYZ_PATH. Default /readyz; undefined: not answered. */
  readonly readyzPath: string | undefined
  /** SHUTDOWN_DELAY, in milliseconds here, in seconds there. Default 0. */
  readonly shutdownDelay: number
  /** SHUTDOWN_TIMEOUT, in milliseconds here, in seconds there. Default 25 s. */
  readonly shutdownTimeout: number
  /** KEEP_ALIVE_TIMEOUT, in milliseconds here, in seconds there. Default 65 s: longer than the 60 s of most load balancers. */
  readonly keepAliveTimeout: number
  /** REQUEST_TIMEOUT, in milliseconds here, in seconds there: how long a request may take to arrive whole. Default 300 s, 0: for ever. */
  readonly requestTimeout: number
  /** ACCESS_LOG. Default undefined: none. With json everything the server logs is JSON. */
  readonly accessLog: 'json' | 'pretty' | undefined
  /** ON_UNCAUGHT: what an uncaughtException or unhandledRejection leads to. Default log. */
  readonly onUncaught: 'log' | 'exit'
}

/** A value in the environment that cannot be used: its message is all the user needs to see. */
export class EnvError extends Error {
  override name = 'EnvError'
}

/** @throws EnvError naming the variable, its value and what it may be. */
export function readEnv(env: NodeJS.ProcessEnv): Env {
  return {
    port: readPort(env.PORT),
    host: env.HOST || undefined,
    preload: 'background',
    livezPath: '/livez',
    readyzPath: '/readyz',
    shutdownDelay: 0,
    shutdownTimeout: 25_000,
    keepAliveTimeout: 65_000,
    requestTimeout: 300_000,
    accessLog: undefined,
    onUncaught: 'log',
  }
}

function readPort(value: string | undefined): number {
  if (value === undefined || value === '') return 3000
  const port = Number(value)
  if (/^\d+$/.test(value) && port <= 65_535) return port
  throw new EnvError(`PORT must be a number from 0 to 65535, got ${JSON.stringify(value)}. Example: PORT=8080`)
}
