/** What the environment decides: read once, checked, and named when wrong. */

export interface Env {
  /** PORT. Default 3000; 0 takes any free port. */
  readonly port: number
  /** HOST. Default undefined: every interface, IPv4 and IPv6. (HOSTNAME is ignored: container runtimes set it.) */
  readonly host: string | undefined
}

/** A value in the environment that cannot be used: its message is all the user needs to see. */
export class EnvError extends Error {
  override name = 'EnvError'
}

/** @throws EnvError naming the variable, its value and what it may be. */
export function readEnv(env: NodeJS.ProcessEnv): Env {
  return { port: readPort(env.PORT), host: env.HOST || undefined }
}

function readPort(value: string | undefined): number {
  if (value === undefined || value === '') return 3000
  const port = Number(value)
  if (/^\d+$/.test(value) && port <= 65_535) return port
  throw new EnvError(`PORT must be a number from 0 to 65535, got ${JSON.stringify(value)}. Example: PORT=8080`)
}
