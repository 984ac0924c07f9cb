// instrumentation.ts: called at the start, on errors of requests, and at the end.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { buildOrThrow } from './support/build.ts'
import { runProgram } from './support/run-program.ts'
import { type Server, type ServerOptions, startServer } from './support/server.ts'
import { type FileMap, temporaryFolder } from './support/temporary.ts'

const ok = `export default (req: any, res: any) => res.send('ok')\n`

const files = {
  'lib/state.ts': `export const state = { registered: false, errors: [] as unknown[] }\n`,
  'instrumentation.ts': `import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { state } from './lib/state'

export async function register() {
  await new Promise(setImmediate)
  state.registered = true
  console.log('registered', process.env.NEXT_RUNTIME)
}

export async function onRequestError(error: any, request: any, context: any) {
  state.errors.push({ error: error.message, request: { ...request, headers: request.headers['x-test'] }, context })
  if (request.path.includes('throw-there')) throw new Error('onRequestError failed')
  if (request.path.includes('wait-there')) {
    console.log('reporting')
    await once(process, 'SIGUSR2')
    console.log('reported')
  }
}

export async function onShutdown() {
  console.log('shutting down')
  if (process.env.HANG) await new Promise(() => {})
  if (process.env.FAIL) throw new Error('it did not close')
  await new Promise(setImmediate)
  if (process.env.PROOF) writeFileSync(process.env.PROOF, 'closed')
}
`,
  'pages/api/state.ts': `import { state } from '../../lib/state'\nexport default (req: any, res: any) => res.json(state)\n`,
  'pages/api/fail/[id].ts': `export default () => { throw new Error('as asked') }\n`,
  'pages/api/express.ts': `export default (req: any) => {\n  req.route = { path: '/' }\n  throw new Error('in Express')\n}\n`,
  'pages/api/broken.ts': `throw new Error('does not load')\n${ok}`,
  'pages/api/body.ts': ok,
} satisfies FileMap

async function start(t: TestContext, dist: string, options: ServerOptions = {}): Promise<Server> {
  const server = await startServer(dist, options)
  t.after(() => server.stop())
  return server
}

describe('instrumentation.ts', async () => {
  const { dist } = await buildOrThrow(files)
  const errorsOf = async (server: Server) => ((await (await server.fetch('/api/state')).json()) as { errors: unknown[] }).errors
  const context = (routePath: string) => ({ routerKind: 'Pages Router', routePath, routeType: 'route' })

  it('register() is awaited before the server listens, and shares modules with routes', async (t) => {
    const server = await start(t, dist)
    assert.match(server.log.stdout, /^registered nodejs\napiroutes: listening/)
    assert.deepEqual(await (await server.fetch('/api/state')).json(), { registered: true, errors: [] })
  })

  it('onRequestError gets what a handler throws, as in Next.js', async (t) => {
    const server = await start(t, dist)
    await server.fetch('/api/fail/7?q=1', { method: 'PUT', headers: { 'x-test': 'sent' } })
    assert.deepEqual(await errorsOf(server), [
      { error: 'as asked', request: { path: '/api/fail/7?q=1', method: 'PUT', headers: 'sent' }, context: context('/api/fail/[id]') },
    ])
  })

  it('with the route, whatever middleware has made of req.route', async (t) => {
    const server = await start(t, dist)
    await server.fetch('/api/express')
    assert.deepEqual(await errorsOf(server), [{ error: 'in Express', request: { path: '/api/express', method: 'GET' }, context: context('/api/express') }])
  })

  it('and what a route throws when it loads', async (t) => {
    const server = await start(t, dist, { env: { APIROUTES_PRELOAD: 'lazy' } })
    await server.fetch('/api/broken')
    assert.deepEqual(await errorsOf(server), [{ error: 'does not load', request: { path: '/api/broken', method: 'GET' }, context: context('/api/broken') }])
  })

  it('and refused bodies, but not what no route answers', async (t) => {
    const server = await start(t, dist)
    await server.fetch('/api/nowhere')
    await server.fetch('/api/body', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } })
    assert.deepEqual(await errorsOf(server), [{ error: 'Invalid JSON', request: { path: '/api/body', method: 'POST' }, context: context('/api/body') }])
  })

  it('what onRequestError throws is logged, and nothing else happens', async (t) => {
    const server = await start(t, dist)
    assert.equal((await server.fetch('/api/fail/throw-there')).status, 500)
    await server.waitForLog(/onRequestError in instrumentation\.ts: Error: onRequestError failed\n {4}at .*instrumentation\.ts:13/)
    assert.equal((await server.fetch('/api/state')).status, 200)
  })

  it('onShutdown() is awaited before the process ends', async (t) => {
    const proof = path.join(temporaryFolder(), 'proof')
    const server = await start(t, dist, { env: { PROOF: proof } })
    assert.equal(existsSync(proof), false)
    assert.equal(await server.stop(), 0)
    assert.equal(readFileSync(proof, 'utf8'), 'closed')
  })

  it('and so is onRequestError(), before it', async (t) => {
    const server = await start(t, dist)
    await server.fetch('/api/fail/wait-there')
    await server.waitForLog(/reporting/)
    process.kill(server.pid, 'SIGTERM')
    await server.waitForLog(/no new connections/)
    process.kill(server.pid, 'SIGUSR2')
    assert.equal(await server.exit, 0)
    assert.match(server.log.stdout, /reported\nshutting down\n/)
  })

  it('what onShutdown() throws is logged, and the exit code is 1', async (t) => {
    const server = await start(t, dist, { env: { FAIL: '1' } })
    assert.equal(await server.stop(), 1)
    assert.match(server.log.stderr, /onShutdown: Error: it did not close\n {4}at .*instrumentation\.ts:24/)
  })

  it('an onShutdown() that never ends is left at SHUTDOWN_TIMEOUT', async (t) => {
    const server = await start(t, dist, { env: { HANG: '1', SHUTDOWN_TIMEOUT: '0.1' } })
    assert.equal(await server.stop(), 1)
    assert.match(server.log.stderr, /onShutdown has not finished within SHUTDOWN_TIMEOUT \(0\.1 s\)/)
  })

  function refuses(name: string, instrumentation: string, expected: RegExp) {
    it(`${name}: the server does not start`, async () => {
      const built = await buildOrThrow({ 'src/instrumentation.ts': instrumentation, 'src/pages/api/a.ts': ok })
      const { code, stdout, stderr } = await runProgram(process.execPath, [path.join(built.dist, 'server.js')], { env: { PORT: '0' } })
      assert.deepEqual([code, stdout], [1, ''])
      assert.match(stderr, expected)
    })
  }
  refuses(
    'register() throws',
    `export function register() {\n  throw new Error('no database')\n}\n`,
    /^src\/instrumentation\.ts: Error: no database\n {4}at .*register \(src\/instrumentation\.ts:2:9\)/,
  )
  refuses(
    'register() never ends',
    `export const register = () => new Promise(() => {})\n`,
    /^src\/instrumentation\.ts: Error: register\(\) waits for what never comes\n/,
  )
  refuses(
    'the file does not load',
    `console.error('loading')\nthrow new Error('no licence')\nexport const register = () => {}\n`,
    /^loading\nsrc\/instrumentation\.ts: Error: no licence\n/,
  )
  refuses(
    'register is no function',
    `export const register = JSON.parse('{"a":1}')\n`,
    /^src\/instrumentation\.ts: TypeError: register in src\/instrumentation\.ts must be a function, got object/,
  )

  it('a signal while register() runs ends the process in order', async () => {
    const built = await buildOrThrow({
      'instrumentation.ts': `export async function register() {\n  const alive = setInterval(() => {}, 1000)\n  process.kill(process.pid, 'SIGTERM')\n  await new Promise((resolve) => process.once('SIGTERM', resolve))\n  clearInterval(alive)\n}\nexport const onShutdown = () => console.log('closed')\n`,
      'pages/api/a.ts': ok,
    })
    const { code, stdout } = await runProgram(process.execPath, [path.join(built.dist, 'server.js')], { env: { PORT: '0' } })
    assert.deepEqual([code, stdout.trim().split('\n').toSorted()], [0, ['apiroutes: SIGTERM: no new connections, 0 in flight', 'closed']])
  })

  it('patches a package that is left out of the bundle, when it is loaded', async (t) => {
    const project = {
      'instrumentation.ts': `import Module from 'node:module'
export function register() {
  const { require } = Module.prototype as any
  ;(Module.prototype as any).require = function (id: string) {
    if (id === 'node:http') console.log('http is required')
    return id.includes('outside') ? { who: 'patched' } : require.call(this, id)
  }
}\n`,
      'node_modules/outside/package.json': '{ "name": "outside" }',
      'node_modules/outside/index.js': `exports.who = 'as it is'\n`,
      'pages/api/a.ts': `import { who } from 'outside'\nexport default (req: any, res: any) => res.send(who)\n`,
    }
    const { dist } = await buildOrThrow(project, { flags: ['--external', 'outside'] })
    const server = await start(t, dist)
    assert.match(server.log.stdout, /http is required/, 'so that it can be patched as well')
    assert.equal(await (await server.fetch('/api/a')).text(), 'patched')
  })

  it('CommonJS', async (t) => {
    const built = await buildOrThrow({ 'instrumentation.js': `module.exports.register = () => console.log('registered')\n`, 'pages/api/a.ts': ok })
    const server = await start(t, built.dist)
    assert.match(server.log.stdout, /^registered\n/)
  })
})
