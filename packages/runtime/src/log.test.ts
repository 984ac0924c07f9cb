import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { createLog, type Log } from './log.ts'
import type { Output } from './output.ts'
import { ApiRequest } from './request.ts'
import { ApiResponse } from './response.ts'
import { createStackMapper } from './stack.ts'

/** What a log has written, in two texts. */
function createCapture() {
  const written = { out: '', err: '' }
  const to = (name: 'out' | 'err'): Output => ({
    isTerminal: false,
    write(lines) {
      written[name] += lines
    },
  })
  return { written, outputs: { out: to('out'), err: to('err'), flush: async () => {} } }
}

function logged(form: 'json' | undefined, say: (log: Log) => void): { out: string; err: string } {
  const { written, outputs } = createCapture()
  say(createLog({ map: (stack) => stack.replaceAll('log.test.ts', 'MAPPED') }, form, outputs))
  return written
}

/** A request as dispatch hands it over, and what a log says of it. */
function requestOf(url: string, route?: string): ApiRequest {
  const socket = new Socket()
  const req = new ApiRequest(socket)
  Object.assign(req, { method: 'POST', url })
  req.headers['x-request-id'] = 'id-1'
  if (route !== undefined) req.begin({ pattern: route, params: {}, query: '' }, new ApiResponse(req))
  return req
}

const bad = {
  enumerable: true,
  get() {
    throw new Error('no')
  },
}

const hostile: [string, unknown][] = [
  [
    'an inspect method that throws',
    {
      [inspect.custom]() {
        throw new Error('cannot be printed')
      },
    },
  ],
  ['a revoked proxy', revoked()],
  [
    'a getter for everything',
    new Proxy(new Error('x'), {
      get() {
        throw new Error('no')
      },
    }),
  ],
  ['hostile getters', Object.create(Error.prototype, Object.fromEntries(['name', 'message', 'stack', 'code', 'cause', 'errors'].map((name) => [name, bad])))],
]

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable(new Error('x'), {})
  revoke()
  return proxy
}

describe('the log as text', () => {
  function prints(name: string, thrown: unknown, expected: RegExp) {
    it(name, () => {
      const { out, err } = logged(undefined, (log) => log.error('GET /api/x', thrown))
      assert.match(err, expected)
      assert.equal(out, '')
    })
  }

  prints('an Error, with its stack', new TypeError('as asked'), /^GET \/api\/x: TypeError: as asked\n {4}at .*MAPPED/)
  prints('an Error with its properties', Object.assign(new Error('x'), { code: 'E_X' }), /code: 'E_X'/)
  prints('a cause', new Error('outer', { cause: new Error('inner') }), /Error: outer[\s\S]*cause[\s\S]*Error: inner/)
  prints('a string', 'a bare string', /^GET \/api\/x: thrown: 'a bare string'\n$/)
  prints('null', null, /^GET \/api\/x: thrown: null\n$/)
  prints('undefined', undefined, /^GET \/api\/x: thrown: undefined\n$/)
  prints('an object', { code: 7 }, /^GET \/api\/x: thrown: { code: 7 }\n$/)
  prints('an object without prototype', Object.create(null), /^GET \/api\/x: thrown: \[Object: null prototype\] {}\n$/)
  // If one of these threw, nobody would answer the request.
  for (const [name, thrown] of hostile) prints(name, thrown, /^GET \/api\/x: /)

  it('information and warnings', () => {
    assert.deepEqual(
      logged(undefined, (log) => [log.info('listening'), log.warn('doubtful')]),
      { out: 'apiroutes: listening\n', err: 'doubtful\n' },
    )
  })

  function isAt(name: string, req: ApiRequest, expected: string) {
    it(name, () => assert.match(logged(undefined, (log) => log.error(req, 'x')).err, new RegExp(`^POST ${expected}: `)))
  }

  isAt('a route is named by its pattern', requestOf('/api/users/7?token=s', '/api/users/[id]'), '/api/users/\\[id\\]')
  isAt('without a route, by its path alone', requestOf('/api/users/7?token=s'), '/api/users/7')
  isAt('whatever middleware calls route', Object.assign(requestOf('/api/x', '/api/x'), { route: { path: 'y' } }), '/api/x')
})

describe('the log as JSON', () => {
  function entryOf(say: (log: Log) => void): Record<string, unknown> & { error?: Record<string, unknown> } {
    const { out, err } = logged('json', say)
    const text = out + err
    assert.match(text, /^[^\n\r\u0085\u2028\u2029]+\n$/, 'it is not one line')
    const { time, ...entry } = JSON.parse(text)
    assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    return entry
  }

  it('information', () =>
    assert.deepEqual(
      entryOf((log) => log.info('listening')),
      { level: 'info', message: 'listening' },
    ))
  it('goes to stdout', () => assert.notEqual(logged('json', (log) => log.info('listening')).out, ''))
  it('a warning', () =>
    assert.deepEqual(
      entryOf((log) => log.warn('doubtful')),
      { level: 'warn', message: 'doubtful' },
    ))
  it('goes to stderr', () => assert.equal(logged('json', (log) => [log.warn('doubtful'), log.error('x', 1)]).out, ''))
  it('a warning about a request', () => {
    const about = { id: 'id-1', method: 'POST', route: '/api/users/[id]', path: '/api/users/7' }
    assert.deepEqual(
      entryOf((log) => log.warn('doubtful', requestOf('/api/users/7?token=s', '/api/users/[id]'))),
      { level: 'warn', message: 'doubtful', ...about },
    )
  })
  it('an error in a request', () => {
    const { error, ...entry } = entryOf((log) => log.error(requestOf('/api/users/7?token=s'), new TypeError('as asked')))
    const message = 'POST /api/users/7: TypeError: as asked'
    assert.deepEqual(entry, { level: 'error', message, id: 'id-1', method: 'POST', route: null, path: '/api/users/7' })
    assert.match(String(error?.['stack']), /^TypeError: as asked\n {4}at .*MAPPED/)
  })

  function hasError(name: string, thrown: unknown, expected: object, message?: string) {
    it(name, () => {
      const entry = entryOf((log) => log.error('here', thrown))
      assert.deepEqual(pick(entry.error, expected), expected)
      if (message !== undefined) assert.equal(entry['message'], message)
    })
  }

  /** The parts of a value that another one has. */
  function pick(value: unknown, shape: unknown): unknown {
    if (typeof shape !== 'object' || shape === null || typeof value !== 'object' || value === null) return value
    if (Array.isArray(shape)) return shape.map((part, i) => pick(Reflect.get(value, i), part))
    return Object.fromEntries(Object.entries(shape).map(([key, part]) => [key, pick(Reflect.get(value, key), part)]))
  }

  const circular = new Error('round')
  circular.cause = circular
  const [deep] = Array.from({ length: 10_000 }).reduce<[Error]>(([cause]) => [new Error('deep', { cause })], [new Error('bottom')])
  const many = new AggregateError(Array.from({ length: 50 }, (_, i) => new AggregateError(Array.from({ length: 50 }, () => new Error(`of ${i}`)))))

  hasError('an Error', new RangeError('as asked'), { name: 'RangeError', message: 'as asked' }, 'here: RangeError: as asked')
  hasError('a code and the like', Object.assign(new Error('x'), { code: 'E_X', errno: -2, ok: false }), { code: 'E_X', errno: -2, ok: false })
  hasError('a BigInt property', Object.assign(new Error('x'), { size: 1n }), { size: '1' })
  hasError('no objects: they may be whole requests', Object.assign(new Error('x'), { config: { headers: { authorization: 's' } } }), { config: undefined })
  hasError('a cause', new Error('outer', { cause: new TypeError('inner') }), { message: 'outer', cause: { name: 'TypeError', message: 'inner' } })
  hasError('a cause that is a text', new Error('outer', { cause: 'inner' }), { cause: { message: 'inner' } })
  hasError('an AggregateError', new AggregateError([new Error('a'), 'b'], 'both'), {
    message: 'both',
    errors: [{ name: 'Error', message: 'a' }, { message: 'b' }],
  })
  hasError('an error that is its own cause', circular, { message: 'round', cause: { message: '(as above)' } })
  hasError('a very deep cause', deep, { message: 'deep', cause: { message: 'deep' } })
  hasError('very many errors', many, { errors: [{ errors: [{ message: 'of 0' }] }] })
  hasError('an error of another realm', runInNewContext('new TypeError("far")'), { name: 'TypeError', message: 'far' })
  hasError('no stack', Object.assign(new Error('x'), { stack: undefined }), { message: 'x', stack: undefined })
  hasError('a name and a message of other types', Object.assign(new Error('x'), { name: 7, message: { a: 1 } }), { name: '7', message: '{ a: 1 }' })
  hasError('__proto__ as a property', Object.defineProperty(new Error('x'), '__proto__', { value: 's', enumerable: true }), { message: 'x' })
  hasError('a toJSON of its own', Object.assign(new Error('x'), { toJSON: () => raise() }), { message: 'x' })
  hasError('a text', 'a bare string', { message: 'a bare string' }, 'here: thrown: a bare string')
  hasError('an empty text', '', { message: '' })
  hasError('line ends of all kinds', 'a\nb\r\u0085c\u2028d\u2029e', { message: 'a\nb\r\u0085c\u2028d\u2029e' })
  hasError('what steers terminals', '\u001b[2J\u009b2J\u202e', { message: '\u001b[2J\u009b2J\u202e' })
  hasError('a lone surrogate', '\ud800', { message: '\ud800' })
  hasError('null', null, { message: 'null' })
  hasError('undefined', undefined, { message: 'undefined' })
  hasError('a number', 13, { message: '13' })
  hasError('a BigInt', 13n, { message: '13n' })
  hasError('a symbol', Symbol('s'), { message: 'Symbol(s)' })
  hasError('an object', { code: 7 }, { message: '{ code: 7 }' })
  for (const [name, thrown] of hostile) hasError(name, thrown, {})

  it('is never long', () => {
    for (const thrown of [deep, many, 'x'.repeat(10_000_000), new Error('x'.repeat(10_000_000))]) {
      assert.ok(logged('json', (log) => log.error('here', thrown)).err.length < 100_000)
    }
  })

  it('is one line of JSON whatever is thrown', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
    })
    const errors = fc.tuple(fc.string({ unit: 'binary' }), anything, fc.object()).map(([text, cause, own]) => Object.assign(new Error(text, { cause }), own))
    fc.assert(
      fc.property(fc.oneof(anything, errors), (thrown) => {
        assert.equal(entryOf((log) => log.error('here', thrown))['level'], 'error')
      }),
    )
  })

  function raise(): never {
    throw new Error('no')
  }
})

describe('createStackMapper', () => {
  /** A bundle of one line whose column 5 is line 3, column 7 of the user's file. */
  function bundleIn(test: TestContext, source: string | undefined): string {
    const folder = mkdtempSync(path.join(tmpdir(), 'apiroutes-stack-'))
    test.after(() => rmSync(folder, { recursive: true }))
    const file = path.join(folder, 'server.js')
    if (source !== undefined) writeFileSync(`${file}.map`, source)
    return pathToFileURL(file).href
  }

  const map = (source: string) => JSON.stringify({ version: 3, sources: [source], names: [], mappings: 'IAEM' })

  function maps(name: string, source: string | undefined, stack: (url: string) => string, expected: (url: string) => string) {
    it(name, (test) => {
      const url = bundleIn(test, source)
      assert.equal(createStackMapper(url).map(stack(url)), expected(url))
    })
  }

  maps(
    'a frame of the bundle',
    map('../pages/api/a.ts'),
    (url) => `Error: x\n    at f (${url}:1:5)`,
    () => 'Error: x\n    at f (pages/api/a.ts:3:7)',
  )
  maps(
    'two frames',
    map('../pages/api/a.ts'),
    (url) => `${url}:1:5 ${url}:1:5`,
    () => 'pages/api/a.ts:3:7 pages/api/a.ts:3:7',
  )
  maps(
    'a frame given as a path',
    map('../pages/api/a.ts'),
    (url) => new URL(`${url}:1:5`).pathname,
    () => 'pages/api/a.ts:3:7',
  )
  maps(
    'brackets in a name',
    map('../pages/api/%5Bid%5D.ts'),
    (url) => `${url}:1:5`,
    () => 'pages/api/[id].ts:3:7',
  )
  maps(
    'a name that needs decoding',
    map('../pages/api/a%20b.ts'),
    (url) => `${url}:1:5`,
    () => 'pages/api/a b.ts:3:7',
  )
  maps(
    'frames of Node.js stay',
    map('../a.ts'),
    () => 'at node:internal/x:1:5',
    () => 'at node:internal/x:1:5',
  )
  maps(
    'without a map',
    undefined,
    (url) => `${url}:1:5`,
    (url) => `${url}:1:5`,
  )
  maps(
    'with a map that is broken',
    '{',
    (url) => `${url}:1:5`,
    (url) => `${url}:1:5`,
  )
  maps(
    'the runtime, which lies before every mapping',
    map('../a.ts'),
    (url) => `at async f (${url}:1:4)`,
    () => 'at async apiroutes:runtime:1:4',
  )
  maps(
    'a method of the runtime, whose name is kept',
    map('../a.ts'),
    (url) => `Error: x\n    at ApiResponse.send (${url}:1:4)\n    at Ot (${url}:1:2)`,
    () => 'Error: x\n    at ApiResponse.send (apiroutes:runtime:1:4)\n    at apiroutes:runtime:1:2',
  )
})
