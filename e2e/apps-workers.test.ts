// Worker threads: of the project, of a pool, and of a package that finds its own files.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { type Exchange, exchange, startApp } from './support/app.ts'
import { temporaryFolder } from './support/temporary.ts'

describe('workers', async () => {
  const logFile = path.join(temporaryFolder(), 'logs/app.log')
  const app = await startApp('workers', { env: { LOG_FILE: logFile } })
  const row = (request: string, expected: Exchange) => it(request, async () => void (await exchange(app, request, expected)))

  row('GET /api/thread?below=100 - a worker written in TypeScript', { answer: { primes: 25, isMainThread: false } })
  row('GET /api/pool?below=100&below=1000 - piscina', {
    answer: [
      { primes: 25, inThread: true },
      { primes: 168, inThread: true },
    ],
  })
  row('GET /api/pool?below=x - an error of the worker', { status: 400, answer: { error: 'TypeError: below is no number' } })

  it('pino writes through its transport, to stdout and to a file', async () => {
    await exchange(app, 'POST /api/log', { body: { n: 1 }, status: 204 })
    await app.waitForLog(/"body":\{"n":1\},"msg":"received"\}\n/)
    const { time, ...entry } = JSON.parse(readFileSync(logFile, 'utf8'))
    assert.deepEqual(entry, { level: 30, body: { n: 1 }, msg: 'received' })
    assert.ok(time <= Date.now())
  })
})
