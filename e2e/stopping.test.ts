// What becomes of requests, connections and the process when the server is told to end.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'
import { buildOrThrow } from './support/build.ts'
import { type Server, startServer } from './support/server.ts'
import { temporaryFolder } from './support/temporary.ts'

/** Requests that a test holds in flight wait for SIGUSR2. */
const released = `import { once } from 'node:events'\nconst released = once(process, 'SIGUSR2')\n`

const files = {
  'pages/api/quick.ts': `export default (req: any, res: any) => res.send('quick')\n`,
  'pages/api/held.ts': `${released}export default async (req: any, res: any) => {\n  console.log('held')\n  await released\n  res.send('answered')\n}\n`,
  'pages/api/stream/[n].ts': `${released}export default async (req: any, res: any) => {\n  res.write('begun ')\n  console.log('streaming')\n  await released\n  res.end('finished')\n}\n`,
  'pages/api/busy.ts': `import { existsSync } from 'node:fs'\nexport default (req: any, res: any) => {\n  console.log('busy')\n  while (!existsSync(req.query.until));\n  res.send('idle again')\n}\n`,
  'pages/api/large.ts': `export default (req: any, res: any) => { res.send(Buffer.alloc(30_000_000, 'x')); console.log('written') }\n`,
  'pages/api/stray.ts': `export default (req: any, res: any) => {\n  setTimeout(() => { throw new Error('from a timer') })\n  Promise.reject(new Error('floating'))\n  res.send('ok')\n}\n`,
  'pages/api/upgrade.ts': `export default (req: any, res: any) => {
  res.socket.server.on('upgrade', (req: any, socket: any) => socket.write('HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: test\\r\\n\\r\\n'))
  res.end()
}\n`,
}

describe('a server that is told to end', async () => {
  const { dist } = await buildOrThrow(files)

  async function start(t: TestContext, env: Record<string, string> = {}): Promise<Server> {
    const server = await startServer(dist, { env })
    t.after(() => server.stop())
    return server
  }

  /** A connection that has sent this much; what comes back is its text. */
  async function connect(server: Server, sent: string): Promise<{ socket: net.Socket; received: Promise<string> }> {
    const socket = net.connect(server.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(sent)
    return { socket, received: text(socket) }
  }
  const request = (target: string, headers = '') => `GET ${target} HTTP/1.1\r\nHost: a\r\n${headers}\r\n`
  const signal = (server: Server, name: NodeJS.Signals) => process.kill(server.pid, name)
  const stopped = /no new connections/

  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    it(`${name}: requests in flight are answered with Connection: close, then it exits 0`, async (t) => {
      const server = await start(t)
      const { received } = await connect(server, request('/api/held'))
      await server.waitForLog(/held/)
      signal(server, name)
      await server.waitForLog(new RegExp(`apiroutes: ${name}: no new connections, 1 in flight`))
      signal(server, 'SIGUSR2')
      assert.match(await received, /^HTTP\/1\.1 200 OK\r\n[\s\S]*Connection: close\r\n[\s\S]*answered$/)
      assert.equal(await server.exit, 0)
    })
  }

  it('streams finish too, and take their connection with them', async (t) => {
    const server = await start(t)
    const { received } = await connect(server, request('/api/stream/1'))
    await server.waitForLog(/streaming/)
    signal(server, 'SIGTERM')
    await server.waitForLog(stopped)
    signal(server, 'SIGUSR2')
    assert.match(await received, /begun [\s\S]*finished\r\n0\r\n\r\n$/)
    assert.equal(await server.exit, 0)
  })

  it('pipelined requests are all answered', async (t) => {
    for (const [first, begun] of [
      ['/api/held', /held[\s\S]*held/],
      ['/api/stream/1', /streaming[\s\S]*held|held[\s\S]*streaming/],
    ] as const) {
      const server = await start(t)
      const { received } = await connect(server, request(first) + request('/api/held'))
      await server.waitForLog(begun)
      signal(server, 'SIGTERM')
      await server.waitForLog(stopped)
      signal(server, 'SIGUSR2')
      assert.match(await received, /(answered|finished\r\n0\r\n\r\n)HTTP[\s\S]*answered$/)
      assert.equal(await server.exit, 0)
    }
  })

  it('connections that wait to be accepted are served', async (t) => {
    const server = await start(t)
    const until = path.join(temporaryFolder(), 'until')
    const busy = await connect(server, request(`/api/busy?until=${encodeURIComponent(until)}`))
    await server.waitForLog(/busy/)
    const waiting = await Promise.all(Array.from({ length: 50 }, () => connect(server, request('/api/quick'))))
    signal(server, 'SIGTERM')
    writeFileSync(until, '')
    for (const { received } of waiting) assert.match(await received, /quick$/)
    assert.match(await busy.received, /idle again$/)
    assert.equal(await server.exit, 0)
  })

  it('an answer that is complete but not sent yet is sent whole to a slow reader', async (t) => {
    const server = await start(t)
    const socket = net.connect(server.port, '127.0.0.1')
    socket.write(request('/api/large'))
    await server.waitForLog(/written/)
    signal(server, 'SIGTERM')
    await server.waitForLog(stopped)
    assert.match((await text(socket)).slice(-30_000_000), /^x{100}/)
    assert.equal(await server.exit, 0)
  })

  it('idle connections are closed at once, those too that never sent anything', async (t) => {
    const server = await start(t)
    const held = await connect(server, request('/api/held'))
    await server.waitForLog(/held/)
    const idle = await connect(server, request('/api/quick'))
    await once(idle.socket, 'data')
    const silent = await connect(server, '')
    await (await server.fetch('/api/quick')).text() // so the server has accepted the one before
    const partial = await connect(server, 'GET /api/qu') // gets a second for the rest
    await (await server.fetch('/api/quick')).text()
    const closed: string[] = []
    for (const [name, { socket }] of Object.entries({ idle, silent, partial })) socket.on('close', () => closed.push(name))
    signal(server, 'SIGTERM')
    await once(partial.socket, 'close')
    assert.deepEqual(closed.toSorted(), ['idle', 'partial', 'silent'])
    assert.equal(closed.at(-1), 'partial')
    signal(server, 'SIGUSR2')
    assert.match(await held.received, /answered$/)
    assert.equal(await server.exit, 0)
  })

  it('a request whose head is half sent is answered', async (t) => {
    const server = await start(t)
    const whole = request('/api/quick')
    const { socket, received } = await connect(server, whole.slice(0, 10))
    await (await server.fetch('/api/quick')).text()
    signal(server, 'SIGTERM')
    await server.waitForLog(stopped)
    socket.write(whole.slice(10))
    assert.match(await received, /Connection: close[\s\S]*quick$/)
    assert.equal(await server.exit, 0)
  })

  it('one that is never sent whole does not hold it up', async (t) => {
    const server = await start(t)
    const { received } = await connect(server, 'GET /api/qu')
    await (await server.fetch('/api/quick')).text()
    signal(server, 'SIGTERM')
    assert.equal(await received, '')
    assert.equal(await server.exit, 0)
  })

  it('upgraded connections do not hold it up', async (t) => {
    const server = await start(t)
    await server.fetch('/api/upgrade')
    const { socket } = await connect(server, request('/', 'Connection: Upgrade\r\nUpgrade: test\r\n'))
    await once(socket, 'data')
    signal(server, 'SIGTERM')
    assert.equal(await server.exit, 0)
  })

  it('nor does one that is upgraded meanwhile', async (t) => {
    const server = await start(t)
    await server.fetch('/api/upgrade')
    const whole = request('/', 'Connection: Upgrade\r\nUpgrade: test\r\n')
    const { socket } = await connect(server, whole.slice(0, 10))
    await (await server.fetch('/api/quick')).text()
    signal(server, 'SIGTERM')
    await server.waitForLog(stopped)
    socket.write(whole.slice(10))
    assert.match(String((await once(socket, 'data'))[0]), /^HTTP\/1\.1 101 /)
    assert.equal(await server.exit, 0)
  })

  it('SHUTDOWN_DELAY: not ready, but serving, new connections too', async (t) => {
    const server = await start(t, { SHUTDOWN_DELAY: '2' })
    signal(server, 'SIGTERM')
    await server.waitForLog(/SIGTERM: serving for another 2 s \(SHUTDOWN_DELAY\)/)
    for (let i = 0; i < 10; i++) {
      const { received } = await connect(server, request('/api/quick') + request('/readyz', 'Connection: close\r\n'))
      assert.match(await received, /200 OK[\s\S]*Connection: keep-alive[\s\S]*quickHTTP\/1\.1 503 [\s\S]*{"status":"draining"}$/)
    }
    assert.doesNotMatch(server.log.stdout, stopped)
    assert.equal(await server.exit, 0)
    assert.match(server.log.stdout, stopped)
    await assert.rejects(once(net.connect(server.port, '127.0.0.1'), 'connect'), { code: 'ECONNREFUSED' })
  })

  it('SHUTDOWN_TIMEOUT=0: when there is nothing to wait for it ends as always', async (t) => {
    const server = await start(t, { SHUTDOWN_TIMEOUT: '0' })
    assert.deepEqual([await server.stop(), server.log.stderr], [0, ''])
  })

  it('SHUTDOWN_TIMEOUT: what is left is aborted, logged by route, and the exit code is 1', async (t) => {
    const server = await start(t, { SHUTDOWN_TIMEOUT: '0.2' })
    const held = await connect(server, request('/api/held?secret=1'))
    const stream = await connect(server, request('/api/stream/7'))
    await server.waitForLog(/held/)
    await server.waitForLog(/streaming/)
    signal(server, 'SIGTERM')
    assert.equal(await server.exit, 1)
    const [headOnly, begun] = await Promise.all([held.received, stream.received].map((received) => received.catch(() => 'reset')))
    assert.doesNotMatch(`${headOnly}${begun}`, /answered|finished/)
    for (const route of ['/api/held', '/api/stream/[n]']) assert.ok(server.log.stderr.includes(`GET ${route}: aborted`), server.log.stderr)
    assert.match(server.log.stderr, /SHUTDOWN_TIMEOUT \(0\.2 s\)/)
  })

  for (const [name, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    it(`a second signal, ${name}, ends it at once`, async (t) => {
      const server = await start(t)
      await connect(server, request('/api/held'))
      await server.waitForLog(/held/)
      signal(server, 'SIGTERM')
      await server.waitForLog(stopped)
      signal(server, name)
      assert.equal(await server.exit, code)
    })
  }

  describe('errors that nothing catches', () => {
    it('are logged, and it goes on', async (t) => {
      const server = await start(t)
      await server.fetch('/api/stray')
      await server.waitForLog(/uncaughtException: Error: from a timer/)
      await server.waitForLog(/unhandledRejection: Error: floating/)
      assert.equal(await (await server.fetch('/api/quick')).text(), 'quick')
      assert.equal(await server.stop(), 0)
    })

    it('with ON_UNCAUGHT=exit requests in flight finish, and it exits 1', async (t) => {
      const server = await start(t, { ON_UNCAUGHT: 'exit' })
      const { received } = await connect(server, request('/api/held'))
      await server.waitForLog(/held/)
      await server.fetch('/api/stray')
      await server.waitForLog(/ON_UNCAUGHT=exit: no new connections, 1 in flight/)
      signal(server, 'SIGUSR2')
      assert.match(await received, /answered$/)
      assert.equal(await server.exit, 1)
      await server.waitForLog(/unhandledRejection: Error: floating/)
      await server.waitForLog(/uncaughtException: Error: from a timer/)
    })
  })

  it('a request that does not arrive in time is answered 408, and logged with its route and limit', async (t) => {
    const server = await start(t, { REQUEST_TIMEOUT: '0.2' })
    const { received } = await connect(server, 'POST /api/quick HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab')
    assert.match(await received, /^HTTP\/1\.1 408 /)
    await server.waitForLog(/POST \/api\/quick: .*REQUEST_TIMEOUT \(0\.2 s\)/)
  })
})
