import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { describe, it } from 'node:test'
import { type Env, EnvError, help, readEnv, variables } from './env.ts'
import { renderEnvDocs } from './env-docs.ts'
import { listen } from './lifecycle.ts'
import { pages } from './pages/pages.ts'
import { remoteRevalidation } from './remote-revalidation.ts'

/** Those that bring variables of their own. */
const features = [remoteRevalidation(), pages({ build: '', document: undefined, react: undefined, store: undefined })]

describe('readEnv', () => {
  function reads(env: Record<string, string>, port: number, host?: string) {
    it(JSON.stringify(env), () => {
      const read = readEnv(env)
      assert.deepEqual([read.port, read.host], [port, host])
    })
  }

  reads({}, 3000)
  reads({ PORT: '' }, 3000)
  reads({ PORT: '8080' }, 8080)
  reads({ PORT: '0' }, 0)
  reads({ PORT: '1' }, 1)
  reads({ PORT: '65535' }, 65_535)
  reads({ PORT: '00080' }, 80)
  reads({ HOST: '127.0.0.1' }, 3000, '127.0.0.1')
  reads({ HOST: '' }, 3000)
  reads({ HOST: '::1', PORT: '81' }, 81, '::1')
  reads({ HOSTNAME: 'a-container' }, 3000)

  for (const value of ['65536', '-1', 'abc', '80a', '1e3', '0x50', '8080.5', ' 80', '80 ', '+80', 'NaN', '8080\n', '٣', 'http://h', '99999999999999999999']) {
    it(`refuses ${JSON.stringify(value)}`, () =>
      assert.throws(() => readEnv({ PORT: value }), {
        name: 'EnvError',
        message: `PORT must be a number from 0 to 65535, got ${JSON.stringify(value)}. Example: PORT=8080`,
      }))
  }
})

describe('readEnv, each variable', () => {
  const defaults: Env = {
    port: 3000,
    host: undefined,
    preload: 'background',
    livezPath: '/livez',
    readyzPath: '/readyz',
    shutdownDelay: 0,
    shutdownTimeout: 25_000,
    keepAliveTimeout: 65_000,
    requestTimeout: 300_000,
    accessLog: undefined,
    onUncaught: 'log',
  }

  function reads(env: Record<string, string>, expected: Partial<Env>) {
    it(JSON.stringify(env), () => assert.deepEqual(readEnv(env), { ...defaults, ...expected }))
  }

  reads({}, {})
  reads(Object.fromEntries(Object.keys(variables).map((name) => [name, ''])), { livezPath: undefined, readyzPath: undefined })
  reads({ NODE_ENV: 'any thing', PREVIEW_SECRET: '\n' }, {})
  reads({ APIROUTES_PRELOAD: 'background' }, {})
  reads({ APIROUTES_PRELOAD: 'strict' }, { preload: 'strict' })
  reads({ APIROUTES_PRELOAD: 'lazy' }, { preload: 'lazy' })
  reads({ LIVEZ_PATH: '' }, { livezPath: undefined })
  reads({ LIVEZ_PATH: '/' }, { livezPath: '/' })
  reads({ LIVEZ_PATH: '/api/health' }, { livezPath: '/api/health' })
  reads({ READYZ_PATH: '/-/~ready.json;v=1' }, { readyzPath: '/-/~ready.json;v=1' })
  reads({ READYZ_PATH: '/.well-known/...' }, { readyzPath: '/.well-known/...' })
  reads({ SHUTDOWN_DELAY: '5' }, { shutdownDelay: 5000 })
  reads({ SHUTDOWN_DELAY: '0.5' }, { shutdownDelay: 500 })
  reads({ SHUTDOWN_TIMEOUT: '1.001' }, { shutdownTimeout: 1001 })
  reads({ SHUTDOWN_TIMEOUT: '0' }, { shutdownTimeout: 0 })
  reads({ KEEP_ALIVE_TIMEOUT: '4.035' }, { keepAliveTimeout: 4035 })
  reads({ REQUEST_TIMEOUT: '0' }, { requestTimeout: 0 })
  reads({ REQUEST_TIMEOUT: '2147483' }, { requestTimeout: 2_147_483_000 })
  reads({ ACCESS_LOG: 'json' }, { accessLog: 'json' })
  reads({ ACCESS_LOG: 'pretty' }, { accessLog: 'pretty' })
  reads({ ON_UNCAUGHT: 'exit' }, { onUncaught: 'exit' })

  function refuses(name: keyof typeof variables, ...values: string[]) {
    for (const value of values) {
      it(`refuses ${name}=${JSON.stringify(value)}`, () => {
        assert.throws(
          () => readEnv({ [name]: value }),
          (error: Error) =>
            error instanceof EnvError && error.message.startsWith(`${name} must be `) && error.message.includes(`, got ${JSON.stringify(value)}. `),
        )
      })
    }
  }

  refuses('APIROUTES_PRELOAD', 'Strict', 'strict ', 'none', 'background|strict', 'log')
  refuses(
    'LIVEZ_PATH',
    'livez',
    '/livez/',
    '//livez',
    '/a//b',
    '/a?b',
    '/a#b',
    '/a b',
    ' ',
    '/a\n',
    '/a\n/b',
    '/ä',
    '/a%20b',
    '/..',
    '/a/./b',
    '/a/..',
    '\\',
    'http://h/livez',
    '*',
  )
  refuses('READYZ_PATH', 'readyz', '/readyz/')
  refuses('SHUTDOWN_DELAY', '-1', '5s', '1e3', '.5', '5.', '0,5', ' 5', 'Infinity', 'NaN', '0.0001', '2147483.001', '2147484', '0x5', '5\n')
  refuses('SHUTDOWN_TIMEOUT', '25000ms')
  refuses('KEEP_ALIVE_TIMEOUT', 'never')
  refuses('REQUEST_TIMEOUT', '-0')
  refuses('ACCESS_LOG', 'JSON', 'true', '1')
  refuses('ON_UNCAUGHT', 'Exit', 'ignore')

  it('names all that is wrong in one run, one line each', () => {
    const env = { PORT: 'a', LIVEZ_PATH: 'x\ny', KEEP_ALIVE_TIMEOUT: '1m', ACCESS_LOG: 'xml', ON_UNCAUGHT: 'log', PREVIEW_SECRET: 'secret' }
    assert.throws(() => readEnv(env), {
      name: 'EnvError',
      message: [
        'PORT must be a number from 0 to 65535, got "a". Example: PORT=8080',
        'LIVEZ_PATH must be a path such as /health, without %, ?, # and spaces, or empty for none, got "x\\ny". Example: LIVEZ_PATH=/healthz',
        'KEEP_ALIVE_TIMEOUT must be a number of seconds from 0 to 2147483, with at most three decimals, got "1m". Example: KEEP_ALIVE_TIMEOUT=65',
        'ACCESS_LOG must be json or pretty, got "xml". Example: ACCESS_LOG=json',
      ].join('\n'),
    })
  })

  it('accepts its own defaults and examples', () => {
    for (const column of [0, 2] as const) {
      const env = Object.fromEntries(Object.entries(variables).map(([name, row]) => [name, row[column]]))
      assert.doesNotThrow(() => readEnv(env))
    }
  })

  it('and those of features, one by one, since some exclude each other', () => {
    for (const [name, [fallback, { pattern }, example]] of features.flatMap((feature) => Object.entries(feature.variables))) {
      assert.ok(pattern.test(example), `${name}=${example}`)
      assert.ok(fallback === '' || pattern.test(fallback), `${name}=${fallback}`)
    }
  })
})

describe('help', () => {
  for (const [name, [fallback, { is }, , about]] of [variables, ...features.map((feature) => feature.variables)].flatMap((table) => Object.entries(table))) {
    it(name, () => {
      assert.ok(help(features).includes(`\n${name}=${fallback}\n    ${about}\n    (${is})`))
      assert.equal(help().includes(`\n${name}=`), name in variables)
    })
  }

  it('fits a terminal', () =>
    assert.deepEqual(
      help(features)
        .split('\n')
        .filter((line) => line.length > 100),
      [],
    ))

  it('has its long form in docs/reference/env.md, as npm run docs prints it', () =>
    assert.equal(renderEnvDocs(), readFileSync(new URL('../../../docs/reference/env.md', import.meta.url), 'utf8')))
})

describe('listen', () => {
  it('resolves with the address', async (test) => {
    const server = createServer()
    test.after(() => server.close())
    const { port, address } = await listen(server, { port: 0, host: '127.0.0.1' })
    assert.equal(address, '127.0.0.1')
    assert.ok(port > 0)
  })

  it('listens on every interface by default', async (test) => {
    const server = createServer()
    test.after(() => server.close())
    const { address } = await listen(server, { port: 0, host: undefined })
    assert.match(address, /^(::|0\.0\.0\.0)$/)
  })

  it('says which port is in use', async (test) => {
    const server = createServer()
    test.after(() => server.close())
    const { port } = await listen(server, { port: 0, host: '127.0.0.1' })
    const message = `127.0.0.1, port ${port} is already in use. Stop the other process or set PORT to another port.`
    await assert.rejects(listen(createServer(), { port, host: '127.0.0.1' }), { name: 'EnvError', message })
  })

  it('says that HOST is no address of this machine', async () => {
    await assert.rejects(
      listen(createServer(), { port: 0, host: '192.0.2.1' }),
      (error: Error) => error instanceof EnvError && error.message.includes('"192.0.2.1"'),
    )
  })

  function says(code: string, host: string | undefined, message: string): void {
    it(`says what ${code} means`, async (test) => {
      const server = createServer()
      test.mock.method(server, 'listen', () => server.emit('error', Object.assign(new Error('as the system says it'), { code })))
      await assert.rejects(listen(server, { port: 80, host }), { name: 'EnvError', message })
    })
  }
  says('EACCES', undefined, 'no permission to listen on port 80. Ports below 1024 need privileges; set PORT to a higher one.')
  says('ENOTFOUND', 'nowhere', 'HOST is "nowhere", which cannot be resolved. Unset it to listen on every interface.')
  says('EMFILE', '::1', 'cannot listen on ::1, port 80: as the system says it')
})
