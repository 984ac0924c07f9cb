import assert from 'node:assert/strict'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { ApiRequest } from './request.ts'
import { requestText, startRoute, type TestRoute } from './testing.ts'

function requestWith(cookie: string | undefined): ApiRequest {
  const req = new ApiRequest(new Socket())
  if (cookie !== undefined) req.headers.cookie = cookie
  return req
}

describe('req.cookies', () => {
  function cookies(name: string, header: string | undefined, expected: Record<string, string>) {
    it(name, () => {
      const result = requestWith(header).cookies
      assert.deepEqual(result, expected)
      assert.deepEqual(Object.keys(result), Object.keys(expected))
    })
  }

  cookies('no header', undefined, {})
  cookies('a blank header', '', {})
  cookies('white space', '  ;  ', {})
  cookies('two', 'a=1; b=2', { a: '1', b: '2' })
  cookies('the first of a name wins', 'a=1; a=2; b=3', { a: '1', b: '3' })
  cookies('no space after ;', 'a=1;b=2', { a: '1', b: '2' })
  cookies('white space around', '  a = 1 ;\tb=2;c=3 ', { a: '1', b: '2', c: '3' })
  cookies('an empty value', 'a=; b=2', { a: '', b: '2' })
  cookies('an empty name', '=v; b=2', { '': 'v', b: '2' })
  cookies('a pair without = is skipped', 'flag; b=2', { b: '2' })
  cookies('= inside the value', 'tok=a=b==', { tok: 'a=b==' })
  cookies('a comma is no separator', 'a=1,b=2', { a: '1,b=2' })
  cookies('plus is no space', 'p=a+b', { p: 'a+b' })
  cookies('quotes are stripped', 'q="hello world"', { q: 'hello world' })
  cookies('one layer of quotes', 'q=""a""', { q: '"a"' })
  cookies('empty quotes', 'q=""', { q: '' })
  cookies('half a quote stays', 'q="abc; r=abc"', { q: '"abc', r: 'abc"' })
  cookies('a lone quote stays', 'q="', { q: '"' })
  cookies('quotes inside stay', 'q=a"b"c', { q: 'a"b"c' })
  cookies('encoded quotes stay', 'q=%22a%22', { q: '"a"' })
  cookies('percent-decoded', 'e=%7B%22x%22%3A1%7D; u=%E2%82%AC', { e: '{"x":1}', u: '€' })
  cookies('decoded inside quotes', 'q="%41%20b"', { q: 'A b' })
  cookies('decoded once', 'e=%2541', { e: '%41' })
  cookies('malformed percent keeps the raw value', 'm=%E0%A4%A; ok=1', { m: '%E0%A4%A', ok: '1' })
  cookies('malformed percent in quotes', 'm="50%"', { m: '50%' })
  cookies('names are not decoded', '%61=1', { '%61': '1' })
  cookies('names are case sensitive', 'a=1; A=2', { a: '1', A: '2' })
  cookies('latin1', 'l=café', { l: 'café' })
  cookies('names of Object.prototype members', 'constructor=x; toString=y; a=1', { constructor: 'x', toString: 'y', a: '1' })
  cookies('__proto__ is dropped', '__proto__=x; a=1', { a: '1' })

  it('is the same object each time', () => {
    const req = requestWith('a=1')
    assert.equal(req.cookies, req.cookies)
  })

  it('is an ordinary object', () => assert.equal(Object.getPrototypeOf(requestWith('__proto__=x').cookies), Object.prototype))

  it('never throws, and the first of a name wins, for any header', () => {
    const piece = fc.constantFrom('a', 'b', '=', ';', ' ', '"', '%', '%41', '%zz', ',', '__proto__', 'constructor', '\t')
    const header = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
    )
    fc.assert(
      fc.property(header, (text) => {
        const { cookies } = requestWith(text)
        for (const [name, value] of Object.entries(cookies)) {
          const first = text.split(';').find((pair) => pair.includes('=') && trim(pair.slice(0, pair.indexOf('='))) === name)
          assert.ok(first !== undefined, `nobody sent ${name}`)
          assert.equal(value, decode(trim(first.slice(first.indexOf('=') + 1))))
        }
      }),
      { numRuns: 500 },
    )
  })

  it('finds every name that was sent', () => {
    const token = fc.string({ unit: fc.constantFrom(...'abcXYZ019!#$&*.^_`|~-'), minLength: 1, maxLength: 5 })
    const value = fc.string({ unit: fc.constantFrom(...'abc019!#$&()*+-./:<=>?@[]^_`{|}~'), maxLength: 8 })
    fc.assert(
      fc.property(fc.array(fc.tuple(token, value), { maxLength: 8 }), (pairs) => {
        const header = pairs.map(([name, text]) => `${name}=${text}`).join('; ')
        assert.deepEqual(requestWith(header).cookies, Object.fromEntries(pairs.toReversed()))
      }),
    )
  })
})

/** Optional white space (RFC 9110 5.6.3), which is not all that String.trim takes for it. */
function trim(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, '')
}

function decode(value: string): string {
  const bare = /^".*"$/s.test(value) && value.length > 1 ? value.slice(1, -1) : value
  try {
    return decodeURIComponent(bare)
  } catch {
    return bare
  }
}

describe('what a handler sees of its request', () => {
  function sees(name: string, { target = '/api/test', head = {}, version }: Asked, look: (req: ApiRequest) => unknown, expected: unknown) {
    it(name, async (test) => {
      let seen: unknown
      const app = await startRoute(test, (req, res) => {
        seen = look(req)
        res.end()
      })
      const { status } = await app.ask(target, { headers: head, ...(version ? { version } : {}) })
      assert.equal(status, 200)
      assert.deepEqual(seen, expected)
    })
  }

  sees('a real IncomingMessage', {}, (req) => req instanceof IncomingMessage, true)
  sees('no query', {}, (req) => req.query, {})
  sees('its query', { target: '/api/test?a=1&a=2&b' }, (req) => req.query, { a: ['1', '2'], b: '' })
  sees('the same query each time', { target: '/api/test?a=1' }, (req) => Object.is(req.query, req.query), true)
  sees('no cookies', {}, (req) => req.cookies, {})
  sees('its cookies', { head: { Cookie: 'a=1; b=2' } }, (req) => req.cookies, { a: '1', b: '2' })
  sees('two Cookie lines joined', { head: { Cookie: 'a=1; b=2', cookie: 'a=3; c=4' } }, (req) => req.cookies, { a: '1', b: '2', c: '4' })
  sees('latin1 in a cookie', { head: { Cookie: 'l=caf\xe9' } }, (req) => req.cookies, { l: 'café' })
  sees('the pattern of its route', {}, (req) => req.route, '/api/test')
  sees('no env', {}, (req) => 'env' in req, false)

  sees('the target as it arrived', { target: '/api/test?b=%20~&a' }, (req) => req.url, '/api/test?b=%20~&a')
  sees('dot segments in the target', { target: '/api/x/../test' }, (req) => req.url, '/api/x/../test')
  sees('an absolute target', { target: 'http://other.test/api/test?a=1' }, (req) => [req.url, req.query], ['http://other.test/api/test?a=1', { a: '1' }])
  sees('HTTP/1.0', { version: '1.0' }, (req) => req.httpVersion, '1.0')

  const forwarded = ({ headers, socket }: ApiRequest) => [
    headers['x-forwarded-host'],
    headers['x-forwarded-proto'],
    headers['x-forwarded-port'] === String(socket.localPort),
    headers['x-forwarded-for'],
  ]
  const sent = { 'X-Forwarded-Host': 'pub.test', 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '1.2.3.4, 5.6.7.8' }
  sees('x-forwarded-* that nobody sent', {}, forwarded, ['host.test', 'http', true, '127.0.0.1'])
  sees('x-forwarded-* that a proxy sent', { head: sent }, forwarded, ['pub.test', 'https', true, '1.2.3.4, 5.6.7.8'])
  sees('an x-forwarded-port that a proxy sent', { head: { 'X-Forwarded-Port': '8443' } }, ({ headers }) => headers['x-forwarded-port'], '8443')
  sees('an empty x-forwarded-host that a proxy sent', { head: { 'X-Forwarded-Host': '' } }, ({ headers }) => headers['x-forwarded-host'], '')
  sees('x-forwarded-* are not in rawHeaders', {}, ({ rawHeaders }) => rawHeaders, ['Host', 'host.test', 'Connection', 'close'])
  const internal = { 'x-matched-path': '/x', 'x-middleware-next': '1', 'x-nextjs-data': '1', 'next-resume': '1', rsc: '1', 'x-middleware-subrequest': 's' }
  sees('headers that are internal to Next.js', { head: internal }, ({ headers }) => Object.keys(internal).map((name) => headers[name]), Object.values(internal))

  const helpers = ['query', 'cookies', 'body', 'draftMode', 'preview', 'previewData', 'route']
  const shown = (object: object) => helpers.filter((name) => name !== 'body' && Object.keys(object).includes(name)) // body is a plain property
  sees('no helpers among its keys', {}, shown, [])
  sees(
    'no helpers among its keys after they were read',
    { target: '/api/test?a=1' },
    (req) => [req.query, req.cookies, req.body, req.draftMode, shown(req)].at(-1),
    [],
  )
  sees('the helpers by "in"', {}, (req) => helpers.filter((name) => name in req), helpers)
})

describe('the headers of a request without Host', () => {
  // http.request({ headers: req.headers }) throws for an undefined one.
  it('HTTP/1.0: none is undefined', async (test) => {
    const undefinedNames: string[] = []
    const app = await startRoute(test, (req, res) => {
      for (const [name, value] of Object.entries(req.headers)) if (value === undefined) undefinedNames.push(name)
      res.end()
    })
    await app.exchange(['GET /api/test HTTP/1.0\r\n\r\n'])
    assert.deepEqual(undefinedNames, [])
  })
})

interface Asked {
  readonly target?: string
  readonly head?: Readonly<Record<string, string>>
  readonly version?: '1.0'
}

describe('what a handler assigns to its request', () => {
  type Look = (req: ApiRequest) => unknown
  function keeps(name: string, [assign, look]: [Look, Look], expected: unknown) {
    it(name, async (test) => {
      let seen: unknown
      const app = await startRoute(test, (req, res) => {
        assign(req)
        seen = look(req)
        res.end()
      })
      await app.ask('/api/test?a=1', { method: 'POST', body: '{"b":1}', headers: { 'Content-Type': 'application/json', Cookie: 'c=1' } })
      assert.deepEqual(seen, expected)
    })
  }

  /** An assignment as a function: `req[name] = value`. */
  function set(name: string, value: unknown): Look {
    return (req) => Reflect.set(req, name, value)
  }

  const value = { replaced: 'yes' }
  const previewState: Look = (req) => [req.previewData, req.preview, req.draftMode]

  keeps('query', [set('query', value), (req) => req.query], value)
  keeps('cookies', [set('cookies', value), (req) => req.cookies], value)
  keeps('body', [set('body', value), (req) => req.body], value)
  keeps('body, undefined', [set('body', undefined), (req) => req.body], undefined)
  keeps('body, null', [set('body', null), (req) => req.body], null)
  keeps('previewData, which is preview and draftMode too', [set('previewData', value), previewState], [value, true, true])
  keeps('previewData, false', [set('previewData', false), previewState], [false, undefined, undefined])
  keeps('previewData, undefined', [set('previewData', undefined), (req) => req.previewData], undefined)
  keeps('preview, which is not previewData', [set('preview', true), (req) => [req.preview, req.previewData]], [true, false])
  keeps('draftMode', [set('draftMode', true), previewState], [false, undefined, true])
  keeps('draftMode twice', [(req) => [set('draftMode', true)(req), set('draftMode', false)(req)], (req) => req.draftMode], false)
  keeps('a part of query', [(req) => Object.assign(req.query, { more: 'x' }), (req) => req.query], { a: '1', more: 'x' })
  keeps('a part of cookies', [(req) => delete req.cookies.c, (req) => req.cookies], {})
  keeps('a part of body', [(req) => Object.assign(req.body, { more: 1 }), (req) => req.body], { b: 1, more: 1 })
  keeps('query by defineProperty', [(req) => Object.defineProperty(req, 'query', { value }), (req) => req.query], value)
  keeps('several at once', [(req) => Object.assign(req, { query: value, body: 1 }), (req) => [req.query, req.body]], [value, 1])
  keeps('a property of its own', [set('user', 'ann'), (req) => [Reflect.get(req, 'user'), Object.keys(req).includes('user')]], ['ann', true])
  keeps('url, which is not query', [set('url', '/other?z=1'), (req) => [req.url, req.query]], ['/other?z=1', { a: '1' }])
})

describe('a request in a wrapper', () => {
  const names = ['query', 'cookies', 'body', 'preview', 'previewData', 'route'] as const
  function works(name: string, wrap: (req: ApiRequest) => ApiRequest) {
    it(name, async (test) => {
      let seen: unknown
      const route: TestRoute = {
        handler(req, res) {
          const wrapped = wrap(req)
          seen = names.map((key) => wrapped[key])
          res.end()
        },
      }
      const app = await startRoute(test, route)
      const { status } = await app.ask('/api/test?a=1', { method: 'POST', body: 'text', headers: { Cookie: 'c=1' } })
      assert.equal(status, 200)
      assert.deepEqual(seen, [{ a: '1' }, { c: '1' }, 'text', undefined, false, '/api/test'])
    })
  }

  works('itself', (req) => req)
  works('a Proxy', (req) => new Proxy(req, {}))
  works('an object that inherits from it', (req) => Object.create(req) as ApiRequest)
  works('another prototype in between', (req) => Object.setPrototypeOf(req, Object.create(Object.getPrototypeOf(req))) as ApiRequest)
})

describe('targets and hosts', () => {
  function answers(name: string, head: string, status: number) {
    it(name, async (test) => {
      const app = await startRoute(test, (_req, res) => res.end('ok'))
      const { answers } = await app.exchange([head])
      assert.deepEqual(
        answers.map((answer) => answer.status),
        [status],
      )
      assert.deepEqual(app.log, [])
    })
  }

  answers('one Host', requestText('/api/test'), 200)
  answers('two Host headers', requestText('/api/test', { headers: { Host: 'a.test', host: 'b.test' } }), 400)
  answers('the same Host twice', requestText('/api/test', { headers: { Host: 'a.test', HOST: 'a.test' } }), 400)
  answers('two Host headers on an unknown path', requestText('/nope', { headers: { Host: 'a.test', host: 'b.test' } }), 400)
  answers('two Host headers in HTTP/1.0', requestText('/api/test', { version: '1.0', headers: { Host: 'a.test', host: 'b.test' } }), 400)
  answers('no Host in HTTP/1.1', 'GET /api/test HTTP/1.1\r\nConnection: close\r\n\r\n', 400)
  answers('no Host in HTTP/1.0', 'GET /api/test HTTP/1.0\r\n\r\n', 200)
  answers('an absolute target', requestText('http://other.test/api/test'), 200)
  answers('OPTIONS *', requestText('*', { method: 'OPTIONS' }), 204)
  answers('an unknown path', requestText('/api/nope'), 404)
  answers('an unknown path, POST', requestText('/api/nope', { method: 'POST', body: '' }), 404)
  answers('a trailing slash', requestText('/api/test/'), 308)
  answers('a trailing slash, POST', requestText('/api/test/', { method: 'POST', body: '' }), 308)
  answers('a trailing slash on an unknown path', requestText('/nope/'), 308)
})

describe('req.query of a path without params', () => {
  function query(target: string, expected: object): void {
    it(target, async (test) => {
      const app = await startRoute(test, (req, res) => res.json(req.query))
      assert.deepEqual(JSON.parse((await app.ask(target)).body), expected)
    })
  }
  query('/api/test', {})
  query('/api/test?', {})
  query('/api/test?a=b', { a: 'b' })
  query('/api/test?a=b#c', { a: 'b' })
  query('/api/test#c?a=b', {})
  query('/api/test??a=b', { '?a': 'b' })
  query('/api/%74est?a=b', { a: 'b' })
  query('/api/./test?a=b', { a: 'b' })
})
