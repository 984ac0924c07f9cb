/** A connection that is opened when it is first used, opened again when it is lost, and never waited for for long: what cannot be had now rejects now. */

import { createHash } from 'node:crypto'

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

/** By the run of Redis that they are for: it has another id after each start, and so has a replica that takes over. */
export type KeysOf = (runId: string) => readonly string[]

export interface RedisConnection {
  /** @throws when there is no connection, no answer in time, or Redis refuses. */
  run(script: Script, keysOf: KeysOf, values: readonly string[]): Promise<unknown>
  close(): void
}

export function connectToRedis(url: string): RedisConnection {
  let open: OpenLink | undefined
  let link: Link | undefined
  let isClosed = false

  /** Whatever the reason, what is sent next would wait as well: with another connection it is refused until that one is ready. */
  function replace(silent: Link): void {
    if (silent.client.isOpen) silent.client.destroy()
    if (silent === link && !isClosed) link = open?.(0)
  }

  async function send(argumentsOf: KeysOf): Promise<unknown> {
    if (!isClosed) open ??= await createOpenLink(url, replace)
    if (isClosed || !open) throw new Error('the server is ending')
    link ??= open(TIMEOUT)
    if (link.runId() === undefined) await link.started
    const used = link
    const runId = used.runId()
    if (runId === undefined) throw new Error(`no connection to Redis (${used.problem()})`)
    const answer = await withinTimeout(used.client.sendCommand(argumentsOf(runId)).catch(explain))
    if (answer !== TOO_LATE) return answer
    replace(used)
    throw new Error(NO_ANSWER)
  }

  /** What waited behind a command that had no answer in time. */
  function explain(error: unknown): never {
    if (error instanceof Error && error.message === 'Disconnects client' && !isClosed) throw new Error(NO_ANSWER)
    throw error
  }

  return {
    async run({ text, sha1 }, keysOf, values) {
      const rest: KeysOf = (runId) => [String(keysOf(runId).length), ...keysOf(runId), ...values]
      try {
        return await send((runId) => ['EVALSHA', sha1, ...rest(runId)])
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
        return send((runId) => ['EVAL', text, ...rest(runId)])
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
  /** Undefined while it is not ready. Empty when Redis does not say. */
  runId(): string | undefined
  /** Why it is not ready. */
  problem(): string
}

/** @param patience how long it is waited for, in milliseconds. */
type OpenLink = (patience: number) => Link

/**
 * Loads the client, which takes tens of milliseconds that a server without REDIS_URL need not wait.
 * @param silent told of a link that Redis accepts, and then does not answer on. The client would wait for ever.
 */
async function createOpenLink(url: string, silent: (link: Link) => void): Promise<OpenLink> {
  const library = await import('@redis/client')
  return (patience) => openLink(newClient(library, url), patience, silent)
}

function openLink(client: Link['client'], patience: number, silent: (link: Link) => void): Link {
  let problem = NO_ANSWER
  let runId: string | undefined
  let silence: NodeJS.Timeout | undefined
  client.on('error', (error: NodeJS.ErrnoException) => {
    problem = error.message || error.code || String(error)
  })
  client.on('connect', () => {
    clearTimeout(silence)
    silence = setTimeout(() => silent(link), TIMEOUT)
  })
  for (const event of ['error', 'end']) client.on(event, () => clearTimeout(silence))
  const first = new Promise<void>((resolve) => {
    client.once('error', () => resolve())
    client.on('ready', async () => {
      runId = undefined
      try {
        runId = await askRunId(client)
        clearTimeout(silence)
      } catch (error) {
        problem = (error as Error).message // what is not known is not guessed: when its time is over there is another connection
      }
      resolve()
    })
  })
  const link: Link = { client, started: withinTimeout(first, patience), runId: () => (client.isReady ? runId : undefined), problem: () => problem }
  client.connect().catch(() => {}) // it goes on trying; what was wrong is an event
  return link
}

/**
 * @returns an empty text when Redis keeps it to itself: a user may have no right to ask, and some hosts have no such command. Those are the same for every
 * instance; had any other failure the same result, instances would look for pages under different keys.
 */
async function askRunId(client: Link['client']): Promise<string> {
  try {
    return /^run_id:(\w+)/m.exec(String(await client.sendCommand(['INFO', 'server'])))?.[1] ?? ''
  } catch (error) {
    if (/^NOPERM|^ERR unknown command/i.test((error as Error).message)) return ''
    throw error
  }
}

function newClient({ createClient }: typeof import('@redis/client'), url: string) {
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
