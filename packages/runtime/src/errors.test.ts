import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import type { Handler } from './routes.ts'
import { assertAnswer, type Expected, requestText, startApp, startRoute, type TestRoute } from './testing.ts'

const TEXT = 'Internal Server Error'
const PLAIN_500 = { status: 500, reason: TEXT, body: TEXT, 'content-type': null, 'content-length': '21', 'transfer-encoding': null, cut: false }

/** A class that a user might have, with a status that is none of our business. */
class UserHttpError extends Error {
  statusCode = 422
  status = 422
}

function reject(thrown: unknown): Promise<never> {
  return Promise.reject(thrown)
}

/** Throws anything: what the linter forbids and users do. */
function raise(thrown: unknown): never {
  throw thrown
}

describe('what a handler throws', () => {
  const error = new Error('as asked')
  const values: [string, unknown][] = [
    ['an Error', error],
    ['an Error with a status', new UserHttpError('not processable')],
    ['an Error with a cause', new Error('outer', { cause: new Error('inner') })],
    ['an AggregateError', new AggregateError([error])],
    ['a string', 'a bare string'],
    ['an empty string', ''],
    ['null', null],
    ['undefined', undefined],
    ['a number', 13],
    ['an object with a statusCode', { statusCode: 404, message: 'plain' }],
    ['a null-prototype object', Object.create(null)],
    ['a symbol', Symbol('thrown')],
    ['a function', () => 1],
  ]

  function is500(name: string, handler: Handler, thrown: unknown) {
    it(name, async (test) => {
      const app = await startRoute(test, handler)
      assertAnswer(await app.ask('/api/test?x=1'), PLAIN_500)
      assert.deepEqual(app.log.length, 1)
      assert.equal(app.log[0]?.where, 'GET /api/test')
      assert.ok(Object.is(app.log[0]?.thrown, thrown))
    })
  }

  for (const [name, value] of values) {
    is500(`${name}, thrown`, () => raise(value), value)
    is500(`${name}, rejected`, () => reject(value), value)
    is500(`${name}, rejected later`, () => new Promise((_resolve, fail) => setTimeout(() => fail(value), 2)), value)
  }
  // biome-ignore lint/suspicious/noThenProperty: a thenable is what this is about
  is500('a thenable that rejects', () => ({ then: (_resolve: unknown, fail: (value: unknown) => void) => fail(error) }), error)
  is500('an Error from a helper of the user', () => [1].map(() => raise(error)), error)

  it('the route is named by its pattern', async (test) => {
    const app = await startApp(test, { '/api/users/[id]': () => raise(error) })
    await app.ask('/api/users/7?secret=x', { method: 'POST', body: '' })
    assert.deepEqual(app.log, [{ where: 'POST /api/users/[id]', thrown: error }])
  })

  it('other routes and later requests are unharmed', async (test) => {
    const app = await startApp(test, { '/api/bad': () => raise(error), '/api/good': (_req, res) => res.json('fine') })
    assert.equal((await app.ask('/api/bad')).status, 500)
    assertAnswer(await app.ask('/api/good'), { status: 200, body: '"fine"' })
    assert.equal((await app.ask('/api/bad')).status, 500)
  })

  it('a POST with a body', async (test) => {
    const app = await startRoute(test, () => raise(error))
    assertAnswer(await app.ask('/api/test', { method: 'POST', body: 'x'.repeat(100_000) }), PLAIN_500)
  })

  it('HEAD', async (test) => {
    const app = await startRoute(test, () => raise(error))
    assertAnswer(await app.ask('/api/test', { method: 'HEAD' }), { ...PLAIN_500, body: '', 'content-length': null })
  })
})

describe('an error before the answer has started', () => {
  function keeps(name: string, prepare: (res: ServerResponse) => unknown, expected: Expected) {
    it(name, async (test) => {
      const app = await startRoute(test, (_req, res) => {
        prepare(res)
        throw new Error('as asked')
      })
      assertAnswer(await app.ask('/api/test'), { ...PLAIN_500, ...expected })
      assert.equal(app.log.length, 1)
    })
  }

  keeps('status() is replaced', (res) => Object.assign(res, { statusCode: 409 }), {})
  keeps('a statusMessage is replaced', (res) => Object.assign(res, { statusMessage: 'My Reason' }), {})
  keeps('a type is kept', (res) => res.setHeader('Content-Type', 'application/json'), { 'content-type': 'application/json' })
  keeps('a cookie is kept', (res) => res.setHeader('Set-Cookie', ['e=1', 'f=2']), { 'set-cookie': ['e=1', 'f=2'] })
  keeps('an ETag is kept', (res) => res.setHeader('ETag', '"x"'), { etag: '"x"' })
  keeps('Cache-Control is kept', (res) => res.setHeader('Cache-Control', 'public'), { 'cache-control': 'public' })
  keeps('a Content-Length is ours', (res) => res.setHeader('Content-Length', 5), {})
  keeps('a large Content-Length is ours', (res) => res.setHeader('Content-Length', 5000), {})
  keeps('a Transfer-Encoding is dropped', (res) => res.setHeader('Transfer-Encoding', 'chunked'), {})
  keeps('a Content-Encoding is dropped', (res) => res.setHeader('Content-Encoding', 'gzip'), { 'content-encoding': null })
  keeps('a Trailer is dropped', (res) => [res.setHeader('Transfer-Encoding', 'chunked'), res.setHeader('Trailer', 'X')], { trailer: null })
  keeps('a removed Content-Length', (res) => res.removeHeader('Content-Length'), {})
  keeps('204', (res) => Object.assign(res, { statusCode: 204 }), {})
})

describe('an error after the answer has started', () => {
  const boom = () => raise(new Error('as asked'))

  function isCut(name: string, handler: TestRoute['handler'], body: string, options: { version?: '1.0'; reset?: boolean } = {}) {
    it(name, async (test) => {
      const app = await startRoute(test, { ...(handler ? { handler } : {}) })
      const { answers, reset } = await app.exchange([
        requestText('/api/test', { headers: { Connection: 'keep-alive' }, ...(options.version ? { version: options.version } : {}) }),
      ])
      if (options.reset) assert.equal(reset, true, 'there was no reset')
      else assert.deepEqual([answers.length, answers[0]?.status, answers[0]?.body, answers[0]?.cut, reset], [1, 200, body, true, false])
      assert.equal(app.log.length, 1)
      assert.equal(Reflect.get(app.log[0]?.thrown as object, 'message'), 'as asked')
    })
  }

  isCut('chunked', (_req, res) => [res.write('partial '), boom()], 'partial ')
  isCut('chunked, later', async (_req, res) => [res.write('partial '), await new Promise((resolve) => setTimeout(resolve, 5)), boom()], 'partial ')
  isCut('only the head', (_req, res) => [res.flushHeaders(), boom()], '')
  isCut('a Content-Length', (_req, res) => [res.setHeader('Content-Length', 100), res.write('partial'), boom()], 'partial')
  isCut('many chunks', (_req, res) => [res.write('a'.repeat(1000)), res.write('b'), boom()], `${'a'.repeat(1000)}b`)
  isCut('a stream that fails later', (_req, res) => res.send(Readable.from(failing())), 'one')
  isCut('HTTP/1.0, unframed: a reset', (_req, res) => [res.write('partial'), boom()], '', { version: '1.0', reset: true })
  isCut('HTTP/1.0, a stream that fails', (_req, res) => res.send(Readable.from(failing())), '', { version: '1.0', reset: true })

  async function* failing() {
    yield 'one'
    await new Promise((resolve) => setTimeout(resolve, 5))
    throw new Error('as asked')
  }

  function isWhole(name: string, handler: Handler, body: string) {
    it(name, async (test) => {
      const app = await startRoute(test, handler)
      assertAnswer(await app.ask('/api/test'), { status: 200, body, cut: false })
      for (let i = 0; app.log.length === 0 && i < 500; i++) await new Promise((resolve) => setTimeout(resolve, 2))
      assert.equal(app.log.length, 1)
    })
  }

  isWhole('after end nothing changes', (_req, res) => [res.end('done'), boom()], 'done')
  isWhole('after json nothing changes', async (_req, res) => [res.json({ done: 1 }), await null, boom()], '{"done":1}')
  isWhole('long after end nothing changes', async (_req, res) => [res.end('done'), await new Promise((resolve) => setTimeout(resolve, 5)), boom()], 'done')
  isWhole('after redirect nothing changes', (_req, res) => [res.status(200), res.redirect(200, '/x'), boom()], '/x')

  it('after end the connection is used again', async (test) => {
    const app = await startApp(test, { '/api/ended': (_req, res) => [res.end('done'), boom()], '/api/next': (_req, res) => res.end('next') })
    const { answers } = await app.exchange([requestText('/api/ended', { headers: { Connection: 'keep-alive' } }), requestText('/api/next')])
    assert.deepEqual(
      answers.map(({ body, cut }) => [body, cut]),
      [
        ['done', false],
        ['next', false],
      ],
    )
  })

  it('the connection is not used again', async (test) => {
    const app = await startApp(test, { '/api/cut': (_req, res) => [res.write('partial'), boom()], '/api/next': (_req, res) => res.end('next') })
    const { answers } = await app.exchange([requestText('/api/cut', { headers: { Connection: 'keep-alive' } }), requestText('/api/next')])
    assert.deepEqual(
      answers.map(({ body, cut }) => [body, cut]),
      [['partial', true]],
    )
  })
})

describe('a server’s own answers', () => {
  function answers(name: string, target: string, expected: Expected, method = 'GET') {
    it(name, async (test) => {
      const app = await startApp(test, { '/api/test': (_req, res) => res.end('ok'), '/api/[id]/x': (_req, res) => res.end('ok') })
      assertAnswer(await app.ask(target, { method }), { cut: false, ...expected })
      assert.deepEqual([app.log, app.warnings], [[], []])
    })
  }

  const notFound = { status: 404, reason: 'Not Found', body: 'Not Found', 'content-length': '9' }
  answers('404', '/api/nope', notFound)
  answers('404, POST', '/api/nope', notFound, 'POST')
  answers('404, HEAD', '/api/nope', { status: 404, body: '', 'content-length': null }, 'HEAD')
  answers('404 outside of /api', '/', notFound)
  answers('400 for malformed percent in a param', '/api/%zz/x', { status: 400, reason: 'Bad Request', body: 'Bad Request' })
  answers('404 for malformed percent elsewhere', '/api/%zz', notFound)
  answers('308', '/api/test/?a=%20', {
    status: 308,
    reason: 'Permanent Redirect',
    location: '/api/test?a=%20',
    refresh: '0;url=/api/test?a=%20',
    body: '/api/test?a=%20',
    'content-length': '15',
  })
  answers('308, POST', '/api//test', { status: 308, location: '/api/test', body: '/api/test' }, 'POST')
  answers('308, HEAD', '/api/test/', { status: 308, location: '/api/test', body: '' }, 'HEAD')
  answers('OPTIONS *', '*', { status: 204, body: '', 'content-length': null }, 'OPTIONS')
  answers('an absolute target', 'http://other.test/api/test', { status: 200, body: 'ok' })

  it('400 for a param is decided before the body is read', async (test) => {
    const app = await startApp(test, { '/api/[id]': { config: { api: { bodyParser: { sizeLimit: 5 } } }, handler: (_req, res) => res.end() } })
    assert.equal((await app.ask('/api/%zz', { method: 'POST', body: 'x'.repeat(100) })).status, 400)
  })
})
