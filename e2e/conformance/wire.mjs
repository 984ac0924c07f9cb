// Reads HTTP/1.1 answers byte for byte, faults included: an HTTP client would hide what these tests look for.

/** @typedef {{ status: number, statusText: string, headers: [name: string, value: string][], length: number }} Head */

/**
 * The status line and headers at the start of `buffer`; undefined while they are not complete, `{ bad }` when they are no HTTP answer.
 * @param {Buffer} buffer
 * @returns {Head | { bad: string } | undefined}
 */
export function parseHead(buffer) {
  const end = buffer.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [first = '', ...lines] = buffer.toString('latin1', 0, end).split('\r\n')
  const match = /^HTTP\/\d\.\d (\d{3}) ?(.*)$/.exec(first)
  if (!match) return { bad: first }
  return { status: Number(match[1]), statusText: match[2] ?? '', headers: lines.map(parseHeader), length: end + 4 }
}

/** @returns {[name: string, value: string]} */
function parseHeader(line) {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
}

/**
 * Skips the interim answers (100 Continue, 103 Early Hints) at the start of `buffer`.
 * @param {Buffer} buffer
 * @returns {{ interim: number[], head: Head | { bad: string } | undefined, raw: Buffer }} `raw` is what follows `head`
 */
export function skipInterim(buffer) {
  const interim = []
  for (let raw = buffer; ; ) {
    const head = parseHead(raw)
    if (!head || 'bad' in head) return { interim, head, raw }
    raw = raw.subarray(head.length)
    if (head.status >= 200 || head.status === 101) return { interim, head, raw }
    interim.push(head.status)
  }
}

/**
 * The body that follows `head`, how it ends, and the bytes after it.
 * @param {Head} head @param {Buffer} raw @param {string} method
 * @returns {{ body: Buffer, rest: Buffer, end: 'complete' | 'cut' | 'until-close' }}
 */
export function readBody(head, raw, method) {
  const nothing = raw.subarray(raw.length)
  // these end with their headers, whatever Content-Length says
  if (method === 'HEAD' || head.status === 204 || head.status === 304) return { body: nothing, rest: raw, end: 'complete' }
  if (isChunked(head)) return dechunk(raw)
  const length = headerOf(head, 'content-length')
  if (length === undefined) return { body: raw, rest: nothing, end: 'until-close' }
  return {
    body: raw.subarray(0, Number(length)),
    rest: raw.subarray(Number(length)),
    end: raw.length < Number(length) ? 'cut' : 'complete',
  }
}

/** @param {Head} head @param {string} name @returns {string | undefined} */
export function headerOf(head, name) {
  return head.headers.find(([key]) => key === name)?.[1]
}

/** @param {Head} head */
export function isChunked(head) {
  return /chunked/i.test(headerOf(head, 'transfer-encoding') ?? '')
}

function dechunk(raw) {
  const chunks = []
  const cut = () => ({ body: Buffer.concat(chunks), rest: raw.subarray(raw.length), end: 'cut' })
  for (let position = 0; ; ) {
    const lineEnd = raw.indexOf('\r\n', position)
    const size = lineEnd < 0 ? Number.NaN : Number.parseInt(raw.toString('latin1', position, lineEnd), 16)
    if (Number.isNaN(size)) return cut()
    const start = lineEnd + 2
    if (size === 0) return raw.indexOf('\r\n', start) < 0 ? cut() : { ...cut(), rest: raw.subarray(start + 2), end: 'complete' }
    chunks.push(raw.subarray(start, start + size))
    if (start + size > raw.length) return cut()
    position = start + size + 2
  }
}
