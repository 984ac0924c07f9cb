import { hasHeaders, put } from './put-header.ts'
import type { ApiResponse } from './response.ts'

/** A refusal that is the client's fault: its text is the body and the reason phrase. It is logged only when there is advice for the owner of the route. */
export class HttpError extends Error {
  static override readonly name = 'HttpError' // that of the class is a letter in server.js
  override name = 'HttpError'
  readonly statusCode: number
  readonly advice: string | undefined

  constructor(statusCode: number, message: string, advice?: string) {
    super(message)
    this.statusCode = statusCode
    this.advice = advice
  }
}

/** Headers that say how a body is coded; the error's own body is another one. */
const CODING = ['Transfer-Encoding', 'Content-Encoding', 'Trailer']

/** How long a refused body is read and thrown away, so that its sender sees the answer, in milliseconds. */
const LINGER = 10_000

/**
 * Answers with an error, whatever has happened to the response so far. Headers set so far are kept, as in Next.js,
 * but for those that frame the body that will not come.
 */
export function answerError(res: ApiResponse, statusCode: number, text: string): undefined {
  if (res.writableEnded) return
  if (res.headersSent) {
    cut(res)
    return
  }
  if (hasHeaders(res)) for (const name of CODING) if (res.hasHeader(name)) res.removeHeader(name)
  if (res.req.method === 'HEAD') res.removeHeader('Content-Length')
  else put(res, 'content-length', 'Content-Length', Buffer.byteLength(text))
  res.statusCode = statusCode
  res.statusMessage = text
  if (isBodyUnderWay(res)) endAfterBody(res, text)
  else res.end(text)
}

function isBodyUnderWay({ req, awaitsContinue }: ApiResponse): boolean {
  if (req.complete || awaitsContinue) return false
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
}

/**
 * Closing a connection on which bytes still arrive resets it, and the client may never see the answer. So the answer
 * is sent, and ended when the body has been, or when it takes too long: then the connection is cut.
 */
function endAfterBody(res: ApiResponse, text: string): void {
  const { req } = res
  res.write(text)
  const timer = setTimeout(() => req.destroy(), LINGER)
  req.once('end', () => res.end())
  req.once('close', () => clearTimeout(timer))
  req.resume()
}

/**
 * Ends an answer that has started so that nobody takes a part for the whole: without the last chunk, short of its
 * Content-Length, or, where the end of the connection would be the end of the body, with a reset.
 */
export function cut(res: ApiResponse): void {
  const { socket } = res
  if (!socket) {
    res.once('socket', () => setImmediate(cut, res)) // it waits for its turn behind the answer to an earlier request
    return
  }
  if (res.chunkedEncoding || res.hasHeader('Content-Length')) {
    res.uncork() // what has been written is sent
    socket.destroySoon()
  } else socket.resetAndDestroy()
}
