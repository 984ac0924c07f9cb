/** Clients that have numbers raised and pages revalidated, and read those pages, and write down what they saw. */

import { EventEmitter, once } from 'node:events'
import http from 'node:http'
import type { Cluster } from './page-cluster.ts'
import { type Bump, type History, promising, type Read } from './page-history.ts'

const CLIENTS = 80
/** A client stays with one, so that those of the others go on while nobody can make it. */
const IDS = ['0', '1', '2', '3', '4']
const READS = 5

export interface Load extends AsyncDisposable {
  readonly history: History
  /** What did not happen, and why: how often. */
  readonly failures: ReadonlyMap<string, number>
  /** Resolves when so many more have been answered. */
  answers(count: number): Promise<void>
  /** Resolves when there are so many of each, reads that say STALE not counted, with nobody asking any more. */
  stopAfter(least: { readonly reads: number; readonly bumps: number }): Promise<void>
}

interface Answer {
  readonly text: string
  readonly state: string
  readonly instance: string
}

export function startLoad({ port, data }: Pick<Cluster, 'port' | 'data'>): Load {
  const reads: Read[] = []
  const bumps: Bump[] = []
  const failures = new Map<string, number>()
  const events = new EventEmitter().setMaxListeners(0)
  const agent = new http.Agent({ keepAlive: true })
  let isStopping = false

  /** @param write what was answered, down. */
  async function attempt(target: string, write: (answer: Answer, start: number) => void): Promise<void> {
    const start = performance.now()
    try {
      write(await get(port, target, agent), start)
      events.emit('answer')
    } catch (error) {
      const why = `${target.slice(0, 6)}: ${error instanceof Error ? error.message : error}`
      failures.set(why, (failures.get(why) ?? 0) + 1)
    }
  }

  const bump = (id: string) =>
    attempt(`/api/bump?id=${id}`, ({ text, instance }, start) => bumps.push({ id, start, end: performance.now(), number: JSON.parse(text).number, instance }))

  const read = (id: string) =>
    attempt(`/page/${id}`, ({ text, state, instance }, start) =>
      reads.push({ id, start, end: performance.now(), number: Number(/number (\d+)/.exec(text)?.[1]), newest: data.newest(id), state, instance }),
    )

  async function client(id: string): Promise<void> {
    while (!isStopping) {
      await bump(id)
      for (let i = 0; i < READS; i++) await read(id)
    }
  }

  const done = Promise.all(Array.from({ length: CLIENTS }, (_, i) => client(IDS[i % IDS.length] as string)))
  async function answers(count: number): Promise<void> {
    const wanted = reads.length + bumps.length + count
    while (reads.length + bumps.length < wanted) await once(events, 'answer', { signal: AbortSignal.timeout(30_000) })
  }

  async function stop(): Promise<void> {
    isStopping = true
    await done
    agent.destroy()
  }

  return {
    history: { reads, bumps },
    failures,
    answers,
    async stopAfter(least) {
      while (bumps.length < least.bumps || promising(reads).length < least.reads) await answers(100)
      await stop()
    },
    [Symbol.asyncDispose]: stop,
  }
}

/** Rejects for anything but a whole answer with status 200. */
function get(port: number, path: string, agent: http.Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path, agent, timeout: 30_000 }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('error', reject)
      response.on('end', () => {
        const { 'x-apiroutes-cache': state, 'x-instance': instance } = response.headers
        if (response.statusCode === 200) resolve({ text, state: String(state), instance: String(instance) })
        else reject(new Error(`${response.statusCode} ${text.startsWith('Failed') ? text.replace(/[\d.]+/g, '#') : ''}`))
      })
    })
    request.on('timeout', () => request.destroy(new Error('no answer')))
    request.on('error', reject)
  })
}
