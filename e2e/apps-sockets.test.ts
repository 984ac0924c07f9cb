// What outlives a request: sockets that a handler takes over, and streams.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it, type TestContext } from 'node:test'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import { exchange, startApp } from './support/app.ts'

describe('sockets', async () => {
  const app = await startApp('sockets')
  const url = `http://127.0.0.1:${app.port}`

  async function connect(t: TestContext, transport: 'polling' | 'websocket') {
    const socket = io(url, { path: '/api/socket', addTrailingSlash: false, transports: [transport], forceNew: true })
    t.after(() => socket.close())
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject))
    return socket
  }

  await exchange(app, 'GET /api/socket', {}) // attaches it; from now on it answers there itself
  for (const transport of ['polling', 'websocket'] as const) {
    it(`socket.io through res.socket.server, by ${transport}`, async (t) => {
      const [alice, bob] = await Promise.all([connect(t, transport), connect(t, transport)])
      await Promise.all([alice.emitWithAck('join', transport), bob.emitWithAck('join', transport)])
      const said = new Promise((resolve) => bob.once('said', resolve))
      alice.emit('say', transport, 'hello')
      assert.equal(await said, 'hello')
      assert.equal(await alice.emitWithAck('upload', new Uint8Array(100_000)), 100_000)
      await exchange(app, 'GET /api/events/push', { answer: { heard: false } }) // routes go on to answer
    })
  }

  it('ws takes upgrades of the same server', async (t) => {
    await exchange(app, 'GET /api/ws', { status: 426 })
    const socket = new WebSocket(`${url}/api/ws?name=ada`)
    t.after(() => socket.terminate())
    const [hello] = await once(socket, 'message')
    assert.equal(String(hello), 'hello ada')
    for (const sent of ['text', Buffer.alloc(70_000, 1)]) {
      const echoed = once(socket, 'message')
      socket.send(sent)
      const [data, isBinary] = await echoed
      assert.deepEqual([Buffer.from(sent).equals(data), isBinary], [true, typeof sent !== 'string'])
    }
    socket.close(1000, 'done')
    const [code] = await once(socket, 'close')
    assert.equal(code, 1000)
  })

  it('server-sent events arrive one by one, and the handler learns that the client has gone', { timeout: 30_000 }, async () => {
    const leaving = new AbortController()
    const response = await app.fetch('/api/events', { signal: leaving.signal }) // resolves by the headers: no event was sent yet
    assert.equal(response.headers.get('content-type'), 'text/event-stream')
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    for (const n of [1, 2, 3]) {
      await exchange(app, 'POST /api/events/push', { body: { n }, answer: { heard: true } })
      assert.deepEqual(await reader?.read(), { done: false, value: `data: {"n":${n}}\n\n` })
    }
    leaving.abort()
    await exchange(app, 'GET /api/events/clients', { answer: { connected: 1, aborted: 1 } })
    await exchange(app, 'POST /api/events/push', { body: {}, answer: { heard: false } })
  })

  it('ends although sockets are open', async (t) => {
    const socket = await connect(t, 'websocket')
    const closed = new Promise((resolve) => socket.once('disconnect', resolve))
    assert.equal(await app.stop(), 0)
    assert.match(String(await closed), /^transport (close|error)$/)
  })
})
