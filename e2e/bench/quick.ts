// A first look at speed: the hello example beside a bare node:http server that sends the same bytes. Requests per second
// are taken in turns, so that both see the same machine; the medians' ratio is what counts.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import autocannon from 'autocannon'
import { buildOrThrow } from '../support/build.ts'

const ROUNDS = 7
const SECONDS = 3
const STARTS = 15

const BARE = `
import http from 'node:http'
const server = http.createServer((req, res) => {
  const body = JSON.stringify({ message: 'Hello, world!' })
  res.setHeader('Content-Type', 'application/json; charset=utf-8')
  res.setHeader('ETag', '"3f0b8c1d2e4a"')
  res.setHeader('Content-Length', Buffer.byteLength(body))
  res.end(body)
})
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening on http://127.0.0.1:' + server.address().port))
`

interface Subject {
  readonly name: string
  readonly args: readonly string[]
}

async function start({ args }: Subject) {
  const child = spawn(process.execPath, args, { env: { ...process.env, PORT: '0', HOST: '127.0.0.1' }, stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  const url = /http:\/\/\S+/.exec(String(line))?.[0]
  if (!url) throw new Error(`no address in ${line}`)
  const stop = async () => {
    child.kill('SIGKILL')
    await once(child, 'close')
  }
  return { url: `${url}/api/hello`, stop }
}

async function requestsPerSecond(url: string): Promise<number> {
  const { requests, non2xx, errors } = await autocannon({ url, connections: 32, duration: SECONDS })
  if (non2xx + errors > 0) throw new Error(`${non2xx} answers were no success, ${errors} requests failed`)
  return requests.average
}

/** Milliseconds from the start of the process to the end of its first answer. */
async function timeToFirstAnswer(subject: Subject): Promise<number> {
  const begin = performance.now()
  const { url, stop } = await start(subject)
  await (await fetch(url)).text()
  const end = performance.now()
  await stop()
  return end - begin
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

async function inTurns(subjects: readonly Subject[], rounds: number, measure: (subject: Subject) => Promise<number>): Promise<number[]> {
  const results = subjects.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const [i, subject] of subjects.entries()) results[i]?.push(await measure(subject))
  }
  return results.map(median)
}

function print(what: string, unit: string, subjects: readonly Subject[], medians: readonly number[]): void {
  const [ours = Number.NaN, bare = Number.NaN] = medians
  console.log(`${what}: ${subjects.map(({ name }, i) => `${name} ${medians[i]?.toFixed(0)} ${unit}`).join(', ')}; ratio ${(ours / bare).toFixed(2)}`)
}

const { dist } = await buildOrThrow(path.join(import.meta.dirname, '../../examples/hello'))
const subjects: readonly Subject[] = [
  { name: 'apiroutes', args: [path.join(dist, 'server.js')] },
  { name: 'bare node:http', args: ['--input-type=module', '--eval', BARE] },
]

const servers = await Promise.all(subjects.map(start))
const urls = new Map(subjects.map((subject, i) => [subject, servers[i]?.url ?? '']))
await inTurns(subjects, 1, (subject) => requestsPerSecond(urls.get(subject) ?? '')) // warm-up
const rates = await inTurns(subjects, ROUNDS, (subject) => requestsPerSecond(urls.get(subject) ?? ''))
await Promise.all(servers.map(({ stop }) => stop()))
print(`requests per second, median of ${ROUNDS} rounds of ${SECONDS} s`, '/s', subjects, rates)
print(`time to first answer, median of ${STARTS} starts`, 'ms', subjects, await inTurns(subjects, STARTS, timeToFirstAnswer))
