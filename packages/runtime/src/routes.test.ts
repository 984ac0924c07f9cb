import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ConfigError, readConfig, UNSET_CONFIG } from './config.ts'
import type { ApiLeaf, RouteConfig } from './manifest.ts'
import { createRoutes, type Handler, type LoadedRoute } from './routes.ts'
import { assertAnswer, createManifest, startApp, startRoute, type TestRoute } from './testing.ts'
import { createTestLog } from './testing-log.ts'

const handler: Handler = (_req, res) => res.end('ok')
const config = { api: { bodyParser: false } }
const READ: RouteConfig = { ...UNSET_CONFIG, bodyParser: false }

function leafOf(load: () => Promise<unknown>, reader: ApiLeaf['config'] = readConfig): ApiLeaf {
  const [leaf] = createManifest({ '/api/test': { load } }).leaves
  assert.ok(leaf?.kind === 'api')
  return { ...leaf, config: reader }
}

async function loaded(module: unknown): Promise<LoadedRoute> {
  return createRoutes([leafOf(() => Promise.resolve(module))], createTestLog()).get(0)
}

describe('the handler of a module', () => {
  function found(name: string, module: unknown, expected: LoadedRoute['config'] = UNSET_CONFIG) {
    it(name, async () => {
      const route = await loaded(module)
      assert.equal(route.handler, handler)
      assert.deepEqual(route.config, expected)
    })
  }

  found('export default', { default: handler })
  found('export default, with config', { default: handler, config }, READ)
  found('export default, with other exports', { default: handler, GET: () => 1, helper: 5 })
  found('a null-prototype namespace', Object.assign(Object.create(null), { default: handler, config }), READ)
  found('module.exports = fn', handler)
  found('module.exports = fn, as a namespace', { default: handler, 'module.exports': handler })
  found('exports.default with __esModule', { __esModule: true, default: handler, config }, READ)
  found('exports.default with __esModule, as a namespace', { default: { __esModule: true, default: handler, config } }, READ)
  found('exports.default without __esModule, as a namespace', { default: { default: handler } })
  found('exports.default and exports.config, as a namespace', { default: { default: handler, config }, config }, READ)
  found('exports.config, seen through default only', { default: { default: handler, config } }, READ)

  it('module.exports = fn with a config on it', async () => {
    const withConfig = Object.assign(() => 1, { config })
    assert.deepEqual((await loaded({ default: withConfig })).config, READ)
    assert.deepEqual((await loaded(withConfig)).config, READ)
  })

  it('a Proxy of a function', async () => {
    const proxy = new Proxy(handler, {})
    assert.equal((await loaded({ default: proxy })).handler, proxy)
  })

  it('an async function, a bound one, a method', async () => {
    const controller = { async run(): Promise<void> {} }
    for (const value of [async () => {}, handler.bind(null), controller.run]) assert.equal((await loaded({ default: value })).handler, value)
  })

  function missing(name: string, module: unknown) {
    it(`is missing: ${name}`, async () => {
      await assert.rejects(loaded(module), { name: 'TypeError', message: 'pages/api/test.ts does not export a default function' })
    })
  }

  missing('an empty module', {})
  missing('GET', { GET: handler })
  missing('an object', { default: {} })
  missing('a string', { default: 'handler' })
  missing('null', { default: null })
  missing('undefined', { default: undefined })
  missing('a promise', { default: Promise.resolve(handler) })
  missing('an object deeper than default.default', { default: { default: { default: handler } } })
  missing('no module', undefined)
})

describe('a config that is read when the module loads', () => {
  it('that breaks a rule is a ConfigError', async () => {
    await assert.rejects(loaded({ default: handler, config: { api: { bodyParser: { sizeLimit: 'lots' } } } }), ConfigError)
  })

  it('is not read when the build knew it', async () => {
    const route = await createRoutes([leafOf(() => Promise.resolve({ default: handler, config }), UNSET_CONFIG)], createTestLog()).get(0)
    assert.equal(route.config, UNSET_CONFIG)
  })

  it('decides over the request', async (test) => {
    const load = () => Promise.resolve({ default: ((_req, res) => res.end('ok')) satisfies Handler, config: { api: { bodyParser: { sizeLimit: 5 } } } })
    const app = await startRoute(test, { load, reader: readConfig })
    assertAnswer(await app.ask('/api/test', { method: 'POST', body: '123456' }), { status: 413, body: 'Body exceeded 5 limit' })
    assertAnswer(await app.ask('/api/test', { method: 'POST', body: '12345' }), { status: 200 })
  })

  it('that breaks a rule is a logged 500', async (test) => {
    const app = await startRoute(test, { load: () => Promise.resolve({ default: handler, config: { runtime: 'edge' } }), reader: readConfig })
    assertAnswer(await app.ask('/api/test'), { status: 500, body: 'Internal Server Error' })
    assert.ok(app.log[0]?.thrown instanceof ConfigError)
  })
})

describe('loading', () => {
  function counted(load: () => Promise<unknown>): TestRoute & { count(): number } {
    let count = 0
    return {
      count: () => count,
      load: () => {
        count++
        return load()
      },
    }
  }

  it('happens at the first request, and once', async (test) => {
    const route = counted(() => Promise.resolve({ default: handler }))
    const app = await startRoute(test, route)
    assert.equal(route.count(), 0)
    for (let i = 0; i < 3; i++) assert.equal((await app.ask('/api/test')).status, 200)
    assert.equal(route.count(), 1)
  })

  it('happens once under concurrent requests', async (test) => {
    const slow = counted(() => new Promise((resolve) => setTimeout(() => resolve({ default: handler }), 20)))
    const app = await startRoute(test, slow)
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.ask('/api/test')))
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
    assert.equal(slow.count(), 1)
  })

  it('does not happen for other routes, unknown paths and redirects', async (test) => {
    const route = counted(() => Promise.resolve({ default: handler }))
    const app = await startApp(test, { '/api/test': route, '/api/other': handler })
    for (const target of ['/api/other', '/api/nope', '/api/test/']) await app.ask(target)
    assert.equal(route.count(), 0)
  })

  it('is a promise at first and the route itself from then on', async () => {
    const routes = createRoutes([leafOf(() => Promise.resolve({ default: handler }))], createTestLog())
    const first = routes.get(0)
    assert.ok(first instanceof Promise)
    assert.equal(routes.get(0), first)
    assert.equal(await first, routes.get(0))
  })

  it('that fails gives the same error each time, and is tried once', async (test) => {
    const broken = counted(() => Promise.reject(new Error('no database')))
    const app = await startApp(test, { '/api/test': broken, '/api/other': handler })
    await Promise.all([app.ask('/api/test'), app.ask('/api/test')])
    assertAnswer(await app.ask('/api/test'), { status: 500, body: 'Internal Server Error', 'content-type': null })
    assert.equal(broken.count(), 1)
    assert.equal(app.log.length, 3)
    assert.equal(new Set(app.log.map(({ thrown }) => thrown)).size, 1)
    assert.equal(app.log[0]?.where, 'GET /api/test')
    assert.equal((await app.ask('/api/other')).status, 200)
  })

  it('that throws at once is the same', async (test) => {
    const app = await startRoute(test, {
      load: () => {
        throw new Error('at once')
      },
    })
    for (let i = 0; i < 2; i++) assert.equal((await app.ask('/api/test')).status, 500)
    assert.equal(app.log[0]?.thrown, app.log[1]?.thrown)
  })

  it('a class for a handler is a 500', async (test) => {
    class Page {}
    const app = await startRoute(test, { load: () => Promise.resolve({ default: Page }) })
    assert.equal((await app.ask('/api/test')).status, 500)
    assert.match(String(app.log[0]?.thrown), /TypeError: Class constructor Page cannot be invoked without 'new'/)
  })

  it('an index that the manifest does not have is our own error', () => {
    assert.throws(() => createRoutes([], createTestLog()).get(0), /the manifest has no leaf 0/)
  })
})
