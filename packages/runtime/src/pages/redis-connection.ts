/** A connection that is opened when it is first used, opened again when it is lost, and never waited for for long: what cannot be had now rejects now. */

import { createHash } from 'node:crypto'

/** How long a command may take, and the first connection, in milliseconds. Redis answers in one, or something is wrong. */
const TIMEOUT = 1_000
/** How long to wait before connecting again, in milliseconds, at most. */
const RECONNECT = 500

/** A program in Lua that Redis runs as one step. */
export interface Script {
  readonly text: string
  readonly sha1: string
}

export function script(text: string): Script {
  return { text, sha1: createHash('sha1').update(text).digest('hex') }
}

export interface RedisConnection {
  /** @throws when there is no connection, no answer in time, or Redis refuses. */
  run(script: Script, keys: readonly string[], values: readonly string[]): Promise<unknown>
  close(): Promise<void>
}

export function connectToRedis(url: string): RedisConnection {
  let opening: Promise<Opened> | undefined
  let isClosed = false

  async function send(args: readonly string[]): Promise<unknown> {
    if (isClosed) throw new Error('the server is ending')
    opening ??= openClient(url)
    const used = opening
    const { client, started, lastError } = await used
    if (!client.isReady) await started
    if (!client.isReady) throw new Error(`no connection to Redis${lastError() ? ` (${lastError()})` : ''}`)
    const answer = await withinTimeout(client.sendCommand(args))
    if (answer !== TOO_LATE) return answer
    // Whatever the reason, what is sent next would wait as well: with another connection it is refused until that one is ready.
    if (client.isOpen) client.destroy()
    if (opening === used) opening = openClient(url)
    throw new Error(`no answer from Redis within ${TIMEOUT / 1000} s`)
  }

  return {
    async run({ text, sha1 }, keys, values) {
      const rest = [String(keys.length), ...keys, ...values]
      try {
        return await send(['EVALSHA', sha1, ...rest])
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
        return send(['EVAL', text, ...rest])
      }
    },
    async close() {
      isClosed = true
      const client = (await opening?.catch(() => undefined))?.client // one that could not be opened need not be closed
      if (client?.isOpen) client.destroy()
    },
  }
}

type Opened = Awaited<ReturnType<typeof openClient>>

/** The client is loaded only now: it takes tens of milliseconds, which a server without REDIS_URL need not wait. */
async function openClient(url: string) {
  const { createClient } = await import('@redis/client')
  const client = createClient({
    url,
    RESP: 2, // Redis before 6 knows no other
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    socket: { connectTimeout: TIMEOUT, reconnectStrategy: (retries) => Math.min(50 * (retries + 1), RECONNECT) },
  })
  let lastError = ''
  client.on('error', (error: NodeJS.ErrnoException) => {
    lastError = error.message || error.code || String(error)
  })
  /** Settles with the first connection or the first failure, and in time. */
  const started = withinTimeout(
    new Promise<void>((resolve) => {
      client.once('ready', resolve)
      client.once('error', () => resolve())
    }),
  )
  client.connect().catch(() => {}) // it goes on trying; what was wrong is an event
  return { client, started, lastError: () => lastError }
}

const TOO_LATE = Symbol('too late')

/** An answer that has arrived while this process was busy is not late: it is read before the time is looked at. */
async function withinTimeout<T>(answer: Promise<T>): Promise<T | typeof TOO_LATE> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<typeof TOO_LATE>((resolve) => {
    timer = setTimeout(() => setImmediate(resolve, TOO_LATE), TIMEOUT)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
