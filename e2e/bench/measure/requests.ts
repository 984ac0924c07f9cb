/** Requests per second: all servers are there at once, and each is asked for a short while in each round. */

import { type Load, load, type Plan, plan } from '../load/load.ts'
import type { AppName } from '../subjects/places.ts'
import { prepare } from '../subjects/prepare.ts'
import { type Serving, serve } from '../subjects/serving.ts'
import type { Subject } from '../subjects/subjects.ts'
import type { Options } from '../support/options.ts'
import { cpuMs } from '../support/processes.ts'
import type { Series } from '../support/series.ts'
import { inTurns, progress } from '../support/turns.ts'
import { ask, check, headerDifferences } from './check.ts'
import { createExchanges, type Exchange } from './exchanges.ts'

/** One subject doing one kind of work. */
interface Job {
  readonly exchange: Exchange
  readonly serving: Serving
  readonly plan: Plan
  readonly values: number[]
  readonly cpu: number[]
}

export async function measureRequests(subjects: readonly Subject[], options: Options): Promise<Series[]> {
  const exchanges = createExchanges().filter(({ work }) => options.works.includes(work))
  const apps = [...new Set(exchanges.map(({ app }) => app))]
  const series: Series[] = []
  for (const app of apps) {
    const able = subjects.filter(({ maxRoutes }) => typeof app !== 'number' || app <= maxRoutes)
    // Others serve the large bodies: a heap that has seen those is larger from then on, and less of it is in the cache of the processor.
    for (const isLarge of [false, true]) {
      const taken = exchanges.filter((exchange) => exchange.app === app && exchange.isLarge === isLarge)
      if (taken.length > 0) series.push(...(await measureApp(app, taken, { subjects: able, options })))
    }
  }
  return series
}

interface Run {
  readonly subjects: readonly Subject[]
  readonly options: Options
}

async function measureApp(app: AppName, exchanges: readonly Exchange[], { subjects, options }: Run): Promise<Series[]> {
  for (const subject of subjects) await prepare(subject, app)
  const servings: Serving[] = []
  try {
    for (const subject of subjects) servings.push(await serve(subject, app, { path: knownPath(app, exchanges) }))
    const jobs: Job[][] = []
    for (const exchange of exchanges) jobs.push(await createJobs(exchange, servings))
    await runJobs(jobs, options)
    return jobs.flat().map(({ exchange, serving, values, cpu }) => ({ work: exchange.work, subject: serving.subject.name, values, cpu }))
  } finally {
    await Promise.all(servings.map(({ stop }) => stop()))
  }
}

/** Of a route that answers. */
function knownPath(app: AppName, [first]: readonly Exchange[]): string {
  return app === 'work' ? '/api/hello' : (first?.request.paths[0] ?? '/')
}

/** All answers are checked before the first is measured. */
async function createJobs(exchange: Exchange, servings: readonly Serving[]): Promise<Job[]> {
  const jobs: Job[] = []
  const answers = new Map<string, Awaited<ReturnType<typeof check>>>()
  for (const serving of servings) {
    const { name } = serving.subject
    const asked = exchange.expected.status === 304 ? await withTag(exchange, serving.port) : exchange
    answers.set(name, await check(name, serving.port, asked))
    jobs.push({ exchange: asked, serving, plan: plan(`${exchange.work}-${name}`, asked.request), values: [], cpu: [] })
  }
  const ours = answers.get('apiroutes') ?? []
  const found = ours.flatMap((answer, i) => headerDifferences(exchange.request.paths[i] ?? '', answers.get('floor')?.[i] ?? answer, answer))
  if (found.length > 0) throw new Error(found.slice(0, 3).join('\n'))
  return jobs
}

/** Every server has a tag of its own for the same body. */
async function withTag(exchange: Exchange, port: number): Promise<Exchange> {
  const { request } = exchange
  const { tag = 'none' } = await ask(port, request.paths[0] ?? '/', request)
  return { ...exchange, request: { ...request, headers: { ...request.headers, 'If-None-Match': tag } } }
}

/** One round that does not count, since it warms everybody up. */
async function runJobs(jobs: readonly Job[][], { rounds, seconds }: Options): Promise<void> {
  for (let round = 0; round <= rounds; round++) {
    for (const ofWork of jobs) {
      progress(`${ofWork[0]?.exchange.work}, ${round === 0 ? 'warm-up' : `round ${round} of ${rounds}`}`)
      for (const job of inTurns(ofWork, round)) await runJob(job, { seconds, counts: round > 0 })
    }
  }
}

async function runJob({ exchange, serving, plan, values, cpu }: Job, { seconds, counts }: { seconds: number; counts: boolean }): Promise<void> {
  const before = cpuMs(serving.pid)
  const result = await load(plan, serving.port, seconds)
  const used = cpuMs(serving.pid) - before
  refuseFailures(`${serving.subject.name}, ${exchange.work}`, result, exchange)
  if (!counts) return
  values.push(result.perSecond)
  cpu.push((used * 1000) / result.requests)
}

function refuseFailures(what: string, { requests, failures, socketErrors }: Load, { expected }: Exchange): void {
  const isExpected = expected.status === 404 ? failures === requests : failures === 0
  if (isExpected && socketErrors === 0) return
  throw new Error(`${what}: of ${requests} answers ${failures} had a status from 400, and ${socketErrors} requests failed`)
}
