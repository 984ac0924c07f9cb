import { type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { finished, Readable, Stream } from 'node:stream'
import { etagOf, isFresh } from './etag.ts'
import type { Log } from './log.ts'
import type { ByteLimit } from './manifest.ts'
import { endWithAscii } from './one-write.ts'
import { clearedPreviewCookies, draftModeCookies, type PreviewOptions, previewDataCookies } from './preview.ts'
import { put } from './put-header.ts'
import type { ApiRequest } from './request.ts'

/** What a response needs to know of the server it belongs to: where errors and warnings go. */
export interface Owner {
  /** Never throws. */
  fail(req: ApiRequest, res: ApiResponse, error: unknown): void
  readonly log: Pick<Log, 'warn'>
  readonly revalidate: Revalidate | undefined
}

/** Makes a page new that is served somewhere. Rejects with the reason when that fails. */
export type Revalidate = (urlPath: string, options: RevalidateOptions) => Promise<void>

export interface RevalidateOptions {
  /** Do nothing for a page that nobody has asked for yet. Default false. The name is that of Next.js. */
  readonly unstable_onlyGenerated?: boolean
}

/** What a response remembers; under a symbol, as in request.ts. */
const STATE: unique symbol = Symbol('apiroutes response')

interface State {
  owner: Owner | undefined
  limit: ByteLimit | false
  /** How much has been written of the body. */
  bytes: number
  /** The body, when it is given to `end` in one piece, and its length in bytes. */
  whole: string | Buffer | undefined
  wholeLength: number
  previewCleared: boolean
  awaitsContinue: boolean
  isUnlogged: boolean
}

type Done = (error?: Error | null) => void

/** node:http's own response with the helpers of the contract, on its prototype. */
export class ApiResponse extends ServerResponse<ApiRequest> {
  static override readonly name = 'ApiResponse' // that of the class is a letter in server.js
  readonly [STATE]: State = {
    owner: undefined,
    limit: false,
    bytes: 0,
    whole: undefined,
    wholeLength: 0,
    previewCleared: false,
    awaitsContinue: false,
    isUnlogged: false,
  }

  /** @internal Called once by dispatch. */
  begin(owner: Owner, responseLimit: ByteLimit | false): void {
    this[STATE].owner = owner
    this[STATE].limit = responseLimit
  }

  /** @internal The client waits for `100 Continue` before it sends the body. */
  get awaitsContinue(): boolean {
    return this[STATE].awaitsContinue
  }

  /** @internal The request came with `Expect: 100-continue`. */
  expectContinue(): void {
    this[STATE].awaitsContinue = true
  }

  /** @internal The body is wanted: says so to a client that waits. */
  acceptBody(): void {
    if (!this[STATE].awaitsContinue) return
    this[STATE].awaitsContinue = false
    this.writeContinue()
  }

  /** @internal How long the body is that was sent. */
  get bodyBytes(): number {
    const isBodiless = this.req.method === 'HEAD' || this.statusCode === 204 || this.statusCode === 304
    return isBodiless ? 0 : this[STATE].bytes
  }

  /** @internal The access log leaves it out. */
  get isUnlogged(): boolean {
    return this[STATE].isUnlogged
  }

  /** @internal Keeps it out of the access log: the answer to a health check. */
  omitFromLog(): this {
    this[STATE].isUnlogged = true
    return this
  }

  /** Sets the status code, and nothing else. What is no final HTTP status is refused when the answer is sent. */
  status(code: number): this {
    this.statusCode = code
    return this
  }

  /** Sends `JSON.stringify(body)`. @throws TypeError for what JSON cannot hold: circular references, BigInt. */
  json(body?: unknown): void {
    put(this, 'content-type', 'Content-Type', 'application/json; charset=utf-8')
    this.send(JSON.stringify(body))
  }

  /**
   * Sends a string as it is, a Buffer or stream as bytes (`application/octet-stream` unless set), nothing for null and
   * undefined, and everything else as JSON.
   */
  send(body?: unknown): void {
    if (body === null || body === undefined) {
      this.end()
    } else if (this.statusCode === 204 || this.statusCode === 304) {
      for (const name of ['Content-Type', 'Content-Length', 'Transfer-Encoding']) this.removeHeader(name)
      if (body instanceof Readable) body.destroy()
      this.end()
    } else if (body instanceof Stream) {
      sendStream(this, body as Readable)
    } else if (Buffer.isBuffer(body)) {
      if (notModified(this, body)) return
      if (!this.hasHeader('Content-Type')) this.setHeader('Content-Type', 'application/octet-stream')
      sendWhole(this, body, body.length)
    } else if (typeof body === 'object' || typeof body === 'number' || typeof body === 'boolean') {
      const json = JSON.stringify(body)
      if (notModified(this, json)) return
      put(this, 'content-type', 'Content-Type', 'application/json; charset=utf-8')
      sendWhole(this, json, Buffer.byteLength(json))
    } else if (typeof body === 'string') {
      if (!notModified(this, body)) sendWhole(this, body, Buffer.byteLength(body))
    } else {
      // Next.js makes the tag before it looks at the type, and a function without parameters is as long as an empty text.
      if (typeof body === 'function' && body.length === 0) this.setHeader('ETag', etagOf(''))
      throw new TypeError(`res.send() cannot send a ${typeof body}`)
    }
  }

  /**
   * Redirects to a path or URL, which is sent as it is. The status defaults to 307.
   * @throws Error unless it is given (url) or (status, url).
   */
  redirect(url: string): this
  redirect(status: number, url: string): this
  redirect(statusOrUrl: number | string, url?: string): this {
    const [status, location] = typeof statusOrUrl === 'string' ? [307, statusOrUrl] : [statusOrUrl, url]
    if (typeof status !== 'number' || typeof location !== 'string') {
      throw new Error(
        `Invalid redirect arguments. Please use a single argument URL, e.g. res.redirect('/destination') or use a status code and URL, e.g. res.redirect(307, '/destination').`,
      )
    }
    this.writeHead(status, { Location: location })
    this.write(location)
    this.end()
    return this
  }

  /** Turns draft mode on (`enable: true`) or off for the client, by a cookie. */
  setDraftMode(options: { enable: boolean } | null = { enable: true }): this {
    return addCookies(this, draftModeCookies(Boolean(options?.enable)))
  }

  /**
   * Stores data with the client, encrypted and signed, for `req.previewData` of later requests.
   * @throws Error when it is not JSON or makes a token over 2 KB.
   */
  setPreviewData(data: object | string, options: PreviewOptions = {}): this {
    return addCookies(this, previewDataCookies(data, options))
  }

  /** Ends draft mode and drops preview data, once per response. */
  clearPreviewData(options: Pick<PreviewOptions, 'path'> = {}): this {
    if (this[STATE].previewCleared) return this
    this[STATE].previewCleared = true
    return addCookies(this, clearedPreviewCookies(options))
  }

  /**
   * Revalidates a page that uses getStaticProps, `/blog/post-1`: once it has resolved, the page is a new one.
   * @throws Error (as a rejection) for anything but a path, when no server is known that has the page, and with the reason when it could not be made.
   */
  async revalidate(urlPath: string, options?: RevalidateOptions): Promise<void> {
    if (typeof urlPath !== 'string' || !urlPath.startsWith('/')) {
      throw new Error(`Invalid urlPath provided to revalidate(), must be a path e.g. /blog/post-1, received ${urlPath}`)
    }
    const { owner } = this[STATE]
    try {
      if (!owner?.revalidate) throw new Error('the build has found no file that mentions `revalidate`')
      await owner.revalidate(urlPath, options || {}) // as in Next.js, null too
    } catch (error) {
      throw new Error(`Failed to revalidate ${urlPath}: ${error instanceof Error ? error.message : error}`, { cause: error })
    }
  }

  // ---- what Next.js changes in node:http's own methods

  /** After the headers are sent this is ignored, as in Next.js. Set-Cookie loses exact duplicates. */
  override setHeader(name: string, value: number | string | readonly string[]): this {
    if (this.headersSent) return this
    return super.setHeader(name, name.toLowerCase() === 'set-cookie' ? cookieList(value) : value)
  }

  /** @throws RangeError for a status that is not a final HTTP status (RFC 9110 15): every answer comes through here. */
  override writeHead(status: number, reason?: string | OutgoingHttpHeaders | OutgoingHttpHeader[], headers?: OutgoingHttpHeaders | OutgoingHttpHeader[]): this {
    const code = status | 0 // as Node.js: '201' and 200.7 will do
    if (!this.headersSent && (code < 200 || code > 999)) throw new RangeError(`Invalid status code: ${status}`)
    if (this[STATE].awaitsContinue) this.shouldKeepAlive = false // the body may still come, and must not be read as a request
    return typeof reason === 'string' ? super.writeHead(status, reason, headers) : super.writeHead(status, reason ?? headers)
  }

  override write(chunk: unknown, encoding?: BufferEncoding | Done, done?: Done): boolean {
    if (this.writableEnded) return refuseLate(typeof encoding === 'function' ? encoding : done)
    this[STATE].bytes += lengthOf(chunk, encoding)
    return super.write(chunk, encoding as BufferEncoding, done)
  }

  override end(chunk?: unknown, encoding?: unknown, done?: unknown): this {
    if (this.writableEnded) return super.end([chunk, encoding, done].find((argument) => typeof argument === 'function') as Done | undefined)
    const state = this[STATE]
    const length = chunk === state.whole ? state.wholeLength : lengthOf(chunk, encoding)
    state.bytes += length
    if (typeof chunk === 'string' && encoding === undefined && length === chunk.length) endWithAscii(this, chunk, (text) => super.end(text, done as () => void))
    else super.end(chunk as never, encoding as BufferEncoding, done as () => void)
    warnIfLarge(this)
    return this
  }
}

/** Quiet, as in Next.js, but for those who ask to be told. */
function refuseLate(done: Done | undefined): false {
  if (done) process.nextTick(done, new Error('write after end'))
  return false
}

function sendWhole(res: ApiResponse, body: string | Buffer, length: number): void {
  put(res, 'content-length', 'Content-Length', length)
  res[STATE].whole = body
  res[STATE].wholeLength = length
  res.end(body)
}

/**
 * Sets the body's ETag, and answers 304 if the client has it already. RFC 9110 13.1.2: only for GET and HEAD, and
 * only instead of a success.
 */
function notModified(res: ApiResponse, body: string | Buffer): boolean {
  const etag = etagOf(body)
  put(res, 'etag', 'ETag', etag)
  const { method, headers } = res.req
  const conditional = (method === 'GET' || method === 'HEAD') && res.statusCode >= 200 && res.statusCode < 300
  if (!conditional || !isFresh(headers, etag)) return false
  res.statusCode = 304
  res.end()
  return true
}

function sendStream(res: ApiResponse, body: Readable): void {
  if (!res.hasHeader('Content-Type')) res.setHeader('Content-Type', 'application/octet-stream')
  if (res.destroyed) {
    body.destroy?.() // the client has gone already
    return
  }
  finished(body, { writable: false }, (error) => {
    if (error && !res.destroyed) res[STATE].owner?.fail(res.req, res, error)
  })
  res.on('close', () => body.destroy?.())
  body.pipe(res)
}

function addCookies<Res extends ApiResponse>(res: Res, cookies: string[]): Res {
  const earlier = res.getHeader('Set-Cookie')
  const list = Array.isArray(earlier) ? earlier : typeof earlier === 'string' ? [earlier] : []
  return res.setHeader('Set-Cookie', [...list, ...cookies])
}

function lengthOf(chunk: unknown, encoding: unknown): number {
  if (typeof chunk === 'string') return Buffer.byteLength(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
  return ArrayBuffer.isView(chunk) ? chunk.byteLength : 0
}

function warnIfLarge(res: ApiResponse): void {
  const { limit, bytes, owner } = res[STATE]
  if (limit === false || bytes < limit.bytes) return
  owner?.log.warn(
    `the response exceeds ${limit.text}. It was sent in full. ` +
      'API Routes are meant to respond quickly; config.api.responseLimit changes the limit or, with false, ends this warning.',
    res.req,
  )
}

function cookieList(value: unknown): string[] {
  return [...new Set(typeof value === 'string' ? [value] : Array.isArray(value) ? value : [])]
}
