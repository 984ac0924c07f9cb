/** The project's `instrumentation.ts`: what it exports is called at the start, on errors of requests, and at the end. */

import { createRequire } from 'node:module'
import type { Log } from './log.ts'
import { type ApiRequest, patternOf } from './request.ts'
import type { ApiResponse } from './response.ts'
import { trace } from './tracing.ts'
import type { Instrumentation as Declared } from './types.ts'

/** Exports of the project's file, each of which may be missing. Source: Next.js, https://nextjs.org/docs/app/guides/instrumentation; onShutdown is ours. */
interface Exports {
  register?(): unknown
  onRequestError?: Declared.onRequestError
  onShutdown?(): unknown
}

export interface Instrumentation {
  readonly file: string
  /** Loads the file and awaits `register()`. @throws what either of them throws. */
  register(): Promise<void>
  /** Calls `onRequestError`; what that throws is logged. */
  requestFailed(req: ApiRequest, error: unknown, log: Log): void
  /** Handles a request whose route is known, in a span. */
  trace(req: ApiRequest, res: ApiResponse, handle: () => Promise<unknown>): Promise<unknown>
  /** Awaits the `onRequestError` that are under way, then `onShutdown()`. */
  shutDown(): Promise<void>
}

/** @param file as messages name it. */
export function instrumentation(file: string, load: () => Promise<unknown>): Instrumentation {
  let exports: Exports = {}
  const reports = new Set<Promise<void>>()

  async function report(req: ApiRequest, error: unknown, log: Log): Promise<void> {
    const request = { path: req.url ?? '/', method: req.method ?? 'GET', headers: req.headers }
    const routePath = patternOf(req) ?? ''
    try {
      const routeType = /^\/api(\/|$)/.test(routePath) ? 'route' : 'render'
      await exports.onRequestError?.(error, request, { routerKind: 'Pages Router', routePath, routeType, revalidateReason: undefined })
    } catch (another) {
      log.error(`onRequestError in ${file}`, another)
    }
  }

  return {
    file,
    async register() {
      exports = checked(file, await load())
      await exports.register?.()
      createRequire(process.execPath)('node:http') // what instruments modules when they are required has its chance
    },
    requestFailed(req, error, log) {
      const reporting = report(req, error, log).finally(() => reports.delete(reporting))
      reports.add(reporting)
    },
    trace,
    async shutDown() {
      await Promise.all(reports)
      await exports.onShutdown?.()
    },
  }
}

/** The functions a module exports, be it an ES module or CommonJS. @throws TypeError for what is none. */
function checked(file: string, module: unknown): Exports {
  const found: Record<string, unknown> = {}
  for (const name of ['register', 'onRequestError', 'onShutdown']) {
    const value = property(module, name) ?? property(property(module, 'default'), name)
    if (value !== undefined && typeof value !== 'function') throw new TypeError(`${name} in ${file} must be a function, got ${typeof value}`)
    found[name] = value
  }
  return found
}

function property(value: unknown, name: string): unknown {
  return (value as Record<string, unknown> | null | undefined)?.[name]
}
