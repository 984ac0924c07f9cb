import { describe, it } from 'node:test'
import type { ApiRequest } from './request.ts'
import type { ApiResponse } from './response.ts'
import { assertAnswer, type Expected, JSON_TYPE, startRoute } from './testing.ts'

type Middleware = (req: ApiRequest, res: ApiResponse) => void
type Send = (res: ApiResponse, req: ApiRequest) => unknown

/** Adds a header when the head is about to be sent: the `on-headers` package, `response-time`, `cookie-session`. */
function patchWriteHead(_req: ApiRequest, res: ApiResponse): void {
  const { writeHead } = res
  res.writeHead = function patched(this: ApiResponse, ...rest: unknown[]) {
    this.setHeader('X-Response-Time', '5ms')
    return Reflect.apply(writeHead, this, rest)
  } as ApiResponse['writeHead']
}

function patchSetHeader(_req: ApiRequest, res: ApiResponse): void {
  const { setHeader } = res
  res.setHeader = function patched(name, value) {
    return setHeader.call(this, name.toLowerCase() === 'content-type' ? 'X-Type' : name, value)
  }
}

/** Names every header that was set, in order. */
function traceSetHeader(_req: ApiRequest, res: ApiResponse): void {
  const { setHeader, writeHead } = res
  const names: string[] = []
  res.setHeader = function patched(name, value) {
    names.push(name)
    return setHeader.call(this, name, value)
  }
  res.writeHead = function patched(this: ApiResponse, ...rest: unknown[]) {
    setHeader.call(this, 'X-Trace', names.join(' '))
    return Reflect.apply(writeHead, this, rest)
  } as ApiResponse['writeHead']
}

/** Changes the body on its way: `compression`, minifiers. */
function patchBody(_req: ApiRequest, res: ApiResponse): void {
  const { write, end } = res
  const shout = (chunk: unknown) => (chunk === undefined ? chunk : String(chunk).toUpperCase())
  res.write = function patched(this: ApiResponse, chunk: unknown) {
    return write.call(this, shout(chunk))
  }
  res.end = function patched(this: ApiResponse, chunk?: unknown) {
    if (!this.headersSent) this.removeHeader('Content-Length')
    return end.call(this, shout(chunk))
  }
}

/** Does something asynchronous first: `express-session` saves before it ends. */
function patchEndLater(_req: ApiRequest, res: ApiResponse): void {
  const { end } = res
  res.end = function patched(this: ApiResponse, ...rest: unknown[]) {
    setTimeout(() => Reflect.apply(end, this, rest), 5)
    return this
  } as ApiResponse['end']
}

/** Replaces the helper itself. */
function patchJson(_req: ApiRequest, res: ApiResponse): void {
  const { json } = res
  res.json = function patched(this: ApiResponse, body: unknown) {
    json.call(this, { data: body })
  }
}

function patchStatus(_req: ApiRequest, res: ApiResponse): void {
  Object.defineProperty(res, 'statusCode', { value: 202, writable: true, enumerable: true, configurable: true })
}

/** `method-override`. */
function patchRequest(req: ApiRequest): void {
  req.method = 'DELETE'
  Object.assign(req, { user: 'ann', query: { ...req.query, added: '1' } })
}

describe('middleware', () => {
  function works(name: string, middleware: Middleware, send: Send, expected: Expected) {
    it(name, async (test) => {
      const app = await startRoute(test, async (req, res) => {
        middleware(req, res)
        await send(res, req)
      })
      assertAnswer(await app.ask('/api/test?a=1'), { cut: false, ...expected })
    })
  }

  const timed = { status: 200, 'x-response-time': '5ms' }
  works('writeHead, then json', patchWriteHead, (res) => res.json(1), { ...timed, body: '1' })
  works('writeHead, then send', patchWriteHead, (res) => res.send('x'), { ...timed, body: 'x' })
  works('writeHead, then end', patchWriteHead, (res) => res.end('x'), { ...timed, body: 'x' })
  works('writeHead, then write', patchWriteHead, (res) => [res.write('x'), res.end()], { ...timed, body: 'x' })
  works('writeHead, then flushHeaders', patchWriteHead, (res) => [res.flushHeaders(), res.end()], timed)
  works('writeHead, then redirect', patchWriteHead, (res) => res.redirect('/x'), { ...timed, status: 307, location: '/x' })
  works('writeHead, then an error', patchWriteHead, () => Promise.reject(new Error('as asked')), { ...timed, status: 500 })

  works('setHeader, then json', patchSetHeader, (res) => res.json(1), { 'content-type': null, 'x-type': JSON_TYPE, body: '1' })
  works('setHeader sees what json sets', traceSetHeader, (res) => res.json(1), { 'x-trace': 'Content-Type ETag Content-Length' })
  works('setHeader sees what send sets', traceSetHeader, (res) => res.send({}), { 'x-trace': 'ETag Content-Type Content-Length' })
  works('setHeader sees cookies', traceSetHeader, (res) => res.setDraftMode({ enable: true }).end(), { 'x-trace': 'Set-Cookie' })

  works('write and end, then json', patchBody, (res) => res.json({ a: 1 }), { body: '{"A":1}', 'content-type': JSON_TYPE })
  works('write and end, then write', patchBody, (res) => [res.write('a'), res.write('b'), res.end('c')], { body: 'ABC' })
  works('write and end, then redirect', patchBody, (res) => res.redirect('/x'), { status: 307, body: '/X', location: '/x' })
  works('end later, then json', patchEndLater, (res) => res.json({ a: 1 }), { body: '{"a":1}', 'content-length': '7' })
  works('end later, then redirect', patchEndLater, (res) => res.redirect('/x'), { status: 307, body: '/x' })
  works('json', patchJson, (res) => res.status(201).json(1), { status: 201, body: '{"data":1}' })
  works('statusCode', patchStatus, (res) => res.json(1), { status: 202 })
  works('the request', patchRequest, (res, req) => res.json([req.method, Reflect.get(req, 'user'), req.query]), {
    body: '["DELETE","ann",{"a":"1","added":"1"}]',
  })
})
