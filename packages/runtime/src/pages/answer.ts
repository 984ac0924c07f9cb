/** A page as an answer. */

import { etagOf, isFresh } from '../etag.ts'
import type { ApiResponse } from '../response.ts'
import type { CachedPage } from './cache-store.ts'
import type { CacheState } from './page-cache.ts'

/** A year, in seconds: what Next.js takes for "for ever". */
const YEAR = 31_536_000

/** Of what is for one client only. As Next.js says it. */
export const PRIVATE = 'private, no-cache, no-store, max-age=0, must-revalidate'

/** What is worked out once for a page, and used by each answer. */
export interface PreparedPage {
  readonly page: CachedPage
  readonly bytes: number
  readonly etag: string
  readonly cacheControl: string
}

export function preparePage(page: CachedPage): PreparedPage {
  const { body, revalidate } = page
  return { page, bytes: Buffer.byteLength(body), etag: etagOf(body), cacheControl: cacheControlOf(revalidate) }
}

/** For caches between this server and the browser, as Next.js has it: fresh for as long as the page is, stale for a year. */
function cacheControlOf(revalidate: number | false): string {
  if (revalidate === false || revalidate >= YEAR) return `s-maxage=${YEAR}`
  return `s-maxage=${revalidate}, stale-while-revalidate=${YEAR - revalidate}`
}

/** @param state undefined: not from the cache, and not for anybody else. */
export function answerPage(res: ApiResponse, { page, bytes, etag, cacheControl }: PreparedPage, state: CacheState | undefined): void {
  const { status, location, body } = page
  res.statusCode = status
  res.setHeader('Cache-Control', state === undefined ? PRIVATE : cacheControl)
  if (state !== undefined) res.setHeader('x-apiroutes-cache', state)
  if (location !== undefined) {
    res.setHeader('Location', location)
    if (status === 308) res.setHeader('Refresh', `0;url=${location}`)
  } else {
    res.setHeader('Content-Type', status === 200 ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8')
  }
  if (status === 200) {
    res.setHeader('ETag', etag)
    if (isFresh(res.req.headers, etag)) {
      res.statusCode = 304
      res.end()
      return
    }
  }
  res.setHeader('Content-Length', bytes)
  res.end(body)
}
