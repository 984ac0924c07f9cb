/** From the start of a process to its first answer, and the memory that it has afterwards. */

import { setTimeout as delay } from 'node:timers/promises'
import { prepare } from '../subjects/prepare.ts'
import { type Serving, serve } from '../subjects/serving.ts'
import type { Subject } from '../subjects/subjects.ts'
import type { Options } from '../support/options.ts'
import { type Memory, memoryOf } from '../support/processes.ts'
import { type BenchRoute, routeTable, visit } from '../support/routes.ts'
import type { Series } from '../support/series.ts'
import { inTurns, progress } from '../support/turns.ts'
import { ask } from './check.ts'

const START_SIZES = [1, 100, 1_000]
const MEMORY_SIZES = [1, 1_000]
/** It has settled when so many samples are within so much of each other. */
const SETTLED = { samples: 6, megabytes: 0.3, everyMs: 250, atMostMs: 15_000 } as const

export async function measureStart(subjects: readonly Subject[], { rounds }: Options): Promise<Series[]> {
  const series: Series[] = []
  for (const size of START_SIZES) {
    const found = await inRounds(subjects, { size, rounds, what: 'start' }, async (subject, routes) => {
      const serving = await serve(subject, size, { path: firstPath(routes) })
      await serving.stop()
      return [serving.startMs]
    })
    series.push(...found.map(({ subject, columns: [values = []] }) => ({ work: `start-${size}`, subject, values })))
  }
  return series
}

/** With one route after 100 answers; with 1,000 when each has answered, so that all are loaded. */
export async function measureMemory(subjects: readonly Subject[], { rounds }: Options): Promise<Series[]> {
  const series: Series[] = []
  for (const size of MEMORY_SIZES) {
    const found = await inRounds(subjects, { size, rounds: Math.min(rounds, 5), what: 'memory' }, async (subject, routes) => {
      const serving = await serve(subject, size, { path: firstPath(routes) })
      for (let i = 0; i < Math.max(100, size); i++) await visitOnce(serving, routes[i % size], i)
      const { rssMb, pssMb } = await settledMemory(serving.pid)
      await serving.stop()
      return [rssMb, pssMb]
    })
    for (const { subject, columns } of found) {
      series.push({ work: `memory-${size}-rss`, subject, values: columns[0] ?? [] }, { work: `memory-${size}-pss`, subject, values: columns[1] ?? [] })
    }
  }
  return series
}

interface Rounds {
  readonly size: number
  readonly rounds: number
  readonly what: string
}

interface Found {
  readonly subject: Subject['name']
  /** For each number that is measured: its values, by round. */
  readonly columns: readonly (readonly number[])[]
}

/** One round that does not count, since it fills the caches of the disk. */
async function inRounds(
  subjects: readonly Subject[],
  { size, rounds, what }: Rounds,
  measure: (subject: Subject, routes: readonly BenchRoute[]) => Promise<number[]>,
): Promise<Found[]> {
  const able = subjects.filter(({ maxRoutes }) => size <= maxRoutes)
  for (const subject of able) await prepare(subject, size)
  const found = new Map(able.map(({ name }) => [name, [] as number[][]]))
  for (let round = 0; round <= rounds; round++) {
    progress(`${what}, ${size} routes, ${round === 0 ? 'warm-up' : `round ${round} of ${rounds}`}`)
    for (const subject of inTurns(able, round)) {
      const measured = await measure(subject, routeTable(size))
      if (round > 0) found.get(subject.name)?.push(measured)
    }
  }
  return [...found].map(([subject, byRound]) => ({ subject, columns: (byRound[0] ?? []).map((_, column) => byRound.map((row) => row[column] ?? Number.NaN)) }))
}

function firstPath([first]: readonly BenchRoute[]): string {
  if (!first) throw new Error('an app without routes cannot be asked for one')
  return visit(first, 'x').path
}

async function visitOnce({ port, subject }: Serving, route: BenchRoute | undefined, i: number): Promise<void> {
  if (!route) return
  const { path, answer } = visit(route, `id${i}`)
  const { body } = await ask(port, path, { method: 'GET' })
  if (body !== JSON.stringify(answer)) throw new Error(`${subject.name} answers ${path} with ${body}`)
}

async function settledMemory(pid: number): Promise<Memory> {
  const recent: Memory[] = []
  for (let waited = 0; waited < SETTLED.atMostMs; waited += SETTLED.everyMs) {
    recent.push(memoryOf(pid))
    const last = recent.slice(-SETTLED.samples).map(({ pssMb }) => pssMb)
    if (last.length === SETTLED.samples && Math.max(...last) - Math.min(...last) <= SETTLED.megabytes) break
    await delay(SETTLED.everyMs)
  }
  return recent.at(-1) ?? memoryOf(pid)
}
