import { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { parse as parseCookies } from 'cookie'
import { endUnread } from './end-unread.ts'
import type { Params } from './manifest.ts'
import { readPreview } from './preview.ts'
import { parseQuery, type Query } from './query.ts'
import type { ApiResponse } from './response.ts'

export type Cookies = Partial<Record<string, string>>

/** node:http's own; its types do not have it. */
const { _dump: dump } = IncomingMessage.prototype as unknown as { _dump(this: IncomingMessage): void }

/** What dispatch knows of a request once it has found its route. */
export interface Routed {
  readonly pattern: string
  readonly params: Params
  /** What follows the `?` of the target. */
  readonly query: string
}

/** What a request remembers. Under a symbol, not private: it has to be found through a Proxy or an object that inherits, too. */
const STATE: unique symbol = Symbol('apiroutes request')

interface State {
  routed: Routed | undefined
  res: ApiResponse | undefined
  query: Query | undefined
  cookies: Cookies | undefined
  preview: { data: unknown } | undefined
}

/**
 * node:http's own request with the helpers of the contract. They are accessors of the prototype: a request costs
 * nothing for what its handler does not read, and all of them can be assigned.
 */
export class ApiRequest extends IncomingMessage {
  static override readonly name = 'ApiRequest' // that of the class is a letter in server.js
  /**
   * The body, parsed by its content type; `null` if none was sent; `undefined` with `bodyParser: false`. A plain property:
   * it outlives a change of prototype, as Express makes it.
   */
  // biome-ignore lint/suspicious/noExplicitAny: the documented type, which every existing handler relies on
  declare body: any
  readonly [STATE]: State = { routed: undefined, res: undefined, query: undefined, cookies: undefined, preview: undefined }

  /** @internal Called once by dispatch. As Next.js, it fills in the x-forwarded-* headers that no proxy has sent. */
  begin(routed: Routed, res: ApiResponse): void {
    this[STATE].routed = routed
    this[STATE].res = res
    const { headers } = this
    const { port, address } = endsOf(this.socket)
    if (headers.host !== undefined) headers['x-forwarded-host'] ??= headers.host
    headers['x-forwarded-proto'] ??= 'http'
    headers['x-forwarded-port'] ??= port
    if (address !== undefined) headers['x-forwarded-for'] ??= address
  }

  /** @internal Called by node:http when the request has been answered and nobody has read it. */
  _dump(): void {
    if (!endUnread(this)) dump.call(this)
  }

  /** The pattern of the route that answers, `/api/users/[id]`, whatever middleware calls `route`. */
  get route(): string | undefined {
    return this[STATE].routed?.pattern
  }
  set route(value: unknown) {
    assign(this, 'route', value)
  }

  /** The query string and the route's params, params winning. Defaults to `{}`. */
  get query(): Query {
    const state = this[STATE]
    state.query ??= state.routed ? parseQuery(state.routed.query, state.routed.params) : {}
    return state.query
  }
  set query(value: Query) {
    this[STATE].query = value
  }

  /** The cookies the request sent, the first of a name winning. Defaults to `{}`. */
  get cookies(): Cookies {
    // Object.assign, for a plain prototype; it also drops `__proto__`, since a string is no prototype.
    const state = this[STATE]
    state.cookies ??= Object.assign({}, parseCookies(this.headers.cookie ?? '', { decode: decodeCookie }))
    return state.cookies
  }
  set cookies(value: Cookies) {
    this[STATE].cookies = value
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
    const state = this[STATE]
    state.preview ??= { data: previewDataOf(this.cookies, state.res) }
    return state.preview.data
  }
  set previewData(value: unknown) {
    this[STATE].preview = { data: value }
  }
}

/** The two ends of a connection, as headers have them: worked out once, as most connections carry many requests. */
interface Ends {
  readonly port: string
  readonly address: string | undefined
}

const ENDS: unique symbol = Symbol('apiroutes ends')

function endsOf(socket: Socket & { [ENDS]?: Ends }): Ends {
  socket[ENDS] ??= { port: String(socket.localPort), address: socket.remoteAddress?.replace(/^::ffff:(?=[\d.]+$)/, '') }
  return socket[ENDS]
}

/** The pattern of the route that answers, whatever middleware has made of `req.route`. */
export function patternOf(req: ApiRequest): string | undefined {
  return req[STATE].routed?.pattern
}

/** The params of the route that answers, without the query string. */
export function routeParamsOf(req: ApiRequest): Params {
  return req[STATE].routed?.params ?? {}
}

function previewDataOf(cookies: Cookies, res: ApiResponse | undefined): unknown {
  const preview = readPreview(cookies)
  if (preview.on) return preview.data
  if (preview.stale) res?.clearPreviewData()
  return false
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
