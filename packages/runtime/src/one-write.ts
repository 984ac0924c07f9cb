/** Sends an answer's head and body as one text: node:http writes a body of its own behind the head, and then an empty text, which together is a `writev`, at twice the cost of a `write`. */

import type { ServerResponse } from 'node:http'

/** What node:http keeps of an answer, under the same names since Node.js 10. */
interface Parts {
  _header: string | null
  _headerSent: boolean
  _contentLength: number | null
  readonly _hasBody: boolean
  readonly chunkedEncoding: boolean
  _implicitHeader(): void
}

/**
 * Ends an answer with a body of ASCII alone, as `end(text)` would, to the same bytes. Its head and body are both Latin-1 then, and the head is what `end()` has left to send.
 * @param end `end` of node:http, for this answer.
 */
export function endWithAscii(res: ServerResponse, text: string, end: (text?: string) => void): void {
  const parts = res as unknown as Parts
  if (parts._header === null) {
    parts._contentLength = text.length
    parts._implicitHeader()
  }
  const head = parts._header
  if (typeof head !== 'string' || parts._headerSent !== false || !parts._hasBody || parts.chunkedEncoding) {
    end(text)
    return
  }
  parts._header = head + text
  end()
  parts._header = head
}
