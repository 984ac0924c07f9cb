/** ETags as Next.js makes them, and when an answer to a conditional request is 304. */

import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** Above this many UTF-16 units a native digest is faster than FNV in JavaScript, and the tag may be any strong one. */
const FNV_MAX = 65_536

/** A strong ETag of a body. */
export function etagOf(body: string | Uint8Array): string {
  if (typeof body === 'string' && body.length <= FNV_MAX) {
    return `"${inBase36(fnv1a52(body))}${body.length.toString(36)}"`
  }
  return `"${createHash('sha1').update(body).digest('base64url')}"`
}

/**
 * FNV-1a with a 52-bit state over UTF-16 units: offset basis 0xcbf29ce484222325, prime 2^40 + 435, in four 16-bit
 * limbs (lowest first), the bits above 52 folded into the lowest limb.
 */
function fnv1a52(text: string): number {
  let a = 0x2325
  let b = 0x8422
  let c = 0x9ce4
  let d = 0xcbf2
  for (let i = 0; i < text.length; i++) {
    a ^= text.charCodeAt(i)
    // times 435, plus (limb << 40) which lands two limbs and a byte higher
    const a1 = a * 435
    const b1 = b * 435 + (a1 >>> 16)
    const c1 = c * 435 + (a << 8) + (b1 >>> 16)
    const d1 = d * 435 + (b << 8) + (c1 >>> 16)
    a = a1 & 0xffff
    b = b1 & 0xffff
    c = c1 & 0xffff
    d = d1 & 0xffff
  }
  return (d & 15) * 2 ** 48 + c * 2 ** 32 + b * 65_536 + (a ^ (d >> 4))
}

const FIVE_DIGITS = 36 ** 5

/** As `number.toString(36)` of an integer below 2^53, in two halves that are small integers: of larger numbers V8 divides digit by digit in floating point, which takes longer than all else of a tag. */
export function inBase36(number: number): string {
  const high = Math.floor(number / FIVE_DIGITS)
  const low = (number % FIVE_DIGITS).toString(36)
  return high === 0 ? low : high.toString(36) + low.padStart(5, '0')
}

/**
 * Does the client hold this representation already? Weak comparison (RFC 9110 8.8.3.2) of If-None-Match. As in
 * Next.js, `Cache-Control: no-cache` asks for a full answer, and so does any If-Modified-Since: there is no date to compare it with.
 */
export function isFresh(headers: IncomingHttpHeaders, etag: string): boolean {
  const match = headers['if-none-match']
  if (match === undefined || headers['if-modified-since'] !== undefined) return false
  const cacheControl = headers['cache-control']
  if (cacheControl !== undefined && /(?:^|,)\s*no-cache\s*(?:,|$)/.test(cacheControl)) return false
  if (match === '*' || match === etag) return true
  return match.split(',').some((item) => item.trim().replace(/^W\//, '') === etag)
}
