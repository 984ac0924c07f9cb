// What a hand-written server needs to give the same answers, and nothing else. etag.js is the runtime's own: the same tag, at the same cost.
import { createServer } from 'node:http'
import { etagOf } from './etag.js'

const LIMIT = 1_048_576

export function sendJson(req, res, value) {
  const body = JSON.stringify(value)
  const etag = etagOf(body)
  if (req.method === 'GET' && req.headers['if-none-match'] === etag) {
    res.writeHead(304, { 'Content-Type': 'application/json; charset=utf-8', ETag: etag })
    res.end()
    return
  }
  res.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', ETag: etag, 'Content-Length': Buffer.byteLength(body) })
  res.end(body)
}

export function sendError(res, status, text) {
  res.writeHead(status, text, { 'Content-Length': Buffer.byteLength(text) })
  res.end(text)
}

/** Calls `use` with the parsed body, or answers 413 or 400. */
export function readJson(req, res, use) {
  const chunks = []
  let length = 0
  req.on('data', (chunk) => {
    length += chunk.length
    if (length <= LIMIT) chunks.push(chunk)
  })
  req.on('end', () => {
    if (length > LIMIT) return sendError(res, 413, 'Body exceeded 1mb limit')
    let body
    try {
      body = JSON.parse(Buffer.concat(chunks).toString())
    } catch {
      return sendError(res, 400, 'Invalid JSON')
    }
    use(body)
  })
}

export function listen(handler) {
  const server = createServer({ keepAliveTimeout: 65_000 }, handler)
  server.listen(Number(process.env.PORT), process.env.HOST)
}
