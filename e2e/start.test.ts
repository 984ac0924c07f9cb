// The README's first command, word for word.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { it } from 'node:test'

it('npm start installs, builds the example, and serves it on PORT', { timeout: 120_000 }, async (t) => {
  // a group of its own: npm and its shell do not pass signals on
  const child = spawn('npm', ['start'], {
    cwd: path.join(import.meta.dirname, '..'),
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const ended = once(child, 'exit')
  t.after(async () => {
    process.kill(-Number(child.pid), 'SIGTERM')
    await ended
  })
  let url: string | undefined
  for await (const line of createInterface({ input: child.stdout })) {
    url = /listening on (http:\S+)/.exec(line)?.[1]
    if (url) break
  }
  assert.ok(url, 'npm start ended without a server')
  const response = await fetch(`${url}/api/hello`)
  assert.equal(response.status, 200)
  assert.deepEqual(await response.json(), { message: 'Hello, world!' })
})
