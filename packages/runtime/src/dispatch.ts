/** One request: match → load → body → handler, and what becomes of an error on the way. */

import { DEFAULT_BODY_LIMIT, readBody } from './body.ts'
import type { Health } from './health.ts'
import { answerError, HttpError } from './http-error.ts'
import type { Instrumentation } from './instrumentation.ts'
import type { Log } from './log.ts'
import type { ByteLimit, Leaf, Manifest, Params } from './manifest.ts'
import { matchRoute, noValues, paramsOf, staticPaths, type Values } from './match.ts'
import { type ApiRequest, patternOf } from './request.ts'
import type { ApiResponse, Owner } from './response.ts'
import { createRoutes, type LoadedRoute, type LoadPage, type Routes } from './routes.ts'
import { parseTarget } from './target.ts'

/** What `responseLimit` stands for when a route does not set it, in bytes. */
const DEFAULT_RESPONSE_LIMIT: ByteLimit = { bytes: 4_194_304, text: '4mb' }

export interface App extends Owner {
  readonly manifest: Manifest
  /** By whole path, what `manifest.tree` would find. */
  readonly statics: ReturnType<typeof staticPaths>
  readonly routes: Routes
  readonly log: Log
  readonly health: Health | undefined
  readonly instrumentation: Instrumentation | undefined
}

/** What not every app has. */
type Options = Partial<Pick<App, 'health' | 'instrumentation' | 'revalidate'>> & { readonly loadPage?: LoadPage | undefined }

export function createApp(manifest: Manifest, log: Log, { health, instrumentation, revalidate, loadPage }: Options = {}): App {
  /** Answers first: the log may have to read a large source map. */
  function fail(req: ApiRequest, res: ApiResponse, error: unknown): void {
    if (error instanceof HttpError) {
      answerError(res, error.statusCode, error.message)
      if (error.advice !== undefined) log.warn(`${error.message}. ${error.advice}`, req)
      if (patternOf(req) !== undefined) instrumentation?.requestFailed(req, error, log) // as in Next.js, for refused bodies too
      return
    }
    try {
      answerError(res, 500, 'Internal Server Error')
    } finally {
      log.error(req, error)
      instrumentation?.requestFailed(req, error, log)
    }
  }

  return {
    manifest,
    statics: staticPaths(manifest.leaves),
    routes: createRoutes(manifest.leaves, log, loadPage),
    log,
    health,
    instrumentation,
    revalidate,
    /** Middleware can wrap `res.end` so that even the answer to an error fails; nobody must be left waiting then. */
    fail(req, res, error) {
      try {
        fail(req, res, error)
      } catch (another) {
        log.error(req, another)
        req.socket.destroy()
      }
    },
  }
}

/** Never throws: whatever goes wrong becomes an answer, a log entry, or both. No promise is made for a request that waits for nothing. */
export function dispatch(app: App, req: ApiRequest, res: ApiResponse): void {
  try {
    const index = route(app, req, res)
    if (index === undefined) return
    const handling = app.instrumentation
      ? app.instrumentation.trace(req, res, async () => loadAndHandle(app, index, req, res))
      : loadAndHandle(app, index, req, res)
    if (isThenable(handling)) Promise.resolve(handling).catch((error: unknown) => app.fail(req, res, error))
  } catch (error) {
    app.fail(req, res, error)
  }
}

/** @returns what the handler does, or a promise of it. */
function loadAndHandle(app: App, index: number, req: ApiRequest, res: ApiResponse): unknown {
  const loading = app.routes.get(index)
  return loading instanceof Promise ? loading.then((route) => handle(app, route, req, res)) : handle(app, loading, req, res)
}

function handle(app: App, { config, handler }: LoadedRoute, req: ApiRequest, res: ApiResponse): unknown {
  res.begin(app, config.responseLimit ?? DEFAULT_RESPONSE_LIMIT)
  if (config.bodyParser === false) {
    res.acceptBody()
    return handler(req, res)
  }
  const body = readBody(req, config.bodyParser ?? DEFAULT_BODY_LIMIT, res)
  if (!(body instanceof Promise)) {
    req.body = body
    return handler(req, res)
  }
  return body.then((read: unknown) => {
    req.body = read
    return handler(req, res)
  })
}

function isThenable(value: unknown): boolean {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}

/**
 * The index of the route that answers, the request told of it; undefined when the request has been answered without one.
 * @throws HttpError 400 for what no route may see.
 */
function route({ manifest, statics, health }: App, req: ApiRequest, res: ApiResponse): number | undefined {
  if (hasTwoHosts(req.rawHeaders)) throw new HttpError(400, 'Bad Request') // RFC 9112 3.2
  const { url = '/' } = req
  if (url === '*' && req.method === 'OPTIONS') return answer(res.status(204), '')
  const mark = url.indexOf('?')
  const whole = statics(mark === -1 ? url : url.slice(0, mark))
  if (whole !== undefined && (mark === -1 || !url.includes('#', mark))) {
    req.begin({ pattern: (manifest.leaves[whole] as Leaf).pattern, params: {}, query: mark === -1 ? '' : url.slice(mark + 1) }, res)
    return whole
  }
  const target = parseTarget(url)
  if (target.kind === 'redirect') {
    res.setHeader('Location', target.location)
    res.setHeader('Refresh', `0;url=${target.location}`)
    return answer(res.status(308), target.location)
  }
  const { path, query } = target
  const values = noValues()
  const index = matchRoute(manifest.tree, path, values)
  const leaf = manifest.leaves[index]
  if (!(leaf && hidesHealth(leaf)) && health?.answer(path, res)) return undefined
  if (!leaf) return answerError(res, 404, 'Not Found') // by the thousand when somebody looks for weak spots, so no error is made for it
  req.begin({ pattern: leaf.pattern, params: decodedParams(leaf, path, values), query }, res)
  return index
}

/** A route does. A page for any path there is, such as pages/[slug].tsx, is not meant to. */
export function hidesHealth({ kind, params }: Leaf): boolean {
  return kind === 'api' || params.list.length === 0
}

function answer(res: ApiResponse, text: string): undefined {
  res.end(text)
}

function decodedParams(leaf: Leaf, path: string, values: Values): Params {
  try {
    return paramsOf(leaf, path, values)
  } catch {
    throw new HttpError(400, 'Bad Request') // a value that is not percent-encoded UTF-8
  }
}

function hasTwoHosts(rawHeaders: readonly string[]): boolean {
  let hosts = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts++
  }
  return hosts > 1
}
