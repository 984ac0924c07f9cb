// From `node server.js` to a server that is ready: its environment, its health, and routes that load, or do not.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import net, { type AddressInfo } from 'node:net'
import path from 'node:path'
import { after, describe, it, type TestContext } from 'node:test'
import { buildOrThrow } from './support/build.ts'
import { type Finished, runProgram } from './support/run-program.ts'
import { type Server, type ServerOptions, startServer } from './support/server.ts'
import { type FileMap, temporaryFolder, temporaryProject } from './support/temporary.ts'

const ok = `export default (req: any, res: any) => res.send('ok')\n`
/** Loads when the process gets SIGUSR2. */
const late = `import { once } from 'node:events'\nconsole.log('late begins')\nawait once(process, 'SIGUSR2')\n${ok}`

async function start(t: TestContext, dist: string, options: ServerOptions = {}): Promise<Server> {
  const server = await startServer(dist, options)
  t.after(() => server.stop())
  return server
}

async function answer(server: Server, target: string): Promise<string> {
  const response = await server.fetch(target, { redirect: 'manual' })
  return `${response.status} ${await response.text()}`
}

/** Asks again after each line that the server logs, and whenever it has loaded something, until the answer is this one. */
async function waitForAnswer(server: Server, target: string, expected: string): Promise<void> {
  const end = Date.now() + 20_000
  for (let last = ''; last !== expected; last = await answer(server, target)) assert.ok(Date.now() < end, `${target} still answers ${last}`)
}

async function dist(files: FileMap): Promise<string> {
  return (await buildOrThrow(files)).dist
}

describe('a server that does not start says why, in a line each, and exits 1', async () => {
  const hello = await dist({ 'pages/api/hello.ts': ok })
  const taken = net.createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  after(() => taken.close())
  const { port } = taken.address() as AddressInfo

  function refuses(env: Record<string, string>, ...lines: string[]) {
    it(JSON.stringify(env), async () => {
      const { code, stdout, stderr } = await runProgram(process.execPath, [path.join(hello, 'server.js')], { env: { HOST: '127.0.0.1', ...env } })
      assert.deepEqual([code, stdout, stderr], [1, '', lines.map((line) => `apiroutes: ${line}\n`).join('')])
    })
  }
  refuses({ PORT: '80800' }, 'PORT must be a number from 0 to 65535, got "80800". Example: PORT=8080')
  refuses(
    { PORT: 'x', ACCESS_LOG: 'xml' },
    'PORT must be a number from 0 to 65535, got "x". Example: PORT=8080',
    'ACCESS_LOG must be json or pretty, got "xml". Example: ACCESS_LOG=json',
  )
  it('an argument that it does not know', async () => {
    const { code, stderr } = await runProgram(process.execPath, [path.join(hello, 'server.js'), '--halthcheck'])
    assert.deepEqual([code, stderr], [1, 'apiroutes: unknown argument "--halthcheck". See node server.js --help\n'])
  })
  it('as JSON with ACCESS_LOG=json', async () => {
    const env = { ACCESS_LOG: 'json', HOST: '127.0.0.1', PORT: String(port) }
    const { code, stderr } = await runProgram(process.execPath, [path.join(hello, 'server.js')], { env })
    const { level, message } = JSON.parse(stderr)
    assert.deepEqual([code, level, message.slice(0, 10)], [1, 'error', '127.0.0.1,'])
  })
  refuses({ PORT: String(port) }, `127.0.0.1, port ${port} is already in use. Stop the other process or set PORT to another port.`)
  refuses({ HOST: '192.0.2.1', PORT: '0' }, 'HOST is "192.0.2.1", which is no address of this machine. Unset it to listen on every interface.')
})

describe('its environment', async () => {
  const shows = await dist({
    'pages/api/env.ts': `const { NODE_ENV, NEXT_RUNTIME } = process.env\nexport default (req: any, res: any) => res.json([NODE_ENV, NEXT_RUNTIME])\n`,
  })

  it('NODE_ENV is production when unset, before any of the project runs', async (t) => {
    assert.equal(await answer(await start(t, shows), '/api/env'), '200 ["production","nodejs"]')
  })
  it('NODE_ENV stays what it is', async (t) => {
    assert.equal(await answer(await start(t, shows, { env: { NODE_ENV: 'staging' } }), '/api/env'), '200 ["staging","nodejs"]')
  })

  describe('.env files', async () => {
    const built = await dist({
      'instrumentation.ts': `export const register = () => console.log('registered with', process.env.A)\n`,
      'pages/api/env.ts': `const { A, B, C, D } = process.env\nexport default (req: any, res: any) => res.json({ A, B, C, D })\n`,
      '.env': 'A=bundled?',
    })

    it('are read from the working folder, then beside server.js, before anything of the project runs; the real environment wins', async (t) => {
      const cwd = temporaryProject({ '.env.local': 'A=local', '.env': 'A=no\nB="$A and ${D:-none}"\nPORT=1' })
      const deployed = temporaryFolder()
      cpSync(built, deployed, { recursive: true })
      writeFileSync(path.join(deployed, '.env'), 'B=not read, as the working folder has one of this name')
      writeFileSync(path.join(deployed, '.env.production'), 'C=beside\nD=overridden')
      const server = await start(t, deployed, { cwd, env: { D: 'real' } })
      assert.equal(await answer(server, '/api/env'), '200 {"A":"local","B":"local and real","C":"beside","D":"real"}')
      assert.match(server.log.stdout, /^registered with local\n/)
    })

    it('are never in the bundle', async (t) => {
      assert.deepEqual(
        readdirSync(built).filter((name) => name.startsWith('.')),
        [],
      )
      assert.equal(await answer(await start(t, built), '/api/env'), '200 {}')
    })

    it('may have the port', async () => {
      const cwd = temporaryProject({ '.env': 'PORT=99999' })
      const { code, stderr } = await runProgram(process.execPath, [path.join(built, 'server.js')], { cwd })
      assert.deepEqual([code, stderr], [1, 'apiroutes: PORT must be a number from 0 to 65535, got "99999". Example: PORT=8080\n'])
    })
  })

  it('--help prints every variable with its default', async () => {
    const { code, stdout } = await runProgram(process.execPath, [path.join(shows, 'server.js'), '--help'], { env: { PORT: 'wrong' } })
    assert.equal(code, 0)
    for (const line of ['PORT=3000', 'SHUTDOWN_TIMEOUT=25', 'READYZ_PATH=/readyz']) assert.ok(stdout.split('\n').includes(line), stdout)
  })
})

describe('health', async () => {
  const healthy = await dist({ 'pages/api/hello.ts': ok, 'pages/api/[...rest].ts': ok })
  const waiting = await dist({ 'pages/api/hello.ts': ok, 'pages/api/late.ts': late })

  it('/livez is 200 at once, /readyz when every route is loaded', async (t) => {
    const server = await start(t, waiting)
    await server.waitForLog(/late begins/)
    assert.equal(await answer(server, '/livez'), '200 {"status":"alive"}')
    assert.equal(await answer(server, '/readyz'), '503 {"status":"loading","loading":["/api/late"]}')
    assert.equal(await answer(server, '/api/hello'), '200 ok')
    process.kill(server.pid, 'SIGUSR2')
    assert.equal(await answer(server, '/api/late'), '200 ok')
    await waitForAnswer(server, '/readyz', '200 {"status":"ready"}')
  })

  it('is never cached, nor a 304', async (t) => {
    const server = await start(t, healthy)
    const { headers } = await server.fetch('/livez')
    assert.deepEqual([headers.get('cache-control'), headers.get('etag'), headers.get('content-type')], ['no-store', null, 'application/json; charset=utf-8'])
  })

  it('has other paths, or none', async (t) => {
    const server = await start(t, healthy, { env: { LIVEZ_PATH: '/up', READYZ_PATH: '' } })
    assert.deepEqual(
      [await answer(server, '/up'), await answer(server, '/livez'), await answer(server, '/readyz')],
      ['200 {"status":"alive"}', '404 Not Found', '404 Not Found'],
    )
  })

  it('a route of the same path wins, and is warned about', async (t) => {
    const server = await start(t, healthy, { env: { READYZ_PATH: '/api/ready' } })
    await server.waitForLog(/READYZ_PATH is \/api\/ready, which the route \/api\/\[\.\.\.rest\] \(pages\/api\/\[\.\.\.rest\]\.ts\) answers/)
    assert.equal(await answer(server, '/api/ready'), '200 ok')
  })

  describe('--healthcheck', () => {
    const check = (env: Record<string, string>): Promise<Finished> => runProgram(process.execPath, [path.join(healthy, 'server.js'), '--healthcheck'], { env })

    it('exits 0 when the server is ready', async (t) => {
      const server = await start(t, healthy)
      await waitForAnswer(server, '/readyz', '200 {"status":"ready"}')
      assert.deepEqual(await check({ PORT: String(server.port) }), { code: 0, stdout: '200 {"status":"ready"}\n', stderr: '' })
      assert.equal((await check({ PORT: String(server.port), HOST: '0.0.0.0' })).code, 0)
    })
    it('exits 1 when it is not', async (t) => {
      const server = await start(t, waiting)
      await server.waitForLog(/late begins/)
      const { code, stdout } = await check({ PORT: String(server.port) })
      assert.deepEqual([code, stdout], [1, '503 {"status":"loading","loading":["/api/late"]}\n'])
    })
    it('exits 1 when there is no server', async () => {
      const { code, stdout } = await check({ PORT: '1' })
      assert.equal(code, 1)
      assert.match(stdout, /^no answer to \/readyz from 127\.0\.0\.1, port 1: .*ECONNREFUSED/)
    })
    it('exits 1 when the port is not known', async () => {
      const { code, stdout } = await check({ PORT: '0' })
      assert.deepEqual([code, stdout], [1, 'PORT is 0, so nobody knows where the server listens. Set it to a port\n'])
    })
    it('exits 1 when there is nothing to ask', async () => {
      const { code, stdout } = await check({ READYZ_PATH: '' })
      assert.equal(code, 1)
      assert.match(stdout, /READYZ_PATH is empty/)
    })
  })
})

describe('routes are loaded after listening', async () => {
  const many = await dist(
    Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `pages/api/r${i}.ts`,
        `for (const end = performance.now() + 10; performance.now() < end; );\nconsole.log('loaded ${i}')\nexport default (req: any, res: any) => { console.log('answered ${i}'); res.end() }\n`,
      ]),
    ),
  )
  const broken = await dist({
    'lib/broken.ts': `export const value = 1\nthrow new Error('it does not load')\n`,
    'lib/broken-late.ts': `export const value = 1\nawait null\nthrow new Error('it does not load late')\n`,
    'lib/broken.cjs': `exports.value = 1\nthrow new Error('it does not load in CommonJS')\n`,
    ...Object.fromEntries(
      ['broken.ts', 'broken-late.ts', 'broken.cjs'].flatMap((name, i) =>
        ['a', 'b'].map((copy) => [
          `pages/api/${copy}${i}.ts`,
          `import { value } from '../../lib/${name}'\nexport default (req: any, res: any) => res.json(value)\n`,
        ]),
      ),
    ),
    'pages/api/ok.ts': ok,
  })

  it('background: requests are answered between two of them', async (t) => {
    const server = await start(t, many)
    await server.fetch('/api/r59')
    await server.waitForLog(/loaded 58/)
    assert.ok(server.log.stdout.indexOf('answered 59') < server.log.stdout.indexOf('loaded 58'), 'the request has waited for all routes')
  })

  it('background: those that fail make /readyz 503 with their names, answer 500 every time, and harm no other', async (t) => {
    const server = await start(t, broken)
    for (const name of ['a0', 'b0', 'a1', 'b1', 'a2', 'b2'])
      await server.waitForLog(new RegExp(`/api/${name} \\(pages/api/${name}\\.ts\\) does not load, so that it answers 500: Error: it does not load`))
    const names = ['/api/a0', '/api/a1', '/api/a2', '/api/b0', '/api/b1', '/api/b2']
    const readiness = (await (await server.fetch('/readyz')).json()) as { status: string; failed: string[] }
    assert.deepEqual([readiness.status, readiness.failed.toSorted()], ['failed', names])
    for (const name of [...names, ...names]) assert.equal(await answer(server, name), '500 Internal Server Error')
    for (const name of names) await server.waitForLog(new RegExp(`(GET ${name}: Error: it does not load[^]*){2}`))
    assert.equal(await answer(server, '/api/ok'), '200 ok')
  })

  it('strict: one that fails ends the process', async () => {
    const { code, stderr } = await runProgram(process.execPath, [path.join(broken, 'server.js')], { env: { PORT: '0', APIROUTES_PRELOAD: 'strict' } })
    assert.equal(code, 1)
    assert.match(stderr, /\/api\/a0 \(pages\/api\/a0\.ts\) does not load, so that it answers 500: Error: it does not load\n {4}at .*lib\/broken\.ts:2:7/)
  })

  it('lazy: none is loaded before it is asked for, and the server is ready', async (t) => {
    const server = await start(t, many, { env: { APIROUTES_PRELOAD: 'lazy' } })
    assert.equal(await answer(server, '/readyz'), '200 {"status":"ready"}')
    await server.fetch('/api/r7')
    assert.deepEqual(server.log.stdout.match(/loaded \d+/g), ['loaded 7'])
  })
})
