import assert from 'node:assert/strict'
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { after } from 'node:test'
import { type BuildOptions, buildOrThrow, diagnosticCodes } from './build.ts'
import { type Server, startServer } from './server.ts'
import { temporaryFolder } from './temporary.ts'

const apps = path.join(import.meta.dirname, '../apps')
const workspace = path.join(import.meta.dirname, '../..')
/** A route that never answers fails its test. */
const answerWithinMs = 30_000

export interface AppOptions {
  /** The codes of the warnings that the build is to print, in order. */
  readonly warnings?: readonly string[]
  readonly build?: BuildOptions
  /** The environment of the server. */
  readonly env?: Readonly<Record<string, string>>
}

/** A request to an app, and what must come back. */
export interface Exchange extends Omit<RequestInit, 'body'> {
  /** What is not a string or bytes is sent as JSON. */
  readonly body?: unknown
  /** Default 200. */
  readonly status?: number
  /** Headers of the answer, by their names in lower case; null: it must not have it. */
  readonly answerHeaders?: Readonly<Record<string, string | RegExp | null>>
  /** A string is the text of the answer, a RegExp matches it, anything else is what it is as JSON. */
  readonly answer?: unknown
}

/**
 * Builds `e2e/apps/<name>` with the real command line, and serves a copy of its `dist/` from an empty folder,
 * far from the packages it was made of. To be called in a `describe`, which stops it.
 */
export async function startApp(name: string, { warnings = [], build = {}, env = {} }: AppOptions = {}): Promise<Server> {
  const project = path.join(apps, name)
  rmSync(path.join(project, 'dist'), { recursive: true, force: true }) // nothing of an earlier build may help
  const built = await buildOrThrow(project, build)
  assert.deepEqual(diagnosticCodes(built), warnings, built.stderr)
  assert.ok(!readFileSync(path.join(built.dist, 'server.js'), 'utf8').includes(workspace), 'server.js names no folder of this machine')

  const dist = path.join(temporaryFolder(), 'deployed')
  cpSync(built.dist, dist, { recursive: true, verbatimSymlinks: true })
  for (let above = path.dirname(dist); above !== path.dirname(above); above = path.dirname(above)) {
    assert.ok(!existsSync(path.join(above, 'node_modules')), `there are packages in ${above}`)
  }
  const server = await startServer(dist, { env })
  after(async () => {
    await server.stop()
  })
  return server
}

/** Sends a request, `POST /api/a`, and checks the answer. What follows ` - ` in the request is a remark. */
export async function exchange(app: Server, request: string, { status = 200, answerHeaders = {}, answer, body, ...init }: Exchange): Promise<Response> {
  const [method = '', target = ''] = request.split(' ')
  const response = await app.fetch(target, {
    redirect: 'manual',
    signal: AbortSignal.timeout(answerWithinMs),
    ...init,
    method,
    ...encodeBody(body, init.headers),
  })
  const text = await response.clone().text()
  assert.equal(response.status, status, `${request}: ${text}\n${app.log.stderr.slice(-2000)}`)
  for (const [name, expected] of Object.entries(answerHeaders)) {
    const value = response.headers.get(name)
    if (expected instanceof RegExp) assert.match(value ?? '', expected, name)
    else assert.equal(value, expected, name)
  }
  checkAnswer(text, answer)
  return response
}

function encodeBody(body: unknown, headers: RequestInit['headers']): RequestInit {
  if (body === undefined) return {}
  if (typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData || body instanceof URLSearchParams) return { body }
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...(headers as Record<string, string>) } }
}

function checkAnswer(text: string, expected: unknown): void {
  if (typeof expected === 'string') assert.equal(text, expected)
  else if (expected instanceof RegExp) assert.match(text, expected)
  else if (expected !== undefined) assert.deepEqual(JSON.parse(text), expected)
}
