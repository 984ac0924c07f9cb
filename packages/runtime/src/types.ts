/// <reference types="node" preserve="true" />

/**
 * What users import: the names of Next.js, and the same things under our own. Interfaces over node:http's types, so
 * that wrappers, mocks and middleware can satisfy them too.
 */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PreviewOptions } from './preview.ts'

export interface NextApiRequest extends IncomingMessage {
  /** Ours, not of Next.js: the pattern of the route that answers, `/api/users/[id]`. */
  route?: string
  /** The query string and the route's params, params winning. Defaults to `{}`. */
  query: Partial<{ [key: string]: string | string[] }>
  /** The cookies the request sent. Defaults to `{}`. */
  cookies: Partial<{ [key: string]: string }>
  /** The body, parsed by its content type; `null` if none was sent; `undefined` with `bodyParser: false`. */
  // biome-ignore lint/suspicious/noExplicitAny: as in Next.js; existing handlers rely on it
  body: any
  /** True in draft mode, else undefined. */
  draftMode?: boolean
  /** True when preview data is there, else undefined. */
  preview?: boolean
  /** What setPreviewData stored; `false` without. */
  previewData?: PreviewData
}

/** Anything JSON can hold that setPreviewData was given, or `false`. */
export type PreviewData = string | false | object | undefined

// biome-ignore lint/suspicious/noExplicitAny: as in Next.js; existing handlers rely on it
export interface NextApiResponse<Data = any> extends ServerResponse {
  /** Sends a string, an object or a Buffer; objects as JSON. */
  send(body: Data): void
  /** Sends JSON. */
  json(body: Data): void
  /** Sets the status code. */
  status(statusCode: number): NextApiResponse<Data>
  /** Redirects to a path or URL; the status defaults to 307. */
  redirect(url: string): NextApiResponse<Data>
  redirect(status: number, url: string): NextApiResponse<Data>
  /** Turns draft mode on or off for this client. */
  setDraftMode(options: { enable: boolean }): NextApiResponse<Data>
  /** Stores data with the client, encrypted, for `req.previewData`: about 1 KB, as its token may have 2 KB. */
  setPreviewData(data: object | string, options?: PreviewOptions): NextApiResponse<Data>
  /** Ends draft mode and drops preview data. */
  clearPreviewData(options?: { path?: string }): NextApiResponse<Data>
  /** Makes a page new that uses getStaticProps: `/blog/post-1`. Rejects with the reason when that fails, or when no server is known that has it: docs/revalidate.md. */
  revalidate(urlPath: string, options?: { unstable_onlyGenerated?: boolean }): Promise<void>
}

/** The default export of a route. What it returns is ignored; a rejected promise is a 500. */
// biome-ignore lint/suspicious/noExplicitAny: as in Next.js; existing handlers rely on it
export type NextApiHandler<Data = any> = (req: NextApiRequest, res: NextApiResponse<Data>) => unknown

/** `export const config`. */
export interface PageConfig {
  api?: {
    /** Warn when a response is at least this large; `false` never warns. Default `'4mb'`. */
    responseLimit?: number | string | boolean
    /** `false` leaves the body to the handler as a stream; `sizeLimit` defaults to `'1mb'`. */
    bodyParser?: boolean | { sizeLimit?: number | string }
    /** The handler answers after it has returned; accepted, and not needed here. */
    externalResolver?: true | boolean
  }
  env?: string[]
  /** Seconds. */
  maxDuration?: number
  runtime?: 'nodejs'
  regions?: string | string[]
  preferredRegion?: string | string[]
}

/** What an `onRequestError` of instrumentation.ts is told of the request. */
interface ErrorRequest {
  /** With the query string. */
  path: string
  method: string
  headers: NodeJS.Dict<string | string[]>
}

/** Where it has failed. Here `routerKind` is always `'Pages Router'`, and `routeType` is `'route'` or, of a page, `'render'`; the rest is for code that is written for Next.js too. */
interface ErrorContext {
  routerKind: 'Pages Router' | 'App Router'
  /** The pattern of the route, `/api/users/[id]`. */
  routePath: string
  routeType: 'render' | 'route' | 'action' | 'proxy'
  renderSource?: 'react-server-components' | 'react-server-components-payload' | 'server-rendering'
  revalidateReason: 'on-demand' | 'stale' | undefined
}

/** The types of what instrumentation.ts exports. */
export declare namespace Instrumentation {
  type onRequestError = (error: unknown, errorRequest: Readonly<ErrorRequest>, errorContext: Readonly<ErrorContext>) => void | Promise<void>
}

export type ApiRequest = NextApiRequest
// biome-ignore lint/suspicious/noExplicitAny: as in Next.js; existing handlers rely on it
export type ApiResponse<Data = any> = NextApiResponse<Data>
// biome-ignore lint/suspicious/noExplicitAny: as in Next.js; existing handlers rely on it
export type ApiHandler<Data = any> = NextApiHandler<Data>
export type ApiConfig = PageConfig
