import { IncomingMessage } from 'node:http'
import { parse as parseCookies } from 'cookie'
import type { Params } from './match.ts'
import { readPreview } from './preview.ts'
import { parseQuery, type Query } from './query.ts'
import type { ApiResponse } from './response.ts'

export type Cookies = Partial<Record<string, string>>

/** What dispatch knows of a request once it has found its route. */
export interface Routed {
  readonly pattern: string
  readonly params: Params
  /** What follows the `?` of the target. */
  readonly query: string
}

/**
 * node:http's own request with the helpers of the contract. They are accessors of the prototype: a request costs
 * nothing for what its handler does not read, and all of them can be assigned.
 */
export class ApiRequest extends IncomingMessage {
  #routed: Routed | undefined
  #query: Query | undefined
  #cookies: Cookies | undefined
  #body: unknown
  #preview: { data: unknown } | undefined
  #res: ApiResponse | undefined

  /** @internal Called once by dispatch. As Next.js, it fills in the x-forwarded-* headers that no proxy has sent. */
  begin(routed: Routed, res: ApiResponse): void {
    this.#routed = routed
    this.#res = res
    const { headers, socket } = this
    headers['x-forwarded-host'] ??= headers.host
    headers['x-forwarded-proto'] ??= 'http'
    headers['x-forwarded-port'] ??= String(socket.localPort)
    headers['x-forwarded-for'] ??= socket.remoteAddress?.replace(/^::ffff:(?=[\d.]+$)/, '')
  }

  /** The pattern of the route that answers, `/api/users/[id]`. */
  get route(): string | undefined {
    return this.#routed?.pattern
  }

  /** The query string and the route's params, params winning. Defaults to `{}`. */
  get query(): Query {
    this.#query ??= this.#routed ? parseQuery(this.#routed.query, this.#routed.params) : {}
    return this.#query
  }
  set query(value: Query) {
    this.#query = value
  }

  /** The cookies the request sent, the first of a name winning. Defaults to `{}`. */
  get cookies(): Cookies {
    // Object.assign, for a plain prototype; it also drops `__proto__`, since a string is no prototype.
    this.#cookies ??= Object.assign({}, parseCookies(this.headers.cookie ?? '', { decode: decodeCookie }))
    return this.#cookies
  }
  set cookies(value: Cookies) {
    this.#cookies = value
  }

  /** The body, parsed by its content type; `null` if none was sent; `undefined` with `bodyParser: false`. */
  // biome-ignore lint/suspicious/noExplicitAny: the documented type, which every existing handler relies on
  get body(): any {
    return this.#body
  }
  set body(value: unknown) {
    this.#body = value
  }

  /** True in draft mode, else undefined. */
  get draftMode(): boolean | undefined {
    return this.preview
  }
  set draftMode(value: boolean | undefined) {
    assign(this, 'draftMode', value)
  }

  /** True when preview data is there, else undefined. */
  get preview(): boolean | undefined {
    return this.previewData !== false ? true : undefined
  }
  set preview(value: boolean | undefined) {
    assign(this, 'preview', value)
  }

  /** What setPreviewData stored, `{}` in draft mode without data, `false` otherwise. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever the user stored
  get previewData(): any {
    this.#preview ??= { data: this.#readPreview() }
    return this.#preview.data
  }
  set previewData(value: unknown) {
    this.#preview = { data: value }
  }

  #readPreview(): unknown {
    const state = readPreview(this.cookies)
    if (state.on) return state.data
    if (state.stale) this.#res?.clearPreviewData()
    return false
  }
}

/** Hides a prototype's accessor behind a plain property. */
function assign(req: ApiRequest, name: string, value: unknown): void {
  Object.defineProperty(req, name, { value, writable: true, configurable: true, enumerable: true })
}

/** One layer of quotes goes, then percent-decoding; what is malformed stays as it is. */
function decodeCookie(value: string): string {
  const bare = value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value
  if (!bare.includes('%')) return bare
  try {
    return decodeURIComponent(bare)
  } catch {
    return bare
  }
}
