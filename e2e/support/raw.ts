// HTTP by hand: what a client would never send, and what it would hide of the answer.
import { once } from 'node:events'
import net from 'node:net'
import { parseHead, readBody } from '../conformance/wire.mjs'

export interface RawAnswer {
  readonly status: number
  readonly statusText: string
  /** Names in lower case, in the order of the wire. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>
  readonly body: string
  /** complete: as long as it said. cut: shorter. until-close: it did not say. */
  readonly end: 'complete' | 'cut' | 'until-close'
}

export interface RawOptions {
  /** Bytes sent one after the other, each in a packet of its own; strings are latin1. */
  readonly send: readonly (string | Uint8Array)[]
  readonly host?: string
  /** Close our side of the connection after sending. */
  readonly halfClose?: boolean
  /** How long the server may keep the connection open. */
  readonly timeoutMs?: number
}

export interface RawResult {
  readonly bytes: Buffer
  readonly text: string
  /** Whether the server closed the connection, rather than our timeout. */
  readonly closed: boolean
}

/** Sends bytes and collects what comes back until the server closes the connection. */
export async function sendRaw(port: number, { send, host = '127.0.0.1', halfClose = false, timeoutMs = 10_000 }: RawOptions): Promise<RawResult> {
  const socket = net.connect({ port, host, allowHalfOpen: true }).setNoDelay(true)
  const parts: Buffer[] = []
  let closed = true
  socket.on('data', (data) => parts.push(data))
  socket.on('end', () => socket.end())
  socket.on('error', () => {}) // a reset: what came before it is the answer
  const timer = setTimeout(() => {
    closed = false
    socket.destroy()
  }, timeoutMs)
  const end = new Promise((resolve) => socket.on('close', resolve))

  await once(socket, 'connect')
  for (const part of send) {
    if (!socket.writable) break
    socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part)
    await new Promise(setImmediate)
  }
  if (halfClose) socket.end()
  await end
  clearTimeout(timer)
  const bytes = Buffer.concat(parts)
  return { bytes, text: bytes.toString('latin1'), closed }
}

/** The answers in `bytes`, one for each of `methods`; interim answers count as answers. */
export function answersIn(bytes: Buffer, methods: readonly string[] = []): RawAnswer[] {
  const answers: RawAnswer[] = []
  for (let buffer = bytes; buffer.length > 0; ) {
    const head = parseHead(buffer)
    if (!head || 'bad' in head) throw new Error(`no HTTP answer: ${buffer.toString('latin1', 0, 200)}`)
    const raw = buffer.subarray(head.length)
    const method = methods[answers.filter(({ status }) => status >= 200).length] ?? 'GET'
    const { body, rest, end } = head.status < 200 ? ({ body: Buffer.alloc(0), rest: raw, end: 'complete' } as const) : readBody(head, raw, method)
    answers.push({ status: head.status, statusText: head.statusText, headers: head.headers, body: body.toString('utf8'), end })
    buffer = rest
  }
  return answers
}
