// What the server says, as an operator reads it: in text, and with ACCESS_LOG=json as one JSON object a line, whatever it is.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { buildOrThrow } from './support/build.ts'
import { type Server, startServer } from './support/server.ts'
import { temporaryFolder } from './support/temporary.ts'

const files = {
  'data/greeting.txt': 'hello',
  'pages/api/users/[id].ts': `import { readFileSync } from 'node:fs'\nexport default (req: any, res: any) => res.send(readFileSync('data/greeting.txt', 'utf8'))\n`,
  'pages/api/fail.ts': `class PaymentError extends Error { name = 'PaymentError'; code = 'E_PAID' }
export default () => {
  throw new PaymentError('no\\nmoney', { cause: new Error('the bank') })
}\n`,
  'pages/api/broken.ts': `throw new Error('does not load')\nexport default (req: any, res: any) => res.end()\n`,
  'pages/api/large.ts': `export const config = { api: { responseLimit: '1kb' } }\nexport default (req: any, res: any) => res.send('x'.repeat(2000))\n`,
  'pages/api/small.ts': `export const config = { api: { bodyParser: { sizeLimit: '1kb' } } }\nexport default (req: any, res: any) => res.end()\n`,
  'pages/api/draft.ts': `export default (req: any, res: any) => res.setDraftMode({ enable: true }).end()\n`,
  'pages/api/hang.ts': `export default () => console.error('hanging')\n`,
  'pages/api/stray.ts': `export default (req: any, res: any) => { process.emitWarning('take care'); Promise.reject(new Error('floating')); res.end() }\n`,
}

type Entry = Readonly<Record<string, unknown>>

describe('the log', async () => {
  const { dist } = await buildOrThrow(files)

  /** One of everything that is logged; the working folder has no data, so that the server changes it. */
  async function run(t: TestContext, env: Record<string, string>): Promise<Server> {
    const server = await startServer(dist, { env: { SHUTDOWN_TIMEOUT: '0.1', ...env }, cwd: temporaryFolder() })
    t.after(() => server.stop())
    await server.waitForLog(/does not load/)
    await server.fetch('/api/users/7?token=secret', { headers: { 'x-request-id': 'abc-1' } })
    for (const target of ['/api/fail', '/api/broken', '/api/large', '/api/draft', '/api/stray', '/nowhere', '/livez', '/readyz']) await server.fetch(target)
    await server.fetch('/api/users/8', { method: 'HEAD' })
    await server.fetch('/api/small', { method: 'POST', body: 'x'.repeat(2000) })
    const socket = net.connect(server.port, '127.0.0.1')
    socket.write('GET /api/hang HTTP/1.1\r\nHost: a\r\n\r\n')
    await server.waitForLog(/hanging/)
    socket.destroy()
    await once(socket, 'close')
    const stuck = net.connect(server.port, '127.0.0.1')
    stuck.on('error', () => {})
    stuck.write('GET /api/hang HTTP/1.1\r\nHost: a\r\n\r\n')
    await server.waitForLog(/hanging[\s\S]*hanging/)
    assert.equal(await server.stop(), 1)
    assert.doesNotMatch(server.log.stdout + server.log.stderr, /secret|livez|readyz/)
    return server
  }

  it('is JSON, line by line', async (t) => {
    const { log } = await run(t, { ACCESS_LOG: 'json' })
    const out = log.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Entry)
    const err = log.stderr
      .replaceAll('hanging\n', '')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Entry)
    for (const { time } of [...out, ...err]) assert.match(String(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

    const messages = out.filter(({ level }) => level === 'info').map(({ message }) => String(message))
    assert.match(messages[0] ?? '', /^the working folder is now /)
    assert.match(messages[1] ?? '', /^listening on http:/)
    assert.match(messages[2] ?? '', /^SIGTERM: no new connections, 1 in flight$/)

    const access = out.filter(({ level }) => level === undefined)
    const row = ({ method, route, path, status, bytes, aborted }: Entry) => [method, route, path, status, bytes, aborted].join(' ')
    assert.deepEqual(access.map(row).toSorted(), [
      'GET  /nowhere 404 9 false',
      'GET /api/broken /api/broken 500 21 false',
      'GET /api/draft /api/draft 200 0 false',
      'GET /api/fail /api/fail 500 21 false',
      'GET /api/hang /api/hang  0 true',
      'GET /api/large /api/large 200 2000 false',
      'GET /api/stray /api/stray 200 0 false',
      'GET /api/users/[id] /api/users/7 200 5 false',
      'HEAD /api/users/[id] /api/users/8 200 0 false',
      'POST /api/small /api/small 413 23 false',
    ])
    assert.equal(access.find(({ path }) => path === '/api/users/7')?.['id'], 'abc-1')
    for (const { id, ms } of access) assert.ok(typeof id === 'string' && id.length > 4 && typeof ms === 'number')

    const failure = err.find(({ route }) => route === '/api/fail') ?? {}
    const { name, message, stack, code, cause } = failure['error'] as Entry
    assert.deepEqual([failure['level'], name, message, code, (cause as Entry)['message']], ['error', 'PaymentError', 'no\nmoney', 'E_PAID', 'the bank'])
    assert.match(String(stack), /^PaymentError: no\nmoney\n {4}at default \(pages\/api\/fail\.ts:3:9\)/)
    assert.equal(failure['id'], access.find(({ path }) => path === '/api/fail')?.['id'], 'an error has the id of its request')

    const about = (text: RegExp) => err.filter((entry) => text.test(String(entry['message']))).map(({ level, route, message }) => [level, route, message])
    assert.deepEqual(about(/limit/), [
      [
        'warn',
        '/api/large',
        'the response exceeds 1kb. It was sent in full. API Routes are meant to respond quickly; config.api.responseLimit changes the limit or, with false, ends this warning.',
      ],
      ['warn', '/api/small', 'Body exceeded 1kb limit. config.api.bodyParser.sizeLimit changes it.'],
    ])
    assert.deepEqual(about(/SHUTDOWN_TIMEOUT/), [
      ['warn', '/api/hang', 'aborted, as it has not finished within SHUTDOWN_TIMEOUT (0.1 s), which can be raised.'],
    ])
    for (const text of [
      /^\/api\/broken \(pages\/api\/broken\.ts\) does not load, so that it answers 500/,
      /^unhandledRejection: Error: floating/,
      /^Warning: take care$/,
      /^PREVIEW_SECRET is not set/,
    ]) {
      assert.equal(about(text).length, 1, String(text))
    }
  })

  it('is text by default', async (t) => {
    const { log } = await run(t, {})
    assert.match(log.stdout, /^apiroutes: the working folder is now .*\napiroutes: listening on .*\napiroutes: SIGTERM: no new connections, 1 in flight\n$/)
    for (const line of [
      /^\/api\/broken \(pages\/api\/broken\.ts\) does not load, so that it answers 500: Error: does not load\n {4}at .*pages\/api\/broken\.ts:1:7/m,
      /^GET \/api\/fail: PaymentError: no\nmoney\n {4}at default \(pages\/api\/fail\.ts:3:9\)/m,
      /^GET \/api\/large: the response exceeds 1kb\. .*config\.api\.responseLimit/m,
      /^POST \/api\/small: Body exceeded 1kb limit\. config\.api\.bodyParser\.sizeLimit changes it\.$/m,
      /^GET \/api\/hang: aborted, as it has not finished within SHUTDOWN_TIMEOUT \(0\.1 s\)/m,
      /^unhandledRejection: Error: floating/m,
      /^PREVIEW_SECRET is not set/m,
    ]) {
      assert.match(log.stderr, line)
    }
  })

  it('has a line for each request for people, too', async (t) => {
    const { log } = await run(t, { ACCESS_LOG: 'pretty' })
    assert.match(log.stdout, /^\d\d:\d\d:\d\d\.\d{3} 200 +\d+\.\d ms +5 GET +\/api\/users\/7 \(\/api\/users\/\[id\]\) abc-1$/m)
    assert.match(log.stdout, /^\d\d:\d\d:\d\d\.\d{3} --- .*\/api\/hang aborted /m)
  })
})
