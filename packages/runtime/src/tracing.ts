/**
 * Spans named by route, by whatever OpenTelemetry SDK `register()` has started. Nothing of OpenTelemetry is imported: its API is one
 * global object, so that any copy of the package, bundled or not, is the same one.
 */

import { pathOf } from './log.ts'
import type { ApiRequest } from './request.ts'
import type { ApiResponse } from './response.ts'

/** As @opentelemetry/api 1.x registers itself. */
const API = Symbol.for('opentelemetry.js.api.1')
/** As @opentelemetry/api names the span in a context, and @opentelemetry/core what its HTTP instrumentation wants to be told. */
const SPAN = Symbol.for('OpenTelemetry Context Key SPAN')
const RPC_METADATA = Symbol.for('OpenTelemetry SDK Context Key RPC_METADATA')

const KIND_SERVER = 1
const STATUS_ERROR = 2

/** The part of the API that is used. */
interface Api {
  readonly trace?: { getTracer(name: string): { startSpan(name: string, options: object, context: Context): Span } }
  readonly context?: { active(): Context; with<T>(context: Context, run: () => T): T; bind(context: Context, emitter: object): unknown }
  readonly propagation?: { extract(context: Context, carrier: object, getter: object): Context }
}

interface Context {
  getValue(key: symbol): unknown
  setValue(key: symbol, value: unknown): Context
}

interface Span {
  setAttribute(name: string, value: unknown): unknown
  setStatus(status: { code: number }): unknown
  recordException(error: unknown): void
  end(): void
}

const GETTER = {
  get: (headers: Record<string, unknown>, name: string) => headers[name.toLowerCase()],
  keys: (headers: object) => Object.keys(headers),
}

/** Handles a request whose route is known. The span that HTTP instrumentation has begun is told the route; where there is none, this begins one. */
export function trace(req: ApiRequest, res: ApiResponse, handle: () => Promise<unknown>): Promise<unknown> {
  const api = (globalThis as { [API]?: Api })[API]
  if (!api?.trace || !api.context) return handle()
  const outer = api.context.active()
  const metadata = outer.getValue(RPC_METADATA) as { route?: unknown } | undefined
  if (metadata) {
    metadata.route = req.route
    return handle()
  }
  const parent = api.propagation?.extract(outer, req.headers, GETTER) ?? outer
  const attributes = {
    'http.request.method': req.method,
    'http.route': req.route,
    'url.path': pathOf(req.url),
    'url.scheme': req.headers['x-forwarded-proto'],
  }
  const span = api.trace.getTracer('apiroutes').startSpan(`${req.method} ${req.route}`, { kind: KIND_SERVER, attributes }, parent)
  res.once('close', () => {
    if (res.headersSent) span.setAttribute('http.response.status_code', res.statusCode)
    if (res.statusCode >= 500) span.setStatus({ code: STATUS_ERROR })
    span.end()
  })
  const inner = parent.setValue(SPAN, span)
  for (const emitter of [req, res]) api.context.bind(inner, emitter) // node:http emits their events outside of it
  return api.context.with(inner, async () => {
    try {
      await handle()
    } catch (error) {
      span.recordException(error)
      span.setAttribute('error.type', error instanceof Error ? error.name : typeof error)
      throw error
    }
  })
}
