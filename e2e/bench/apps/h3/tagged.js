import { createHash } from 'node:crypto'
import { handleCacheHeaders } from 'h3'

/** JSON with a tag: h3 compares one with If-None-Match, but makes none by itself. */
export function tagged(event, value) {
  const body = JSON.stringify(value)
  event.res.headers.set('Content-Type', 'application/json; charset=utf-8')
  return handleCacheHeaders(event, { etag: `"${createHash('sha1').update(body).digest('base64url')}"` }) ? '' : body
}
