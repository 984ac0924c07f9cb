/** A gigabyte in each direction, through a handler that reads or writes the stream itself: how fast, and how much more memory meanwhile. */

import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { json } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { gigabyte } from '../apps/shared/stream.js'
import { prepare } from '../subjects/prepare.ts'
import { serve } from '../subjects/serving.ts'
import type { Subject, SubjectName } from '../subjects/subjects.ts'
import type { Options } from '../support/options.ts'
import { memoryOf } from '../support/processes.ts'
import type { Series } from '../support/series.ts'
import { progress } from '../support/turns.ts'

const GIGABYTE = 2 ** 30
const SAMPLE_EVERY_MS = 20
const MAX_ROUNDS = 3
/** Whose handlers get the stream as node:http has it. */
const TAKING: readonly SubjectName[] = ['floor', 'apiroutes']

const DIRECTIONS: Readonly<Record<string, (port: number) => Promise<number>>> = { down: download, up: upload }

export async function measureStreams(subjects: readonly Subject[], options: Options): Promise<Series[]> {
  const rounds = Math.min(options.rounds, MAX_ROUNDS)
  const series: Series[] = []
  for (const subject of subjects.filter(({ name }) => TAKING.includes(name))) {
    await prepare(subject, 'work')
    const serving = await serve(subject, 'work', { path: '/api/hello' })
    for (const [direction, transfer] of Object.entries(DIRECTIONS)) {
      const found: Transfer[] = []
      for (let round = 0; round <= rounds; round++) {
        progress(`1 GB ${direction}, ${subject.name}, ${round === 0 ? 'warm-up' : `round ${round} of ${rounds}`}`)
        found.push(await watch(serving.pid, () => transfer(serving.port)))
      }
      const [, ...counted] = found
      series.push({ work: `stream-${direction}`, subject: subject.name, values: counted.map(({ speed }) => speed) })
      series.push({ work: `stream-${direction}-growth`, subject: subject.name, values: found.map(({ growth }) => growth) })
    }
    await serving.stop()
  }
  return series
}

interface Transfer {
  /** Megabytes in a second. */
  readonly speed: number
  /** The most that was in use at once, less what was in use before, in megabytes. */
  readonly growth: number
}

async function watch(pid: number, transfer: () => Promise<number>): Promise<Transfer> {
  const before = memoryOf(pid).rssMb
  let peak = before
  const timer = setInterval(() => {
    peak = Math.max(peak, memoryOf(pid).rssMb)
  }, SAMPLE_EVERY_MS)
  const begin = performance.now()
  const bytes = await transfer().finally(() => clearInterval(timer))
  if (bytes !== GIGABYTE) throw new Error(`${bytes} bytes have arrived of ${GIGABYTE}`)
  return { speed: bytes / 1000 / (performance.now() - begin), growth: peak - before }
}

async function download(port: number): Promise<number> {
  const req = httpRequest({ host: '127.0.0.1', port, path: '/api/down' })
  req.end()
  let bytes = 0
  for await (const chunk of await answerTo(req)) bytes += chunk.length
  return bytes
}

async function upload(port: number): Promise<number> {
  const req = httpRequest({ host: '127.0.0.1', port, path: '/api/up', method: 'POST' })
  const answer = answerTo(req)
  await pipeline(Readable.from(gigabyte()), req)
  const { bytes } = (await json(await answer)) as { bytes: number }
  return bytes
}

function answerTo(req: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => req.on('response', resolve).on('error', reject))
}
