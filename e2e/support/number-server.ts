/** The data of a page, as a server: a number for each id, which only rises, and a record of who made a page of it, and when. */

import { EventEmitter, once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Generation } from './page-history.ts'

export interface NumberServer extends AsyncDisposable {
  readonly url: string
  newest(id: string): number
  raise(id: string): number
  /** Of every call of getStaticProps; `ends` are those of processes that have been killed, by pid. */
  generations(ends?: ReadonlyMap<number, number>): Generation[]
  /** Resolves with the next process that begins to make a page, which goes on when `then` has returned. */
  nextBegin(then: (pid: number) => void): Promise<number>
  /** Who begins to make a page of this id from now on has to wait. @returns what lets them go on. */
  hold(id: string): () => void
}

interface Making {
  readonly id: string
  readonly pid: number
  readonly begin: number
  end: number | undefined
}

/**
 * GET /begin?id=…&pid=… gives `{ number, making }`; GET /end?making=… says that it is done; GET /raise?id=… gives the new number.
 */
export async function startNumberServer(): Promise<NumberServer> {
  const numbers = new Map<string, number>()
  const makings: Making[] = []
  const held = new Map<string, Promise<void>>()
  const events = new EventEmitter()

  const newest = (id: string) => numbers.get(id) ?? 0
  function raise(id: string): number {
    numbers.set(id, newest(id) + 1)
    return newest(id)
  }

  async function begin(id: string, pid: number): Promise<object> {
    const making = makings.push({ id, pid, begin: performance.now(), end: undefined }) - 1
    events.emit('begin', pid)
    await held.get(id)
    return { number: newest(id), making }
  }

  async function answer({ pathname, searchParams }: URL): Promise<object> {
    const id = searchParams.get('id') ?? ''
    if (pathname === '/begin') return begin(id, Number(searchParams.get('pid')))
    if (pathname === '/raise') return { number: raise(id) }
    const making = makings[Number(searchParams.get('making'))]
    if (making) making.end = performance.now()
    return {}
  }

  const server = http.createServer(async (req, res) => {
    const body = JSON.stringify(await answer(new URL(req.url ?? '/', 'http://localhost')))
    res.end(body)
  })
  server.keepAliveTimeout = 60_000 // a client that is stopped for seconds must not find its connection closed
  await once(server.listen(0, '127.0.0.1'), 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    newest,
    raise,
    generations: (ends = new Map()) =>
      makings.map(({ id, pid, begin, end }) => ({ id, pid, begin, end: Math.min(end ?? Number.POSITIVE_INFINITY, ends.get(pid) ?? Number.POSITIVE_INFINITY) })),
    async nextBegin(then) {
      events.once('begin', then)
      const [pid] = await once(events, 'begin', { signal: AbortSignal.timeout(30_000) })
      return pid
    },
    hold(id) {
      const released = new EventEmitter()
      held.set(
        id,
        once(released, 'now').then(() => {}),
      )
      return () => {
        held.delete(id)
        released.emit('now')
      }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}
