/** Sends an answer as one text. node:http sends its head and its body as one, and then an empty text whose callback tells that all has been sent: a `writev` of two, at twice the cost of a `write`. */

import type { ServerResponse } from 'node:http'

/** What node:http keeps of an answer, under the same names since Node.js 10. */
interface Parts {
  _header: string | null
  _contentLength: number | null
  readonly _headerSent: boolean
  readonly _hasBody: boolean
  readonly chunkedEncoding: boolean
  _implicitHeader(): void
}

/**
 * Ends an answer with a body of ASCII alone, as `end(text)` would, to the same bytes. The head is what `end()` has left to send, in Latin-1, so for as long as it runs the body is part of the head.
 * A head beyond ASCII is sent as ever: node:http would send it in UTF-8, and cutting its characters to a byte could make line breaks of them.
 * @param end `end` of node:http, for this answer.
 */
export function endWithAscii(res: ServerResponse, text: string, end: (text?: string) => void): void {
  const parts = res as unknown as Parts
  if (res.destroyed || res.strictContentLength) {
    end(text)
    return
  }
  if (parts._header === null) {
    parts._contentLength = text.length
    parts._implicitHeader()
  }
  const head = parts._header
  const isWhole = typeof head === 'string' && parts._headerSent === false && parts._hasBody && !parts.chunkedEncoding
  if (!isWhole || Buffer.byteLength(head) !== head.length) {
    end(text)
    return
  }
  parts._header = head + text
  try {
    end()
  } finally {
    parts._header = head
  }
}
