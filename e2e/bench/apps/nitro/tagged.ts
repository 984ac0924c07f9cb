import { createHash } from 'node:crypto'
import { type H3Event, handleCacheHeaders, setHeader } from 'h3'

/** JSON with a tag: Nitro's h3 compares one with If-None-Match, but makes none by itself. */
export function tagged(event: H3Event, value: unknown): string | undefined {
  const body = JSON.stringify(value)
  setHeader(event, 'Content-Type', 'application/json; charset=utf-8')
  return handleCacheHeaders(event, { etag: `"${createHash('sha1').update(body).digest('base64url')}"` }) ? undefined : body
}
