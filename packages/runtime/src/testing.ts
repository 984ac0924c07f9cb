/** For the tests of this package: an app made of functions on a real node:http server, and a client that sees every byte. */

import assert from 'node:assert/strict'
import { type AddressInfo, connect } from 'node:net'
import type { TestContext } from 'node:test'
import { readConfig } from './config.ts'
import { type App, createApp } from './dispatch.ts'
import { readEnv } from './env.ts'
import { createHttpServer } from './http-server.ts'
import type { ApiLeaf, ConfigReader, Manifest } from './manifest.ts'
import type { Handler } from './routes.ts'
import { createTestLog, type Logged } from './testing-log.ts'
import { createTree, paramsIn } from './testing-tree.ts'

/** A route: its handler, or how its module loads; `config` is what the user would export. */
export interface TestRoute {
  readonly handler?: Handler
  readonly load?: () => Promise<unknown>
  readonly config?: unknown
  readonly reader?: ConfigReader
}

/** By pattern, `/api/users/[id]`. */
export type TestRoutes = Readonly<Record<string, Handler | TestRoute>>

export interface TestApp {
  readonly port: number
  /** What was logged as an error. */
  readonly log: Logged[]
  /** What was printed with console.warn. */
  readonly warnings: string[]
  /** One request on a connection of its own, and its answer. */
  ask(target: string, question?: Question): Promise<Answer>
  /** Sends the pieces as they are; resolves when the connection has ended, or after `answers` final answers. */
  exchange(pieces: readonly (string | Buffer)[], options?: ExchangeOptions): Promise<Exchange>
}

export interface Question {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** A chunked body instead. */
  readonly chunks?: readonly (string | Buffer)[]
  readonly version?: '1.0' | '1.1'
}

export interface Answer {
  readonly status: number
  readonly reason: string
  readonly headers: Readonly<Record<string, string[]>>
  readonly body: string
  readonly bytes: Buffer
  /** The body is shorter than its framing says. */
  readonly cut: boolean
}

export interface ExchangeOptions {
  readonly method?: string
  readonly answers?: number
}

export interface Exchange {
  readonly answers: Answer[]
  /** Statuses of interim answers, `100 Continue`. */
  readonly interim: number[]
  /** The connection ended with a reset, not in order. */
  readonly reset: boolean
}

/** An exchange that takes longer hangs. */
const TIMEOUT = 5_000

/** Starts the app and mocks console.warn; both end with the test. */
export async function startApp(test: TestContext, routes: TestRoutes): Promise<TestApp> {
  const log: TestApp['log'] = []
  return listen(test, createApp(createManifest(routes), createTestLog(log)), log)
}

/** Serves an app that logs its errors to `log`. */
export async function listen(test: TestContext, app: App, log: Logged[]): Promise<TestApp> {
  const warnings: string[] = []
  test.mock.method(console, 'warn', (text: string) => warnings.push(text))
  const server = createHttpServer(app, readEnv({}))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  test.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    log,
    warnings,
    ask: (target, question = {}) => ask(port, target, question),
    exchange: (pieces, options = {}) => exchange(port, pieces, options),
  }
}

/** Starts an app of one route, `/api/test`. */
export function startRoute(test: TestContext, route: Handler | TestRoute): Promise<TestApp> {
  return startApp(test, { '/api/test': route })
}

/** What the compiler would emit for these routes. */
export function createManifest(routes: TestRoutes): Manifest {
  const leaves = Object.entries(routes).map(([pattern, route]) => createLeaf(pattern, typeof route === 'function' ? { handler: route } : route))
  return { leaves, tree: createTree(leaves.map(({ pattern }) => pattern)) }
}

function createLeaf(pattern: string, { handler, load, config, reader }: TestRoute): ApiLeaf {
  return {
    kind: 'api',
    pattern,
    file: `pages${pattern}.ts`,
    params: paramsIn(pattern),
    config: reader ?? readConfig(config, console.warn),
    load: load ?? (() => Promise.resolve({ default: handler })),
  }
}

async function ask(port: number, target: string, question: Question): Promise<Answer> {
  const { answers, reset } = await exchange(port, [requestText(target, question), ...bodyPieces(question)], question)
  const [answer, ...more] = answers
  assert.ok(answer, reset ? 'the connection was reset before an answer' : 'the connection ended without an answer')
  assert.equal(more.length, 0, 'there is more than one answer')
  return answer
}

/** The head of a request; `Connection: close`, a Host and the body's framing are added unless given. */
export function requestText(target: string, { method = 'GET', headers = {}, body, chunks, version = '1.1' }: Question = {}): string {
  const framing: Record<string, string> = chunks
    ? { 'Transfer-Encoding': 'chunked' }
    : body === undefined
      ? {}
      : { 'Content-Length': String(Buffer.byteLength(body)) }
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  const added = Object.entries({ Host: 'host.test', Connection: 'close', ...framing }).filter(([name]) => !given.has(name.toLowerCase()))
  const lines = [...added, ...Object.entries(headers)].map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${target} HTTP/${version}\r\n${lines.join('')}\r\n`
}

/** In one piece: what arrives in which packet is for tests of readBody alone. */
function bodyPieces({ body, chunks }: Question): Buffer[] {
  if (!chunks) return body === undefined ? [] : [Buffer.from(body)]
  const framed = chunks.filter(({ length }) => length > 0).map((chunk) => [`${Buffer.byteLength(chunk).toString(16)}\r\n`, chunk, '\r\n'])
  return [Buffer.concat([...framed.flat(), '0\r\n\r\n'].map((part) => Buffer.from(part)))]
}

/** Strings are sent as latin1: one character is one byte. */
function exchange(
  port: number,
  pieces: readonly (string | Buffer)[],
  { method = 'GET', answers: wanted = Number.POSITIVE_INFINITY }: ExchangeOptions,
): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const timer = setTimeout(
      () => finish(new Error(`no end within ${TIMEOUT} ms; so far: ${Buffer.concat(received).toString('latin1').slice(0, 500)}`)),
      TIMEOUT,
    )
    const received: Buffer[] = []
    let reset = false

    function finish(error?: Error): void {
      clearTimeout(timer)
      socket.destroy()
      if (error) reject(error)
      else resolve({ ...parseAnswers(Buffer.concat(received), method), reset })
    }
    socket.on('data', (data) => {
      received.push(data)
      if (wanted < Number.POSITIVE_INFINITY && parseAnswers(Buffer.concat(received), method).answers.filter(({ cut }) => !cut).length >= wanted) finish()
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      reset ||= error.code === 'ECONNRESET' || error.code === 'EPIPE'
    })
    socket.on('close', () => finish())
    for (const piece of pieces) socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)
  })
}

function parseAnswers(bytes: Buffer, method: string): { answers: Answer[]; interim: number[] } {
  const answers: Answer[] = []
  const interim: number[] = []
  let at = 0
  while (bytes.indexOf('\r\n\r\n', at) !== -1) {
    const headEnd = bytes.indexOf('\r\n\r\n', at) + 4
    const [statusLine = '', ...lines] = bytes.toString('latin1', at, headEnd - 4).split('\r\n')
    const [, code = '', reason = ''] = /^HTTP\/1\.1 (\d{3}) (.*)$/.exec(statusLine) ?? assert.fail(`not a status line: ${statusLine}`)
    const status = Number(code)
    const headers = parseHeaders(lines)
    at = headEnd
    if (status < 200) {
      interim.push(status)
      continue
    }
    const hasBody = method !== 'HEAD' && status !== 204 && status !== 304
    const { body, end, cut } = hasBody ? parseBody(bytes, at, headers) : { body: Buffer.alloc(0), end: at, cut: false }
    answers.push({ status, reason, headers, body: body.toString(), bytes: body, cut })
    at = end
  }
  return { answers, interim }
}

function parseHeaders(lines: readonly string[]): Record<string, string[]> {
  const headers: Record<string, string[]> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    headers[name] ??= []
    headers[name].push(line.slice(colon + 1).trim())
  }
  return headers
}

type Body = { readonly body: Buffer; readonly end: number; readonly cut: boolean }

function parseBody(bytes: Buffer, from: number, headers: Answer['headers']): Body {
  const [length] = headers['content-length'] ?? []
  if (headers['transfer-encoding']) return parseChunks(bytes, from)
  if (length === undefined) return { body: bytes.subarray(from), end: bytes.length, cut: false }
  const end = Math.min(from + Number(length), bytes.length)
  return { body: bytes.subarray(from, end), end, cut: end < from + Number(length) }
}

function parseChunks(bytes: Buffer, from: number): Body {
  const lineEnd = bytes.indexOf('\r\n', from)
  if (lineEnd === -1) return { body: Buffer.alloc(0), end: bytes.length, cut: true }
  const start = lineEnd + 2
  const end = start + Number.parseInt(bytes.toString('latin1', from, lineEnd), 16)
  const chunk = bytes.subarray(start, end)
  if (end + 2 > bytes.length) return { body: chunk, end: bytes.length, cut: true }
  if (start === end) return { body: chunk, end: end + 2, cut: false }
  const rest = parseChunks(bytes, end + 2)
  return { ...rest, body: Buffer.concat([chunk, rest.body]) }
}

/** What an answer must show. Keys that are no property of an Answer are header names; `null` is an absent header. */
export type Expected = Readonly<Record<string, string | number | boolean | null | string[]>>

/** Compares what `expected` names, and only that. */
export function assertAnswer(answer: Answer, expected: Expected): void {
  const actual = Object.keys(expected).map((key) => [key, key in answer ? answer[key as keyof Answer] : headerOf(answer, key)])
  assert.deepEqual(Object.fromEntries(actual), expected)
}

function headerOf({ headers }: Answer, name: string): string | string[] | null {
  const values = headers[name]
  return values === undefined ? null : values.length === 1 ? (values[0] ?? '') : values
}

/** The JSON type of the contract. */
export const JSON_TYPE = 'application/json; charset=utf-8'
