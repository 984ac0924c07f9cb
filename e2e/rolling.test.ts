// Two replicas behind a real nginx that repeats nothing, under constant load: replacing them one after the other fails no request.
import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import http from 'node:http'
import { describe, it } from 'node:test'
import { buildOrThrow } from './support/build.ts'
import { freePort } from './support/free-port.ts'
import { findNginx, type Nginx, roundRobin, startNginx } from './support/nginx.ts'
import { type Server, startServer } from './support/server.ts'

const app = {
  'package.json': '{ "type": "module" }',
  'lib/pause.ts': 'export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))',
  'pages/api/quick.ts': 'export default (req, res) => res.json({ pid: process.pid, body: req.body })',
  'pages/api/slow.ts': `
    import { pause } from '../../lib/pause'
    export default async function handler(req, res) {
      await pause(50 + Math.random() * 150)
      res.json({ pid: process.pid, body: req.body })
    }`,
  'pages/api/stream.ts': `
    import { pause } from '../../lib/pause'
    export default async function handler(req, res) {
      const { body } = req
      res.write('{ "pid": ' + process.pid)
      for (let left = Number(req.query.parts); left > 0; left -= 1) {
        await pause(50)
        res.write(' ')
      }
      res.end(', "body": ' + JSON.stringify(body) + '}')
    }`,
}

/** What each client asks for, in turn. The last one's streams are longer than SHUTDOWN_DELAY: they are in flight when the server stops accepting. */
const mixed = ['/api/quick', '/api/slow', '/api/quick', '/api/stream?parts=3']
const clients = [mixed, mixed, mixed, mixed, mixed, ['/api/stream?parts=20']]
/** For nginx to have another configuration. */
const shutdownDelay = '0.8'

describe('replicas that are replaced under load', async () => {
  const program = findNginx()
  const skip = typeof program === 'object' && program.missing

  const { dist } = skip ? { dist: '' } : await buildOrThrow(app)

  it('SIGTERM, out when /readyz says 503, restart, back in: 20 times, no request fails', { skip }, async () => {
    await using service = await startService(String(program), dist)
    await using load = startLoad(service.port)
    const exits = []
    for (let turn = 0; turn < 20; turn += 1) exits.push(await replace(service, load, turn % 2))
    await load.stop()
    assert.deepEqual(load.failures, [])
    assert.deepEqual(
      exits,
      exits.map(() => 0),
    )
    assert.ok(load.answered() > 20 * clients.length, `${load.answered()} requests`)
  })

  it('SIGKILL fails requests, so this test can tell', { skip }, async () => {
    await using service = await startService(String(program), dist)
    await using load = startLoad(service.port)
    for (let turn = 0; turn < 4; turn += 1) await kill(service, load, turn % 2)
    await load.stop()
    assert.ok(load.failures.length >= 4, `${load.failures.length} failures`)
  })
})

interface Service extends AsyncDisposable {
  readonly port: number
  readonly dist: string
  readonly nginx: Nginx
  readonly replicas: Server[]
}

const startReplica = (dist: string) => startServer(dist, { env: { SHUTDOWN_DELAY: shutdownDelay } })

async function startService(program: string, dist: string): Promise<Service> {
  const replicas = [await startReplica(dist), await startReplica(dist)]
  const port = await freePort()
  const nginx = await startNginx(program, configFor(port, replicas))
  const stop = async () => void (await Promise.all([nginx.stop(), ...replicas.map((replica) => replica.stop())]))
  return { port, dist, nginx, replicas, [Symbol.asyncDispose]: stop }
}

function configFor(port: number, replicas: readonly Server[]): string {
  return roundRobin(
    port,
    replicas.map((replica) => replica.port),
  )
}

/** @returns the exit code of the replica that has gone. */
async function replace(service: Service, load: Load, index: number) {
  const { nginx, port, replicas } = service
  const leaving = replicas[index] as Server
  const exit = leaving.stop()
  await readyz(leaving, 503)
  await nginx.reload(
    configFor(
      port,
      replicas.filter((replica) => replica !== leaving),
    ),
  )
  const code = await exit
  await putNew(service, load, index)
  return code
}

async function kill(service: Service, load: Load, index: number): Promise<void> {
  const { nginx, port, replicas } = service
  const leaving = replicas[index] as Server
  process.kill(leaving.pid, 'SIGKILL')
  await leaving.stop()
  await nginx.reload(
    configFor(
      port,
      replicas.filter((replica) => replica !== leaving),
    ),
  )
  await putNew(service, load, index)
}

async function putNew({ dist, nginx, port, replicas }: Service, load: Load, index: number): Promise<void> {
  const replica = await startReplica(dist)
  replicas[index] = replica
  await readyz(replica, 200)
  await nginx.reload(configFor(port, replicas))
  await load.answeredBy(replica.pid)
}

/** Asks until the answer is this one. */
async function readyz(replica: Server, wanted: number): Promise<void> {
  for (let status = 0; status !== wanted; ) {
    const response = await replica.fetch('/readyz', { signal: AbortSignal.timeout(30_000) })
    await response.text()
    status = response.status
  }
}

interface Failure {
  readonly at: string
  readonly target: string
  readonly why: string
}

interface Load extends AsyncDisposable {
  readonly failures: readonly Failure[]
  answered(): number
  /** Resolves when a process answers a request, from now on. */
  answeredBy(pid: number): Promise<unknown>
  stop(): Promise<void>
}

/** Clients that send one request after the other, each on a connection of its own, and look at the whole answer. */
function startLoad(port: number): Load {
  const failures: Failure[] = []
  const answers = new EventEmitter()
  let answered = 0
  let stopping = false

  async function client(targets: readonly string[], number: number): Promise<void> {
    for (let turn = 0; !stopping; turn += 1) {
      const target = targets[(turn + number) % targets.length] ?? ''
      try {
        answers.emit(`${await ask(port, target, `${number}.${turn}`)}`)
        answered += 1
      } catch (error) {
        failures.push({ at: new Date().toISOString(), target, why: String(error) })
      }
    }
  }

  const done = Promise.all(clients.map(client))
  const stop = async () => {
    stopping = true
    await done
  }
  return {
    failures,
    answered: () => answered,
    answeredBy: (pid) => once(answers, `${pid}`, { signal: AbortSignal.timeout(30_000) }),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** @returns the process that has answered. */
function ask(port: number, path: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path, method: 'POST', agent: false, timeout: 30_000, headers: { 'Content-Type': 'text/plain' } })
    request.on('timeout', () => request.destroy(new Error('no answer')))
    request.on('error', reject)
    request.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('error', reject)
      response.on('end', () => {
        try {
          assert.equal(response.statusCode, 200)
          const answer = JSON.parse(text)
          assert.equal(answer.body, body)
          resolve(answer.pid)
        } catch (error) {
          reject(error)
        }
      })
    })
    request.end(body)
  })
}
