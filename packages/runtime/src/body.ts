/** Reads a request body within its limit, decodes and parses it by content type: the `bodyParser` of the contract. */

import type { IncomingMessage } from 'node:http'
import { parse as parseForm } from 'node:querystring'
import { parse as parseContentType } from 'content-type'
import getRawBody from 'raw-body'
import { HttpError } from './http-error.ts'
import type { ByteLimit } from './manifest.ts'

/** What `sizeLimit` stands for when a route does not set it, in bytes. */
export const DEFAULT_BODY_LIMIT: ByteLimit = { bytes: 1_048_576, text: '1mb' }

interface ContentType {
  readonly type: string
  readonly charset: string
}

/**
 * The parsed body, or a promise of it when there are bytes to wait for. No bytes are `null`, or an empty object where the type promises one. `res` is told once the request
 * is known to be acceptable, before the first byte is read.
 * @throws HttpError (or rejects with it) 413 over the limit (by Content-Length at once, without reading), 400 for what cannot be decoded or parsed.
 */
export function readBody(req: IncomingMessage, limit: ByteLimit, res: { acceptBody(): void }): unknown {
  const { headers } = req
  const contentType = headers['content-type']
  const contentLength = headers['content-length']
  const isChunked = headers['transfer-encoding'] !== undefined
  if (contentType === undefined && contentLength === undefined && !isChunked) return null // most requests
  const { type, charset } = contentTypeOf(contentType)
  const decoder = decoderOf(charset)
  const length = Number(contentLength ?? (isChunked ? Number.NaN : 0))
  if (length > limit.bytes) throw tooLarge(limit)

  if (length === 0) return parseBody('', true, type)
  res.acceptBody()
  const parse = (bytes: Buffer) => parseBody(decode(decoder, bytes), bytes.length === 0, type)
  return isChunked ? readLimited(req, limit).then(parse) : readKnown(req, parse)
}

async function readLimited(req: IncomingMessage, limit: ByteLimit): Promise<Buffer> {
  try {
    return await getRawBody(req, { limit: limit.bytes })
  } catch (error) {
    if (error instanceof Error && 'type' in error && error.type === 'entity.too.large') throw tooLarge(limit)
    throw unreadable()
  }
}

/**
 * A body as long as its Content-Length, which is within the limit: node:http sees to it that no more comes. raw-body would count what is known, which is a tenth of what a small
 * POST costs. Nothing is left of the bytes when they are parsed, however long the handler takes.
 */
function readKnown(req: IncomingMessage, parse: (bytes: Buffer) => unknown): Promise<unknown> {
  if (!req.readable || req.readableEncoding !== null) throw unreadable() // its sender is gone, or somebody else has read it
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      try {
        resolve(parse(Buffer.concat(chunks.splice(0))))
      } catch (error) {
        reject(error)
      }
    })
    req.on('close', () => {
      if (!req.readableEnded) reject(unreadable())
    })
  })
}

function unreadable(): HttpError {
  return new HttpError(400, 'Invalid body')
}

function tooLarge(limit: ByteLimit): HttpError {
  return new HttpError(413, `Body exceeded ${limit.text} limit`, 'config.api.bodyParser.sizeLimit changes it.')
}

/** A Content-Type that its grammar (RFC 9110 8.3) refuses counts as text/plain, as in Next.js. */
function contentTypeOf(header: string | undefined): ContentType {
  if (header === undefined) return TEXT
  if (header === JSON_TYPE.type) return JSON_TYPE // most bodies
  try {
    const { type, parameters } = parseContentType(header)
    return { type, charset: parameters.charset ?? 'utf-8' }
  } catch {
    return TEXT // content-type throws for one reason only
  }
}

const TEXT: ContentType = { type: 'text/plain', charset: 'utf-8' }
const JSON_TYPE: ContentType = { type: 'application/json', charset: 'utf-8' }

const UTF8 = new TextDecoder()

function decoderOf(charset: string): InstanceType<typeof TextDecoder> {
  if (charset.toLowerCase() === 'utf-8') return UTF8
  try {
    return new TextDecoder(charset)
  } catch {
    throw unreadable() // the Encoding Standard knows no such label
  }
}

/**
 * In one go for UTF-8, by Buffer, which is faster than TextDecoder for small bodies and no slower for large ones. Node.js 20 to 22 decode windows-1252 in one go as if it were ISO-8859-1, against the Encoding
 * Standard; in a stream they do not.
 */
function decode(decoder: InstanceType<typeof TextDecoder>, bytes: Buffer): string {
  return decoder === UTF8 ? bytes.toString('utf8', hasByteOrderMark(bytes) ? 3 : 0) : decoder.decode(bytes, { stream: true }) + decoder.decode()
}

function hasByteOrderMark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

function parseBody(text: string, empty: boolean, type: string): unknown {
  if (type === 'application/json' || type === 'application/ld+json') return parseJson(text)
  if (type === 'application/x-www-form-urlencoded') return parseForm(text)
  return empty ? null : text
}

function parseJson(text: string): unknown {
  if (text.length === 0) return {}
  try {
    return JSON.parse(text)
  } catch {
    throw new HttpError(400, 'Invalid JSON')
  }
}
