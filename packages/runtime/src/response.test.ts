import assert from 'node:assert/strict'
import { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import type { ApiRequest } from './request.ts'
import type { ApiResponse } from './response.ts'
import { assertAnswer, type Expected, JSON_TYPE, requestText, startRoute } from './testing.ts'

/** Handlers here may give anything to a helper: users without TypeScript do. */
type Loose = ApiResponse & Record<'send' | 'json' | 'status' | 'redirect' | 'setDraftMode', (...values: unknown[]) => ApiResponse>
type LooseHandler = (res: Loose, req: ApiRequest) => unknown

function answers(name: string, handler: LooseHandler, expected: Expected, method = 'GET') {
  it(name, async (test) => {
    const app = await startRoute(test, (req, res) => handler(res as Loose, req))
    const answer = await app.ask('/api/test', { method })
    assertAnswer(answer, { status: 200, cut: false, ...expected })
    assert.equal(app.log.length, 0, 'something was logged')
  })
}

/** A 500 of our own: logged once, framed by its own length, no type added. */
function fails(name: string, handler: LooseHandler, thrown: Record<string, unknown>, expected: Expected = {}) {
  it(name, async (test) => {
    const app = await startRoute(test, (req, res) => handler(res as Loose, req))
    const body = 'Internal Server Error'
    const answer = await app.ask('/api/test')
    assertAnswer(answer, { status: 500, reason: body, body, 'content-length': '21', 'transfer-encoding': null, 'content-type': null, cut: false, ...expected })
    assert.equal(app.log.length, 1)
    for (const [key, value] of Object.entries(thrown)) assert.equal(Reflect.get(app.log[0]?.thrown as object, key), value)
  })
}

const JSON_ANSWER = { 'content-type': JSON_TYPE, 'transfer-encoding': null }
const NO_BODY = { body: '', 'content-type': null, 'content-length': null, 'transfer-encoding': null, etag: null }
const self: Record<string, unknown> = {}
self.self = self

describe('res.status', () => {
  answers('sets the status', (res) => res.status(404).end(), { status: 404, reason: 'Not Found', body: '', 'content-length': '0' })
  answers('returns res', (res) => res.end(String(res.status(200) === res)), { body: 'true' })
  answers('sends nothing', (res) => [res.status(201), res.end(String(res.headersSent))], { status: 201, body: 'false' })
  answers('the last one counts', (res) => res.status(500).status(202).end(), { status: 202 })
  answers('is statusCode', (res) => [res.status(418), res.end(String(res.statusCode))], { status: 418, reason: "I'm a Teapot", body: '418' })
  answers('chains with json', (res) => res.status(200).json({ message: 'Hello from Next.js!' }), { body: '{"message":"Hello from Next.js!"}' })
  answers('204', (res) => res.status(204).end(), { status: 204, ...NO_BODY })
  answers('299', (res) => res.status(299).send('odd'), { status: 299, reason: 'unknown' })
  answers('599', (res) => res.status(599).json(1), { status: 599 })
  answers('999', (res) => res.status(999).json(1), { status: 999 })
  answers('200', (res) => res.status(200).json(1), { status: 200 })

  for (const [value, status] of [
    ['201', 201],
    [200.7, 200],
    [[202], 202],
    ['0x194', 404],
    [' 204 ', 204],
    ['299.9', 299],
    [2 ** 32 + 200, 200],
  ] as const) {
    answers(`${JSON.stringify(value)} is ${status}`, (res) => res.status(value).end(), { status })
  }

  const invalid = [0, -1, 42, 99, 100, 101, 103, 199, 1000, 99_999, Number.NaN, Number.POSITIVE_INFINITY, 'abc', '', null, undefined, {}, [], true, '20x']
  for (const value of invalid) {
    const name = typeof value === 'number' ? String(value) : JSON.stringify(value)
    fails(`${name} with json`, (res) => res.status(value).json({ same: true }), { name: 'RangeError' }, { 'content-type': JSON_TYPE })
    fails(`${name} with send`, (res) => res.status(value).send('a text that is longer than the error'), { name: 'RangeError' })
    fails(`${name} with end`, (res) => res.status(value).end('text'), { name: 'RangeError' }, { etag: null })
    fails(`${name} with write`, (res) => res.status(value).write('text'), { name: 'RangeError' })
  }
  fails('0 under a Content-Length of the handler', (res) => [res.setHeader('Content-Length', 1000), res.status(0).end('x')], { name: 'RangeError' })
  fails('0 under a Transfer-Encoding of the handler', (res) => [res.setHeader('Transfer-Encoding', 'chunked'), res.status(0).end('x')], { name: 'RangeError' })
  fails('writeHead(42)', (res) => res.writeHead(42), { name: 'RangeError' })
  fails('writeHead(100)', (res) => res.writeHead(100, { a: 'b' }), { name: 'RangeError' })
  fails('a BigInt', (res) => res.status(200n).end(), { name: 'TypeError' })
  fails('a symbol', (res) => res.status(Symbol('x')).end(), { name: 'TypeError' })
  fails(
    'a statusMessage with a line break',
    (res) => [Object.assign(res, { statusMessage: 'a\nb' }), res.json({ a: 1 })],
    { code: 'ERR_INVALID_CHAR' },
    { 'content-type': JSON_TYPE },
  )
  answers('a statusMessage', (res) => [Object.assign(res, { statusMessage: 'Fine Indeed' }), res.json(1)], { reason: 'Fine Indeed' })
})

describe('res.json', () => {
  function json(name: string, value: unknown, body: string, etag: string | null = null) {
    answers(name, (res) => res.json(value), { ...JSON_ANSWER, body, 'content-length': String(Buffer.byteLength(body)), ...(etag ? { etag: `"${etag}"` } : {}) })
  }

  json('an object', { greeting: 'hello from open' }, '{"greeting":"hello from open"}', 'j9hrjo9bcgu')
  json('null', null, 'null', 'wm6yxsynvh4')
  json('a string', 'just "text"', '"just \\"text\\""', '8lnuszmxhif')
  json('an empty string', '', '""', 'yjanuu0u3d2')
  json('a number', 42.5, '42.5', 'tirth0g7o34')
  json('zero', 0, '0', 'a6v68shvmh1')
  json('NaN', Number.NaN, 'null')
  json('true', true, 'true')
  json('false', false, 'false')
  json('an array', [1, 'two', undefined, () => 3], '[1,"two",null,null]')
  json('a date', new Date(86_400_000), '"1970-01-02T00:00:00.000Z"', '3mefbg0pj3q')
  json('toJSON', { price: { toJSON: () => '19.99 EUR' } }, '{"price":"19.99 EUR"}', 'ccro6ae2s8l')
  json('unicode', { s: 'žluťoučký 🐎' }, '{"s":"žluťoučký 🐎"}')
  json('a lone surrogate', '\ud800', '"\\ud800"')
  json('a Map', new Map([[1, 2]]), '{}', 'bwc9mymkdm2')
  json('a Buffer', Buffer.from('ab'), '{"type":"Buffer","data":[97,98]}', 'n3w3bck8msw')

  const nothing = { ...JSON_ANSWER, body: '', 'content-length': '0', etag: null }
  answers('undefined', (res) => res.json(undefined), nothing)
  answers('no argument', (res) => res.json(), nothing)
  answers('a function', (res) => res.json(() => 1), nothing)
  answers('a symbol', (res) => res.json(Symbol('x')), nothing)
  answers('toJSON that returns undefined', (res) => res.json({ toJSON: () => undefined }), nothing)

  fails('a circular object', (res) => res.json(self), { name: 'TypeError' }, { 'content-type': JSON_TYPE })
  fails('a BigInt', (res) => res.json({ n: 1n }), { name: 'TypeError' }, { 'content-type': JSON_TYPE })
  fails(
    'a throwing getter',
    (res) =>
      res.json({
        get a() {
          throw new Error('from the getter')
        },
      }),
    { message: 'from the getter' },
    { 'content-type': JSON_TYPE },
  )
  fails('a throwing toJSON', (res) => res.json({ toJSON: () => assert.fail('from toJSON') }), { message: 'from toJSON' }, { 'content-type': JSON_TYPE })

  const typed: LooseHandler = (res) => res.setHeader('Content-Type', 'text/x')
  answers('its type replaces one that was set', (res, req) => [typed(res, req), res.json({ kept: false })], {
    'content-type': JSON_TYPE,
    body: '{"kept":false}',
  })
  answers('its length replaces one that was set', (res) => [res.setHeader('Content-Length', 3), res.json({ long: 'value' })], { 'content-length': '16' })
  answers('its ETag replaces one that was set', (res) => [res.setHeader('ETag', '"own"'), res.json({ etag: 'overwritten?' })], { etag: '"15se8oo438zn"' })
  answers('keeps the status', (res) => res.status(201).json({ created: true }), { status: 201, reason: 'Created', etag: '"181c02ai5uxg"' })
  answers('204 has no body', (res) => res.status(204).json({ a: 1 }), { status: 204, ...NO_BODY })
  answers('304 has no body', (res) => res.status(304).json({ a: 1 }), { status: 304, ...NO_BODY })
  answers('204 and undefined keep the type', (res) => res.status(204).json(undefined), { status: 204, 'content-type': JSON_TYPE })
  answers('205 keeps its body', (res) => res.status(205).json({ reset: true }), { status: 205, body: '{"reset":true}', etag: '"b4f1k8br6ve"' })
  answers('returns undefined', (res) => assert.equal(res.json(1), undefined), { body: '1' })
  answers('twice', (res) => [res.json({ n: 1 }), res.status(500).json({ n: 2 })], { body: '{"n":1}', etag: '"g4i6a6r6947"' })
  answers('after send', (res) => [res.send('x'), res.json({ n: 2 })], { body: 'x' })
  answers('after redirect', (res) => [res.redirect('/x'), res.json({ n: 2 })], { status: 307, body: '/x' })
  answers('HEAD', (res) => res.json({ a: 1 }), { ...JSON_ANSWER, body: '', 'content-length': '7', etag: '"147uiiad94i7"' }, 'HEAD')
  answers('HEAD, undefined', (res) => res.json(undefined), { ...JSON_ANSWER, 'content-length': null, etag: null }, 'HEAD')
})

describe('res.send', () => {
  const PLAIN = { 'content-type': null, 'transfer-encoding': null }
  const octets = { 'content-type': 'application/octet-stream', 'transfer-encoding': null }

  answers('a string has no type', (res) => res.send('plain string'), { ...PLAIN, body: 'plain string', 'content-length': '12', etag: '"1m44xe3crqc"' })
  answers('html is a string', (res) => res.send('<h1>hi</h1>'), { ...PLAIN, body: '<h1>hi</h1>', etag: '"178mu364r34b"' })
  answers('an empty string', (res) => res.send(''), { ...PLAIN, body: '', 'content-length': '0', etag: '"78p3gz236i0"' })
  answers('unicode', (res) => res.send('čau 🎈'), { ...PLAIN, body: 'čau 🎈', 'content-length': '9' })
  answers('a string keeps the type that was set', (res) => [res.setHeader('Content-Type', 'application/xml'), res.send('<x/>')], {
    'content-type': 'application/xml',
  })
  answers('null', (res) => res.send(null), { ...PLAIN, body: '', 'content-length': '0', etag: null })
  answers('undefined', (res) => res.send(undefined), { ...PLAIN, body: '', 'content-length': '0', etag: null })
  answers('nothing', (res) => res.send(), { ...PLAIN, body: '', 'content-length': '0', etag: null })
  answers('null keeps the type that was set', (res) => [res.setHeader('Content-Type', 'text/x'), res.send(null)], { 'content-type': 'text/x' })
  answers('an object', (res) => res.send({ a: 1 }), { ...JSON_ANSWER, body: '{"a":1}', etag: '"147uiiad94i7"' })
  answers('an array', (res) => res.send(['x', 'y']), { ...JSON_ANSWER, body: '["x","y"]', etag: '"81quv93tlu9"' })
  answers('a number', (res) => res.send(7), { ...JSON_ANSWER, body: '7', etag: '"a5p2x1zrz41"' })
  answers('zero', (res) => res.send(0), { ...JSON_ANSWER, body: '0' })
  answers('NaN', (res) => res.send(Number.NaN), { ...JSON_ANSWER, body: 'null' })
  answers('true', (res) => res.send(true), { ...JSON_ANSWER, body: 'true' })
  answers('false', (res) => res.send(false), { ...JSON_ANSWER, body: 'false' })
  answers('a date', (res) => res.send(new Date(0)), { ...JSON_ANSWER, body: '"1970-01-01T00:00:00.000Z"', etag: '"l184jyy7b6q"' })
  answers('an Error', (res) => res.send(new Error('x')), { ...JSON_ANSWER, body: '{}' })
  answers('an object over a type that was set', (res) => [res.setHeader('Content-Type', 'application/problem+json'), res.send({ title: 'oops' })], JSON_ANSWER)
  answers('a number over a type that was set', (res) => [res.setHeader('Content-Type', 'text/x'), res.send(1)], JSON_ANSWER)
  answers('a Buffer', (res) => res.send(Buffer.from([0, 255, 1])), { ...octets, 'content-length': '3' })
  answers('a Buffer keeps the type that was set', (res) => [res.setHeader('Content-Type', 'image/x'), res.send(Buffer.from('pixels'))], {
    'content-type': 'image/x',
    body: 'pixels',
  })
  answers('an empty Buffer', (res) => res.send(Buffer.alloc(0)), { ...octets, 'content-length': '0' })
  answers('a Uint8Array is an object', (res) => res.send(new Uint8Array([1, 2, 3])), { ...JSON_ANSWER, body: '{"0":1,"1":2,"2":3}', etag: '"x9clasq9ouj"' })
  answers('an ArrayBuffer is an object', (res) => res.send(new ArrayBuffer(2)), { ...JSON_ANSWER, body: '{}' })
  answers('a Blob is an object', (res) => res.send(new Blob(['x'])), { ...JSON_ANSWER, body: '{}' })
  answers('a Map is an object', (res) => res.send(new Map([[1, 2]])), { ...JSON_ANSWER, body: '{}' })
  answers('a web stream is an object', (res) => res.send(new ReadableStream()), { ...JSON_ANSWER, body: '{}' })

  const streamed = { 'transfer-encoding': 'chunked', 'content-length': null, etag: null }
  answers('a stream', (res) => res.send(Readable.from(['one,', 'two'])), { ...streamed, 'content-type': 'application/octet-stream', body: 'one,two' })
  answers('a stream keeps the type that was set', (res) => [res.setHeader('Content-Type', 'text/csv'), res.send(Readable.from(['a,b']))], {
    ...streamed,
    'content-type': 'text/csv',
  })
  answers('an empty stream', (res) => res.send(Readable.from([])), { body: '', 'content-type': 'application/octet-stream' })
  answers('a stream, HEAD', (res) => res.send(Readable.from(['x'])), { 'content-type': 'application/octet-stream', 'content-length': null, etag: null }, 'HEAD')

  fails('a BigInt', (res) => res.send(1n), { name: 'TypeError' })
  fails('a symbol', (res) => res.send(Symbol('x')), { name: 'TypeError' })
  fails('a function', (res) => res.send((a: number) => a), { name: 'TypeError' })
  fails('a circular object', (res) => res.send(self), { name: 'TypeError' })
  fails(
    'a stream that fails at once',
    (res) =>
      res.send(
        new Readable({
          read() {
            this.destroy(new Error('no data'))
          },
        }),
      ),
    { message: 'no data' },
    { 'content-type': 'application/octet-stream' },
  )

  const both: LooseHandler = (res) => [res.setHeader('Content-Type', 'text/x'), res.setHeader('Content-Length', 3)]
  answers('204 drops body, type and length', (res, req) => [both(res, req), res.status(204).send('abc')], { status: 204, ...NO_BODY })
  answers('304 drops body, type and length', (res, req) => [both(res, req), res.status(304).send({ a: 1 })], { status: 304, ...NO_BODY })
  answers('204 drops the transfer encoding', (res) => [res.setHeader('Transfer-Encoding', 'chunked'), res.status(204).send('abc')], { status: 204, ...NO_BODY })
  answers('204 and a stream', (res) => res.status(204).send(Readable.from(['x'])), { status: 204, ...NO_BODY })
  answers('204 and null keep the type', (res) => [res.setHeader('Content-Type', 'text/x'), res.status(204).send(null)], {
    status: 204,
    'content-type': 'text/x',
  })
  answers('205 keeps its body', (res) => res.status(205).send('abc'), { status: 205, body: 'abc' })
  answers('its length replaces one that was set', (res) => [res.setHeader('Content-Length', 30), res.send('abc')], { 'content-length': '3' })
  answers('returns undefined', (res) => assert.equal(res.send('x'), undefined), { body: 'x' })
  answers('after end', (res) => [res.end('first'), res.send('second')], { body: 'first', etag: null })
  answers('twice', (res) => [res.send('first'), res.send('second')], { body: 'first' })
  answers('HEAD', (res) => res.send('plain string'), { ...PLAIN, body: '', 'content-length': '12', etag: '"1m44xe3crqc"' }, 'HEAD')

  it('a Buffer is sent byte by byte', async (test) => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i))
    const app = await startRoute(test, (_req, res) => res.send(bytes))
    assert.deepEqual((await app.ask('/api/test')).bytes, bytes)
  })

  it('a stream whose client goes away is destroyed', { timeout: 5_000 }, async (test) => {
    const stream = new Readable({ read() {} })
    stream.push('first')
    const app = await startRoute(test, (_req, res) => res.send(stream))
    const socket = connect(app.port, '127.0.0.1').once('data', () => socket.destroy())
    socket.write(requestText('/api/test'))
    await new Promise<void>((resolve) => stream.once('close', () => resolve()))
    assert.deepEqual(app.log, [])
  })
})

describe('res.redirect', () => {
  const CHUNKED = { 'transfer-encoding': 'chunked', 'content-length': null, 'content-type': null, etag: null }

  answers('a path', (res) => res.redirect('/api/hello'), { ...CHUNKED, status: 307, reason: 'Temporary Redirect', location: '/api/hello', body: '/api/hello' })
  answers('a URL', (res) => res.redirect('https://example.org/a?b=c#d'), { ...CHUNKED, status: 307, location: 'https://example.org/a?b=c#d' })
  for (const status of [200, 301, 302, 303, 307, 308])
    answers(`${status}`, (res) => res.redirect(status, '/x'), { ...CHUNKED, status, location: '/x', body: '/x' })
  answers('a status() before is ignored', (res) => res.status(201).redirect('/see'), { status: 307, location: '/see' })
  answers('a status() before is ignored with a status', (res) => res.status(201).redirect(302, '/see'), { status: 302, reason: 'Found' })
  answers('a space is sent as it is', (res) => res.redirect('/a b'), { location: '/a b', body: '/a b', status: 307 })
  answers('percent is sent as it is', (res) => res.redirect('/caf%C3%A9?x=%zz'), { location: '/caf%C3%A9?x=%zz', status: 307 })
  answers('latin1 is sent raw', (res) => res.redirect('/café'), { location: '/café', body: '/café', status: 307 })
  answers('an empty string', (res) => res.redirect(''), { location: '', body: '', status: 307 })
  answers('a status as a string is a URL', (res) => res.redirect('302', '/x'), { status: 307, location: '302', body: '302' })
  answers('url and status the wrong way round', (res) => res.redirect('/x', 302), { status: 307, location: '/x' })
  answers('a status of 299.9', (res) => res.redirect(299.9, '/x'), { status: 299 })
  answers('headers are kept', (res) => [res.setHeader('Set-Cookie', ['a=1', 'b=2']), res.redirect(303, '/x')], { status: 303, 'set-cookie': ['a=1', 'b=2'] })
  answers('returns res', (res) => assert.equal(res.redirect('/x'), res), { status: 307 })
  answers('HEAD', (res) => res.redirect('/x'), { status: 307, location: '/x', body: '' }, 'HEAD')
  answers('POST', (res) => res.redirect('/x'), { status: 307, location: '/x', body: '/x' }, 'POST')

  const invalid = {
    message:
      "Invalid redirect arguments. Please use a single argument URL, e.g. res.redirect('/destination') or use a status code and URL, e.g. res.redirect(307, '/destination').",
  }
  fails('no arguments', (res) => res.redirect(), invalid)
  fails('a status alone', (res) => res.redirect(302), invalid)
  fails('null', (res) => res.redirect(null), invalid)
  fails('a null url', (res) => res.redirect(302, null), invalid)
  fails('a URL object', (res) => res.redirect(302, new URL('http://h')), invalid)
  fails('a URL object alone', (res) => res.redirect(new URL('http://h')), invalid)
  fails('a status that is no number', (res) => res.redirect(null, '/x'), invalid)
  fails('a status of 42', (res) => res.redirect(42, '/x'), { name: 'RangeError' }, { location: null })
  fails('a status of 100', (res) => res.redirect(100, '/x'), { name: 'RangeError' })
  fails('a status of NaN', (res) => res.redirect(Number.NaN, '/x'), { name: 'RangeError' })
  fails('a line break', (res) => res.redirect('/x\r\nSet-Cookie: a=1'), { code: 'ERR_INVALID_CHAR' }, { 'set-cookie': null })
  fails('other unicode', (res) => res.redirect('/ž'), { code: 'ERR_INVALID_CHAR' })

  const caught: LooseHandler = (res) => {
    try {
      res.redirect('/a\nb')
    } catch (error) {
      res.status(400).json({ code: Reflect.get(error as object, 'code') })
    }
  }
  answers('a caught failure leaves its statusMessage behind', caught, { status: 400, reason: 'Temporary Redirect', body: '{"code":"ERR_INVALID_CHAR"}' })

  it('after the headers are sent it throws', async (test) => {
    const app = await startRoute(test, (_req, res) => [res.write('x'), assert.throws(() => res.redirect('/x'), { code: 'ERR_HTTP_HEADERS_SENT' }), res.end()])
    assertAnswer(await app.ask('/api/test'), { status: 200, body: 'x', location: null })
  })
})

describe('res.setHeader', () => {
  answers('after the headers are sent it is ignored', (res) => [res.write('x'), assert.equal(res.setHeader('X-Late', '1'), res), res.end('y')], {
    body: 'xy',
    'x-late': null,
  })
  answers('then it does not even check the name', (res) => [res.write('x'), res.setHeader('bad header', '1'), res.setHeader('X', 'a\nb'), res.end()], {
    body: 'x',
  })
  answers('a status after the headers is ignored', (res) => [res.write('x'), res.status(500).end('y')], { status: 200, body: 'xy' })
  answers('cookies lose exact duplicates', (res) => [res.setHeader('Set-Cookie', ['k=1', 'k=1', 'k=2']), res.end()], { 'set-cookie': ['k=1', 'k=2'] })
  answers('one cookie', (res) => [res.setHeader('set-cookie', 'a=1'), assert.deepEqual(res.getHeader('Set-Cookie'), ['a=1']), res.end()], {
    'set-cookie': 'a=1',
  })
  answers('a number for a cookie vanishes', (res) => [res.setHeader('Set-Cookie', 12), res.end('num')], { 'set-cookie': null, body: 'num' })
  answers('the last Set-Cookie counts', (res) => [res.setHeader('Set-Cookie', 'a=1'), res.setHeader('Set-Cookie', 'b=2'), res.end()], { 'set-cookie': 'b=2' })
  answers('appendHeader keeps duplicates', (res) => [res.appendHeader('Set-Cookie', 'a=1'), res.appendHeader('Set-Cookie', 'a=1'), res.end()], {
    'set-cookie': ['a=1', 'a=1'],
  })
  answers('writeHead keeps duplicates', (res) => res.writeHead(200, { 'Set-Cookie': ['a=1', 'a=1'] }).end(), { 'set-cookie': ['a=1', 'a=1'] })
  answers('a number', (res) => [res.setHeader('X-Number', 5), res.end()], { 'x-number': '5' })
  answers('returns res', (res) => res.setHeader('X-One', '1').setHeader('X-Two', '2').end(), { 'x-one': '1', 'x-two': '2' })
  answers('setHeaders with a Map', (res) => [res.setHeaders(new Map([['X-One', '1']])), res.end()], { 'x-one': '1' })

  fails('a bad name', (res) => res.setHeader('bad header', 'x'), { code: 'ERR_INVALID_HTTP_TOKEN' })
  fails('a bad value', (res) => res.setHeader('X-V', 'a\nb'), { code: 'ERR_INVALID_CHAR' })
  fails('undefined', (res) => res.setHeader('X-V', undefined as never), { code: 'ERR_HTTP_INVALID_HEADER_VALUE' })

  for (const [name, late] of Object.entries({
    appendHeader: (res: Loose) => res.appendHeader('Vary', 'x'),
    removeHeader: (res: Loose) => res.removeHeader('Vary'),
    writeHead: (res: Loose) => res.writeHead(200),
  })) {
    answers(`${name} then throws`, (res) => [res.write('x'), assert.throws(() => late(res), { code: 'ERR_HTTP_HEADERS_SENT' }), res.end()], { body: 'x' })
  }
})

describe('write and end', () => {
  answers('write twice and end', (res) => [res.write('alpha '), res.write(Buffer.from('beta ')), res.end('gamma')], {
    body: 'alpha beta gamma',
    'transfer-encoding': 'chunked',
  })
  answers('end alone', (res) => res.end('only end'), { body: 'only end', 'content-length': '8', etag: null, 'content-type': null })
  answers('end without a body', (res) => res.end(), { body: '', 'content-length': '0' })
  answers('end(null)', (res) => res.end(null), { body: '' })
  answers('end(undefined)', (res) => res.end(undefined), { body: '' })
  answers('end twice is quiet', (res) => [res.end('one'), assert.equal(res.end('two'), res)], { body: 'one' })
  answers('write after end is quiet', (res) => [res.end('one'), res.write('two')], { body: 'one' })
  answers('an empty write', (res) => [res.write(''), res.end('x')], { body: 'x' })
  answers('a Uint8Array', (res) => res.end(new Uint8Array([104, 105])), { body: 'hi' })
  answers('an encoding', (res) => [res.write('6869', 'hex'), res.end('aGk=', 'base64')], { body: 'hihi' })
  answers('latin1', (res) => res.end('\xe9', 'latin1'), { 'content-length': '1' })
  answers('writeHead with headers', (res) => res.writeHead(206, { 'X-A': '1' }).end('part'), { status: 206, 'x-a': '1', body: 'part' })
  answers('writeHead with a reason', (res) => res.writeHead(299, 'Custom Reason', { 'Content-Length': '2' }).end('ok'), {
    status: 299,
    reason: 'Custom Reason',
    'content-length': '2',
  })
  answers('writeHead with a list', (res) => res.writeHead(200, ['X-One', '1', 'Set-Cookie', 'a=b']).end('x'), { 'x-one': '1', 'set-cookie': 'a=b' })
  answers('flushHeaders', (res) => [res.flushHeaders(), res.end('flushed')], { body: 'flushed', 'transfer-encoding': 'chunked' })
  answers('a late answer', (res) => void setTimeout(() => res.end('late'), 5), { body: 'late' })
  answers('what a handler returns is ignored', (res) => [res.end('sent'), { status: 500, body: 'returned' }], { body: 'sent' })

  for (const value of [5, {}, [], true, 1n]) {
    fails(`write(${String(value)}) of a ${typeof value}`, (res) => res.write(value), { name: 'TypeError' })
    fails(`end(${String(value)}) of a ${typeof value}`, (res) => res.end(value), { name: 'TypeError' })
  }
  fails('write(null)', (res) => res.write(null), { name: 'TypeError' })

  function callsBack(name: string, run: (res: Loose, done: () => void) => unknown) {
    it(name, async (test) => {
      let called = false
      const app = await startRoute(test, (_req, res) => run(res as Loose, () => (called = true)))
      await app.ask('/api/test')
      await new Promise((resolve) => setTimeout(resolve, 10))
      assert.equal(called, true)
    })
  }

  callsBack('end(callback)', (res, done) => res.end(done))
  callsBack('end(text, callback)', (res, done) => res.end('x', done))
  callsBack('end(text, encoding, callback)', (res, done) => res.end('x', 'utf8', done))
  callsBack('write(text, callback)', (res, done) => [res.write('x', done), res.end()])
  callsBack('write(text, encoding, callback)', (res, done) => [res.write('x', 'utf8', done), res.end()])
  callsBack('end(callback) after end', (res, done) => [res.end('x'), res.end(done)])
  callsBack('end(text, callback) after end', (res, done) => [res.end('x'), res.end('y', done)])
  callsBack('write(text, callback) after end', (res, done) => [res.end('x'), res.write('y', done)])
})

describe('res.revalidate', () => {
  function rejects(name: string, urlPath: unknown, message: RegExp) {
    it(name, async (test) => {
      const app = await startRoute(test, async (_req, res) => {
        await assert.rejects(res.revalidate(urlPath as string), message)
        res.end('rejected')
      })
      assertAnswer(await app.ask('/api/test'), { status: 200, body: 'rejected' })
    })
  }

  const invalid = (text: string) => new RegExp(`^Error: Invalid urlPath provided to revalidate\\(\\), must be a path e.g. /blog/post-1, received ${text}$`)
  rejects('a path', '/blog/post-1', /^Error: Failed to revalidate \/blog\/post-1: the build has found no file that mentions `revalidate`$/)
  rejects('a relative path', 'no-slash', invalid('no-slash'))
  rejects('a URL', 'https://example.org/x', invalid('https://example.org/x'))
  rejects('nothing', '', invalid(''))
  rejects('undefined', undefined, invalid('undefined'))
  rejects('a number', 5, invalid('5'))
})

describe('a response', () => {
  const helpers = ['status', 'json', 'send', 'redirect', 'revalidate', 'setDraftMode', 'setPreviewData', 'clearPreviewData']
  let shown: unknown
  answers(
    'shows the headers that were sent, whatever is sent after them',
    (res) => {
      res.json(1)
      const sent = res.getHeader('ETag')
      res.json('another')
      shown = sent !== undefined && res.getHeader('etag') === sent
    },
    { body: '1' },
  )
  it('and so they stay', () => assert.equal(shown, true))
  answers('is a real ServerResponse', (res) => res.json(res instanceof ServerResponse), { body: 'true' })
  answers('shows no helpers among its keys', (res) => res.json(helpers.filter((name) => Object.keys(res).includes(name))), { body: '[]' })
  answers('has the helpers by "in"', (res) => res.json(helpers.filter((name) => !(name in res))), { body: '[]' })
  answers('has its request', (res, req) => res.json(res.req === req), { body: 'true' })
  answers('takes a helper of the user', (res) => [Object.assign(res, { json: (value: unknown) => res.send(`own ${value}`) }), res.json(1)], { body: 'own 1' })

  function works(name: string, wrap: (res: Loose) => Loose) {
    answers(name, (res) => wrap(res).status(201).json({ a: 1 }), { status: 201, body: '{"a":1}' })
  }
  works('works', (res) => res)
  works('works with another prototype in between', (res) => Object.setPrototypeOf(res, Object.create(Object.getPrototypeOf(res))))
})
