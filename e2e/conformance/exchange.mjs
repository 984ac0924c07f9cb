// Sends one request of requests.json over a TCP connection of its own, and makes a record of the answer.
import { createHash } from 'node:crypto'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { headerOf, isChunked, parseHead, readBody, skipInterim } from './wire.mjs'

/**
 * A row of requests.json; README.md says what each field does.
 * @typedef {{ prefix?: string, unit: string, times: number, suffix?: string }} Repeat
 * @typedef {{
 *   id: string, area: string, why: string, method: string, target?: string, targetRepeat?: Repeat, headers?: [string, string][],
 *   body?: string, bodyBase64?: string, bodyRepeat?: Repeat, chunked?: boolean, chunkSize?: number, chunkDelayMs?: number,
 *   expectContinue?: boolean, noContentLength?: boolean, noHost?: boolean, httpVersion?: string, headersUtf8?: boolean, raw?: string,
 *   cookiesFrom?: string, cookieTamper?: string, cookiesOnly?: string[], mayReset?: boolean, settleMs?: number, abortAfterBytes?: number,
 * }} Request
 */

/**
 * What was answered; a value of expected.json.
 * @typedef {{
 *   status: number | null, statusText?: string, headers?: [string, string][],
 *   body?: string, bodyBase64?: string, bodySha256?: string, bodyLength?: number,
 *   interim?: number[], more?: { status: number, body: string }[], extraText?: string,
 *   closedEarly?: boolean, timedOut?: boolean, noResponse?: boolean, untilClose?: boolean, keptOpen?: boolean,
 *   frameworkErrorPage?: boolean, badStatusLine?: string, socketError?: string, serverDied?: boolean, stderr?: string[],
 * }} Answer
 */

const droppedHeaders = new Set(['date', 'connection', 'keep-alive'])
const inlineBodyBytes = 32 * 1024
const sliceBytes = 64 * 1024
/** Beyond this, looking for the end of the answer after every packet takes longer than the answer. */
const watchedAnswerBytes = 1024 * 1024

/**
 * @param {Request} request
 * @param {{ host: string, port: number, timeout: number, cookie?: string }} options
 * @returns {Promise<{ answer: Answer, cookies: string[] }>} the cookies as the server set them; the answer has only their shape
 */
export async function exchange(request, { host, port, timeout, cookie = '' }) {
  const socket = net.connect(port, host).setNoDelay(true)
  const parts = []
  const received = () => Buffer.concat(parts)
  const sendBody = bodySender(request, socket, received)
  const flags = {}
  const end = (flag) => {
    flags[flag] = true
    socket.destroy()
  }
  const timers = [setTimeout(end, timeout, 'timedOut')]

  socket.on('connect', () => {
    if (request.raw !== undefined) return socket.write(request.raw, 'latin1')
    socket.cork() // head and body in one packet
    socket.write(headBytes(request, cookie))
    // a server that never says 100 still gets the body
    if (request.expectContinue) timers.push(setTimeout(sendBody, 1500))
    else sendBody()
    socket.uncork()
  })
  socket.on('data', (data) => {
    parts.push(data)
    const length = parts.reduce((sum, part) => sum + part.length, 0)
    if (request.abortAfterBytes && length >= request.abortAfterBytes) socket.destroy()
    if (request.raw !== undefined) return
    if (request.expectContinue && parseHead(received())?.status === 100) sendBody()
    if (flags.complete || length >= watchedAnswerBytes) return
    flags.complete = isComplete(received(), methodOf(request))
    // give the server a moment to close, or to send bytes that it should not
    if (flags.complete) timers.push(setTimeout(end, 200, 'keptOpen'))
  })
  socket.on('end', () => socket.destroy())
  socket.on('error', () => {
    flags.failed = true
  })

  await nextEvent(socket, ['close'])
  for (const timer of timers) clearTimeout(timer)
  return recordOf(received(), methodOf(request), flags)
}

// ---- the request

function headBytes(request, cookie) {
  const target = request.targetRepeat ? repeated(request.targetRepeat) : request.target
  const lines = headersOf(request, cookie).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([
    Buffer.from(`${request.method} ${target} HTTP/${request.httpVersion ?? '1.1'}\r\n`, 'utf8'),
    Buffer.from(`${lines.join('')}\r\n`, request.headersUtf8 ? 'utf8' : 'latin1'),
  ])
}

function headersOf(request, cookie) {
  const headers = [...(request.headers ?? [])]
  const lacks = (name) => !headers.some(([key]) => key.toLowerCase() === name)
  const body = request.noContentLength ? undefined : bodyBytes(request)
  if (!request.noHost && lacks('host')) headers.unshift(['Host', 'oracle.test'])
  if (cookie) headers.push(['Cookie', cookie])
  if (body && request.chunked && lacks('transfer-encoding')) headers.push(['Transfer-Encoding', 'chunked'])
  if (body && !request.chunked && lacks('content-length')) headers.push(['Content-Length', String(body.length)])
  if (request.expectContinue) headers.push(['Expect', '100-continue'])
  if (lacks('connection')) headers.push(['Connection', 'close'])
  return headers
}

function bodyBytes({ body, bodyBase64, bodyRepeat }) {
  if (bodyRepeat) return Buffer.from(repeated(bodyRepeat), 'utf8')
  if (bodyBase64 !== undefined) return Buffer.from(bodyBase64, 'base64')
  return body === undefined ? undefined : Buffer.from(body, 'utf8')
}

function repeated({ prefix = '', unit, times, suffix = '' }) {
  return prefix + unit.repeat(times) + suffix
}

function methodOf({ raw, method }) {
  return raw === undefined ? method : (raw.trimStart().split(' ')[0] ?? '')
}

/** Sends the body once, in slices, and no further once an answer has begun: an early refusal must not drown in our own writes. */
function bodySender(request, socket, received) {
  const body = bodyBytes(request)
  const size = request.chunked ? (request.chunkSize ?? 16 * 1024) : sliceBytes
  const answerHasBegun = () => parseHead(received())?.status >= 200
  let begun = false

  return async () => {
    if (!body || begun) return
    begun = true
    for (let start = 0; start < body.length; start += size) {
      if (answerHasBegun() || socket.destroyed) return
      const slice = body.subarray(start, start + size)
      const flushed = socket.write(request.chunked ? chunk(slice) : slice)
      if (!flushed) await nextEvent(socket, ['drain', 'close', 'data'])
      if (request.chunkDelayMs) await sleep(request.chunkDelayMs)
      else if (body.length > sliceBytes) await new Promise(setImmediate)
    }
    if (request.chunked) socket.write('0\r\n\r\n')
  }
}

function chunk(slice) {
  return Buffer.concat([Buffer.from(`${slice.length.toString(16)}\r\n`), slice, Buffer.from('\r\n')])
}

function nextEvent(emitter, names) {
  return new Promise((resolve) => {
    const happened = () => {
      for (const name of names) emitter.off(name, happened)
      resolve()
    }
    for (const name of names) emitter.on(name, happened)
  })
}

// ---- the answer

function isComplete(buffer, method) {
  const { head, raw } = skipInterim(buffer)
  return head !== undefined && !('bad' in head) && readBody(head, raw, method).end === 'complete'
}

function recordOf(buffer, method, { timedOut, keptOpen, failed }) {
  const { interim, head, raw } = skipInterim(buffer)
  const flags = { ...(interim.length > 0 && { interim }), ...(timedOut && { timedOut }), ...(keptOpen && { keptOpen }) }
  // a reset after a complete answer is not interesting, and racy
  if (!head) return { answer: { status: null, noResponse: true, ...flags, ...(failed && { socketError: 'reset' }) }, cookies: [] }
  if ('bad' in head) return { answer: { status: null, noResponse: true, badStatusLine: head.bad, ...flags }, cookies: [] }

  const { body, rest, end } = readBody(head, raw, method)
  const isPage = isFrameworkErrorPage(head, body, method)
  const headers = head.headers.filter(([name]) => !droppedHeaders.has(name))
  const answer = {
    status: head.status,
    statusText: head.statusText,
    headers: headers.map(([name, value]) => [name, withoutSecrets(value)]),
    ...(isPage ? { frameworkErrorPage: true } : encodedBody(body)),
    ...(end === 'cut' && { closedEarly: true }),
    ...(end === 'until-close' && { untilClose: true }),
    ...(!isChunked(head) && further(rest)),
    ...flags,
  }
  return { answer, cookies: headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value.split(';')[0]) }
}

/** Next's own HTML error page is branding, not contract: only its status can be compared. */
function isFrameworkErrorPage(head, body, method) {
  const isHtml = head.headers.some(([name, value]) => name === 'content-type' && value.includes('text/html'))
  const isEmptyError = head.status >= 400 && method === 'HEAD'
  const mark = /next-head-count|__NEXT_DATA__|next-error-h1|_next\/static|This page could not be found|__next_error__/
  return isHtml && (isEmptyError || mark.test(body.toString('latin1')))
}

function encodedBody(body) {
  if (body.length > inlineBodyBytes) return { bodyLength: body.length, bodySha256: createHash('sha256').update(body).digest('hex') }
  const text = body.toString('utf8')
  return Buffer.from(text, 'utf8').equals(body) ? { body: withoutSecrets(text) } : { bodyBase64: body.toString('base64') }
}

/** Preview ids and tokens are other ones for each build: only their shape is contract. */
function withoutSecrets(text) {
  return text.replace(/(__prerender_bypass=)[\w-]{16,}/g, '$1<PREVIEW_ID>').replace(/(__next_preview_data=)[\w-]+(?:\.[\w-]+){2}/g, '$1<PREVIEW_TOKEN>')
}

/** Bytes after a complete answer are answers to pipelined requests, or a framing fault. */
function further(rest) {
  const more = []
  for (let buffer = rest; buffer.length > 0; ) {
    const head = parseHead(buffer)
    if (!head || 'bad' in head) return { ...(more.length > 0 && { more }), extraText: buffer.toString('latin1').slice(0, 200) }
    const raw = buffer.subarray(head.length)
    const length = Number(headerOf(head, 'content-length') ?? raw.length)
    more.push({ status: head.status, body: raw.toString('utf8', 0, length) })
    buffer = raw.subarray(length)
  }
  return more.length > 0 ? { more } : {}
}
