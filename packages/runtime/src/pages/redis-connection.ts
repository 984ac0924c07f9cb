/** A connection that is opened when it is first used, opened again when it is lost, and never waited for for long: what cannot be had now rejects now. */

import { createHash } from 'node:crypto'
import { createClient, DisconnectsClientError } from '@redis/client'

/** How long a command may take, and an attempt to connect, in milliseconds. Redis answers in one, or something is wrong. */
const TIMEOUT = 1_000
/** How long to wait before connecting again, in milliseconds, at most. */
const RECONNECT = 500

const NO_ANSWER = `no answer from Redis within ${TIMEOUT / 1000} s`

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
  close(): void
}

export function connectToRedis(url: string): RedisConnection {
  let link: Link | undefined
  let isClosed = false

  /** Whatever the reason, what is sent next would wait as well: with another connection it is refused until that one is ready. */
  function replace(silent: Link): void {
    if (silent.client.isOpen) silent.client.destroy()
    if (silent === link && !isClosed) link = openLink(url, { patience: 0, silent: replace })
  }

  async function send(args: readonly string[]): Promise<unknown> {
    if (isClosed) throw new Error('the server is ending')
    link ??= openLink(url, { patience: TIMEOUT, silent: replace })
    if (!link.client.isReady) await link.started
    const used = link
    const { client, problem } = used
    if (!client.isReady) throw new Error(`no connection to Redis (${problem()})`)
    const answer = await withinTimeout(client.sendCommand(args).catch(explain))
    if (answer !== TOO_LATE) return answer
    replace(used)
    throw new Error(NO_ANSWER)
  }

  /** What waited behind a command that had no answer in time. */
  function explain(error: unknown): never {
    if (error instanceof DisconnectsClientError && !isClosed) throw new Error(NO_ANSWER)
    throw error
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
    close() {
      isClosed = true
      if (link?.client.isOpen) link.client.destroy()
    },
  }
}

interface Link {
  readonly client: ReturnType<typeof newClient>
  /** Settles with the first connection or the first failure, and in time. */
  readonly started: Promise<unknown>
  /** Why it is not ready. */
  problem(): string
}

interface LinkOptions {
  /** How long it is waited for, in milliseconds. */
  readonly patience: number
  /** Told of one that Redis accepts, and then does not answer on. The client would wait for ever. */
  readonly silent: (link: Link) => void
}

function openLink(url: string, { patience, silent }: LinkOptions): Link {
  const client = newClient(url)
  let lastProblem = NO_ANSWER
  let silence: NodeJS.Timeout | undefined
  client.on('error', (error: NodeJS.ErrnoException) => {
    lastProblem = error.message || error.code || String(error)
  })
  client.on('connect', () => {
    clearTimeout(silence)
    silence = setTimeout(() => silent(link), TIMEOUT)
  })
  for (const event of ['ready', 'error', 'end']) client.on(event, () => clearTimeout(silence))
  const first = new Promise<void>((resolve) => {
    client.once('ready', resolve)
    client.once('error', () => resolve())
  })
  const link: Link = { client, started: withinTimeout(first, patience), problem: () => lastProblem }
  client.connect().catch(() => {}) // it goes on trying; what was wrong is an event
  return link
}

function newClient(url: string) {
  return createClient({
    url,
    RESP: 2, // Redis before 6 knows no other
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    socket: { connectTimeout: TIMEOUT, reconnectStrategy: (retries) => Math.min(50 * (retries + 1), RECONNECT) },
  })
}

const TOO_LATE = Symbol('too late')

/** An answer that has arrived while this process was busy is not late: it is read before the time is looked at. */
async function withinTimeout<T>(answer: Promise<T>, timeout = TIMEOUT): Promise<T | typeof TOO_LATE> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<typeof TOO_LATE>((resolve) => {
    timer = setTimeout(() => setImmediate(resolve, TOO_LATE), timeout)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
