import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { createAccessLog } from './access-log.ts'
import { createApp, dispatch } from './dispatch.ts'
import type { Output } from './output.ts'
import { ApiRequest } from './request.ts'
import { ApiResponse } from './response.ts'
import type { Handler } from './routes.ts'
import { createManifest, requestText } from './testing.ts'
import { createTestLog } from './testing-log.ts'

/** A line that takes longer will not come, in milliseconds. */
const TIMEOUT = 5000

interface LoggedApp {
  readonly ids: unknown[]
  /** Sends this on a new connection; resolves when there are as many lines. */
  lines(text: string, count?: number): Promise<string[]>
  /** Has the client go away. */
  leave(): void
}

const ROUTES: Record<string, Handler> = {
  '/api/users/[id]': (_req, res) => res.json({ a: 'é' }),
  '/api/write': (_req, res) => [res.write('abc'), res.end(Buffer.from('de'))],
  '/api/none': (_req, res) => res.status(204).end(),
  '/api/tag': (_req, res) => res.send('tagged'),
  '/api/throws': () => Promise.reject(new Error('as asked')),
  '/api/cut': (_req, res) => [res.write('part'), Promise.reject(new Error('as asked'))][1],
  '/api/express': (req, res) => [Object.assign(req, { url: '/else', route: { path: '/else' } }), res.end()],
  '/api/odd\u009b2J\u0085': (_req, res) => res.end(),
  '/api/unlogged': (_req, res) => res.omitFromLog().end(),
}

async function startLogged(test: TestContext, form: 'json' | 'pretty', routes: Record<string, Handler> = {}, isTerminal = false): Promise<LoggedApp> {
  const ids: unknown[] = []
  let written = ''
  let wake = () => {}
  const output: Output = {
    isTerminal,
    write(lines) {
      written += lines
      wake()
    },
  }
  const access = createAccessLog(form, output)
  const app = createApp(createManifest({ ...ROUTES, ...routes }), createTestLog())
  const server = createServer({ IncomingMessage: ApiRequest, ServerResponse: ApiResponse as typeof ServerResponse<ApiRequest> }, (req, answer) => {
    const res = answer as ApiResponse
    access(req, res)
    assert.equal(res.listenerCount('close'), 1)
    ids.push(req.headers['x-request-id'])
    void dispatch(app, req, res)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  test.after(() => {
    server.close()
    server.closeAllConnections()
  })
  let leave = () => {}
  return {
    ids,
    leave: () => leave(),
    async lines(text, count = 1) {
      const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
      leave = () => client.destroy()
      client.on('error', () => {}).resume()
      client.write(text)
      while (written.split('\n').length <= count)
        await new Promise<void>((resolve, reject) => {
          wake = resolve
          setTimeout(reject, TIMEOUT, new Error('no line in time')).unref()
        })

      client.destroy()
      const lines = written.split('\n')
      assert.equal(lines.pop(), '')
      assert.equal(lines.length, count)
      written = ''
      return lines
    },
  }
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

describe('the access log as JSON', () => {
  function logs(name: string, text: string, expected: object) {
    it(name, async (test) => {
      const [line = ''] = await (await startLogged(test, 'json')).lines(text)
      const { time, id, ms, ...access } = JSON.parse(line)
      assert.deepEqual(access, { method: 'GET', status: 200, aborted: false, ...expected })
      assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      assert.match(id, UUID)
      assert.ok(ms > 0 && ms < 5000)
    })
  }

  const user = { route: '/api/users/[id]', path: '/api/users/7', bytes: 10 }
  const none = (path: string, status: number, bytes: number) => ({ route: null, path, status, bytes })
  logs('a request', requestText('/api/users/7'), user)
  logs('never a query', requestText('/api/users/7?token=secret'), user)
  logs('HEAD', requestText('/api/users/7', { method: 'HEAD' }), { ...user, method: 'HEAD', bytes: 0 })
  logs('POST', `${requestText('/api/write', { method: 'POST', body: 'x' })}x`, { method: 'POST', route: '/api/write', path: '/api/write', bytes: 5 })
  logs('204', requestText('/api/none'), { route: '/api/none', path: '/api/none', status: 204, bytes: 0 })
  logs('304', requestText('/api/tag', { headers: { 'If-None-Match': '*' } }), { route: '/api/tag', path: '/api/tag', status: 304, bytes: 0 })
  logs('no route', requestText('/else?x'), none('/else', 404, 9))
  logs('a redirect', requestText('/api/write/?x=1'), none('/api/write/', 308, 14))
  logs('a param that cannot be decoded', requestText('/api/users/%zz'), none('/api/users/%zz', 400, 11))
  logs('a handler that throws', requestText('/api/throws'), { route: '/api/throws', path: '/api/throws', status: 500, bytes: 21 })
  logs('an answer that an error cuts', requestText('/api/cut'), { route: '/api/cut', path: '/api/cut', bytes: 4, aborted: true })
  logs('what middleware has changed', requestText('/api/express'), { route: '/api/express', path: '/api/express', bytes: 0 })
  logs('quotes', requestText('/"'), none('/"', 404, 9))
  logs('a route with control characters', requestText('/api/odd%c2%9b2J%c2%85'), { route: '/api/odd\u009b2J\u0085', path: '/api/odd%c2%9b2J%c2%85', bytes: 0 })

  it('shows control characters as escapes', async (test) => {
    const [line = ''] = await (await startLogged(test, 'json')).lines(requestText('/api/odd%c2%9b2J%c2%85'))
    assert.ok(line.includes('\\u009b2J\\u0085') && !/\p{Cc}/u.test(line))
  })

  it('requests on one connection, in order', async (test) => {
    const keep = { headers: { Connection: 'keep-alive' } }
    const lines = await (await startLogged(test, 'json')).lines([1, 2, 3].map((i) => requestText(`/api/users/${i}`, keep)).join(''), 3)
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).path),
      ['/api/users/1', '/api/users/2', '/api/users/3'],
    )
  })

  it('health checks are left out', async (test) => {
    const keep = { headers: { Connection: 'keep-alive' } }
    const [line = ''] = await (await startLogged(test, 'json')).lines(requestText('/api/unlogged', keep) + requestText('/api/none'))
    assert.equal(JSON.parse(line).path, '/api/none')
  })

  function isAborted(name: string, handler: Handler, expected: object) {
    it(name, async (test) => {
      const app = await startLogged(test, 'json', { '/api/slow': (req, res) => [handler(req, res), app.leave()] })
      const [line = ''] = await app.lines(requestText('/api/slow'))
      const { status, bytes, aborted } = JSON.parse(line)
      assert.deepEqual({ status, bytes, aborted }, { aborted: true, ...expected })
    })
  }

  isAborted('a client that goes before an answer', () => {}, { status: null, bytes: 0 })
  isAborted('a client that goes in the middle', (_req, res) => res.write('part'), { status: 200, bytes: 4 })
})

describe('the id of a request', () => {
  function id(name: string, given: string | undefined, isTaken: boolean) {
    it(name, async (test) => {
      const app = await startLogged(test, 'json')
      const [line = ''] = await app.lines(requestText('/api/none', given === undefined ? {} : { headers: { 'X-Request-Id': given } }))
      const { id } = JSON.parse(line)
      assert.deepEqual(app.ids, [id], 'handlers see another id')
      if (isTaken) assert.equal(id, given)
      else assert.match(id, UUID)
    })
  }

  id('made', undefined, false)
  id('a UUID', '0b9f8f9e-6f6a-4b43-9a55-3f9e7c6f1a11', true)
  id('of a load balancer', 'Root=1-67891233-abcdef012345678912345678', true)
  id('base64', 'q83vEjRWeJA+/w==', true)
  id('200 characters', 'x'.repeat(200), true)
  id('201 characters', 'x'.repeat(201), false)
  id('empty', '', false)
  id('with a space', 'a b', false)
  id('with quotes', '"a"', false)
  id('with a tag', '<a>', false)
  id('two of them', 'a\r\nX-Request-Id: b', false)
  id('beyond ASCII', 'é', false)
  id('with a control character', 'a\u009bb', false)
})

describe('the access log for people', () => {
  function shows(name: string, text: string, expected: RegExp, options: { terminal?: true; noColor?: string } = {}) {
    it(name, async (test) => {
      const before = process.env['NO_COLOR']
      process.env['NO_COLOR'] = options.noColor ?? ''
      const app = await startLogged(test, 'pretty', {}, options.terminal)
      process.env['NO_COLOR'] = before
      if (before === undefined) delete process.env['NO_COLOR']
      assert.match((await app.lines(text))[0] ?? '', expected)
    })
  }

  const at = '^\\d\\d:\\d\\d:\\d\\d\\.\\d{3} '
  const esc = '\u001b'
  const took = ' +\\d+\\.\\d ms '
  const named = (target: string, method = 'GET') => requestText(target, { method, headers: { 'X-Request-Id': 'id-1' } })
  shows('a request', named('/api/users/7?x=1'), new RegExp(`${at}200${took} {6}10 GET {5}/api/users/7 \\(/api/users/\\[id\\]\\) id-1$`))
  shows('a route that is its path', named('/api/none', 'DELETE'), new RegExp(`${at}204${took} {7}0 DELETE  /api/none id-1$`))
  shows('no route', named('/else'), new RegExp(`${at}404${took} {7}9 GET {5}/else id-1$`))
  shows('an answer that was cut', named('/api/cut'), /\/api\/cut aborted id-1$/)
  shows('control characters', named('/api/odd%c2%9b2J%c2%85'), /\/api\/odd%c2%9b2J%c2%85 \(\/api\/odd\\u009b2J\\u0085\) id-1$/)
  shows('colours at a terminal', named('/else'), new RegExp(` ${esc}\\[33m404${esc}\\[0m `), { terminal: true })
  shows('no colours with NO_COLOR', named('/else'), / 404 /, { terminal: true, noColor: '1' })
})
