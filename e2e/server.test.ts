// What a replay of single requests cannot show: large and broken transfers, connections, loading, logs, the end.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { symlinkSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { buildOrThrow } from './support/build.ts'
import { answersIn, sendRaw } from './support/raw.ts'
import { startServer } from './support/server.ts'
import { temporaryProject } from './support/temporary.ts'

const files = {
  'lib/counter.ts': `console.log('counter loaded')\nlet count = 0\nexport const next = () => ++count\n`,
  'lib/slow.ts': `await new Promise((resolve) => setImmediate(resolve))\nexport const slow = 'loaded'\n`,
  'lib/broken.ts': `export const value = 1\nthrow new Error('the library does not load')\n`,
  'pages/api/one.ts': `import { next } from '../../lib/counter'\nexport default (req: any, res: any) => res.json(next())\n`,
  'pages/api/two.ts': `import { next } from '../../lib/counter'\nexport default (req: any, res: any) => res.json(next())\n`,
  'pages/api/await.ts': `import { slow } from '../../lib/slow'\nexport default (req: any, res: any) => res.send(slow)\n`,
  'pages/api/broken.ts': `import { value } from '../../lib/broken'\nexport default (req: any, res: any) => res.json(value)\n`,
  'pages/api/broken-too.ts': `import { value } from '../../lib/broken'\nexport default (req: any, res: any) => res.json(value)\n`,
  'pages/api/body.ts': `export default (req: any, res: any) => res.json(req.body)\n`,
  'pages/api/throw/[name].ts': `interface Unused {\n  a: 1\n}\n\nfunction inner(name: string): never {\n  throw new Error('thrown for ' + name)\n}\n\nexport default function handler(req: any, res: any) {\n  inner(req.query.name)\n}\n`,
  'pages/api/stray.ts': `export default (req: any, res: any) => {\n  setTimeout(() => { throw new Error('from a timer') }, 0)\n  Promise.reject(new Error('floating'))\n  res.send('answered')\n}\n`,
  'pages/api/count.ts': `export const config = { api: { bodyParser: false } }
export default async (req: any, res: any) => {
  let bytes = 0
  let peak = 0
  const before = process.memoryUsage().rss
  for await (const chunk of req) {
    bytes += chunk.length
    if (bytes % 64 < 8) peak = Math.max(peak, process.memoryUsage().rss)
  }
  res.json({ bytes, grown: Math.max(0, peak - before) })
}\n`,
  'pages/api/endless.ts': `export const config = { api: { bodyParser: false } }
export default (req: any, res: any) => {
  res.on('close', () => console.log('endless closed', res.writableFinished))
  const go = () => { while (res.write('x'.repeat(16384))); }
  res.on('drain', go)
  go()
}\n`,
  'pages/api/source.ts': `import { Readable } from 'node:stream'
export default (req: any, res: any) => {
  let sent = 0
  const source = new Readable({ read() { this.push('y'.repeat(16384)); if (++sent === 40 && req.query.fail) this.destroy(new Error('the source broke')) } })
  source.on('close', () => console.log('source closed'))
  res.send(source)
}\n`,
  'pages/api/upload.ts': `export default (req: any, res: any) => { console.log('handler ran'); res.end() }\n`,
  'pages/api/slow.ts': `import { once } from 'node:events'
export const config = { api: { bodyParser: false } }
export default async (req: any, res: any) => {
  const signal = once(process, 'SIGTERM')
  res.write('begun ')
  console.log('slow began')
  await signal
  console.log('slow saw the signal')
  for await (const _ of req);
  res.end('finished')
}\n`,
  'pages/api/raw.ts': `import getRawBody from 'raw-body'
export const config = { api: { bodyParser: false } }
export default async (req: any, res: any) => res.send((await getRawBody(req, { encoding: 'latin1', limit: '1kb' })) + typeof req.body)\n`,
}

describe('a running server', async () => {
  const project = temporaryProject(files)
  symlinkSync(path.join(import.meta.dirname, 'node_modules'), path.join(project, 'node_modules'))
  const { dist } = await buildOrThrow(project)
  const server = await startServer(dist)
  const get = async (target: string) => {
    const response = await server.fetch(target)
    return `${response.status} ${await response.text()}`
  }

  it('shares module state between routes, and loads a module exactly once', async () => {
    const answers = await Promise.all(['/api/one', '/api/two', '/api/one', '/api/two'].map(get))
    assert.deepEqual(answers.toSorted(), ['200 1', '200 2', '200 3', '200 4'])
    assert.equal(server.log.stdout.match(/counter loaded/g)?.length, 1)
  })

  it('answers at once after a module with top-level await has loaded, for requests that came meanwhile too', async () => {
    assert.deepEqual(await Promise.all(['/api/await', '/api/await'].map(get)), ['200 loaded', '200 loaded'])
  })

  it('gives the same error for each request to a route that does not load, and others are unharmed', async () => {
    assert.deepEqual([await get('/api/broken'), await get('/api/broken'), await get('/api/broken-too')], Array(3).fill('500 Internal Server Error'))
    await server.waitForLog(/GET \/api\/broken-too: Error: the library does not load\n {4}at .*lib\/broken\.ts:2:7/)
    assert.equal(server.log.stderr.match(/GET \/api\/broken: Error: the library does not load/g)?.length, 2)
    assert.equal(await get('/api/await'), '200 loaded')
  })

  it('logs an error once, with the route and the place in the source, without any flag', async () => {
    assert.equal(await get('/api/throw/x?secret=1'), '500 Internal Server Error')
    await server.waitForLog(
      /GET \/api\/throw\/\[name\]: Error: thrown for x\n {4}at inner \(pages\/api\/throw\/\[name\]\.ts:6:9\)\n {4}at handler \(pages\/api\/throw\/\[name\]\.ts:10:3\)\n {4}at apiroutes:runtime:\d+:\d+\n/,
    )
    assert.equal(server.log.stderr.match(/thrown for x/g)?.length, 1)
  })

  it('logs what no handler has caught, and lives on', async () => {
    assert.equal(await get('/api/stray'), '200 answered')
    await server.waitForLog(/uncaughtException: Error: from a timer\n {4}at .*pages\/api\/stray\.ts:2/)
    await server.waitForLog(/unhandledRejection: Error: floating/)
    assert.equal(await get('/api/await'), '200 loaded')
  })

  it('passes 100 MB through to a handler that reads the stream, at flat memory', async () => {
    const request = http.request({ port: server.port, host: '127.0.0.1', path: '/api/count', method: 'POST' })
    const chunk = Buffer.alloc(1 << 20, 'z')
    for (let i = 0; i < 100; i++) if (!request.write(chunk)) await once(request, 'drain')
    request.end()
    const [response] = await once(request, 'response')
    const { bytes, grown } = JSON.parse(await new Response(response).text())
    assert.equal(bytes, 100 << 20)
    assert.ok(grown < 48 << 20, `the process grew by ${grown} bytes`)
  })

  it('lets the handler read the body with raw-body', async () => {
    const response = await server.fetch('/api/raw', { method: 'POST', body: Buffer.from([0x63, 0xe9]) })
    assert.equal(await response.text(), 'céundefined')
  })

  it('survives a client that goes away in the middle of its body', async () => {
    const socket = net.connect(server.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write('POST /api/upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nhalf')
    await new Promise(setImmediate)
    socket.resetAndDestroy()
    assert.equal(await get('/api/await'), '200 loaded')
    assert.doesNotMatch(server.log.stdout, /handler ran/)
    assert.doesNotMatch(server.log.stderr, /api\/upload/)
  })

  it('tells a handler when the client goes away in the middle of an answer', async () => {
    const socket = net.connect(server.port, '127.0.0.1')
    socket.write('GET /api/endless HTTP/1.1\r\nHost: a\r\n\r\n')
    await once(socket, 'data')
    socket.destroy()
    await server.waitForLog(/endless closed false/)
    assert.equal(await get('/api/await'), '200 loaded')
  })

  it('ends a stream that was sent when the client goes away', async () => {
    const socket = net.connect(server.port, '127.0.0.1')
    socket.write('GET /api/source HTTP/1.1\r\nHost: a\r\n\r\n')
    await once(socket, 'data')
    socket.destroy()
    await server.waitForLog(/source closed/)
  })

  it('cuts an answer whose source fails, so that nobody takes it for whole', async () => {
    await assert.rejects(async () => (await server.fetch('/api/source?fail=1')).text())
    await server.waitForLog(/GET \/api\/source: Error: the source broke/)
  })

  it('keeps connections and answers pipelined requests in order', async () => {
    const requests = [
      'GET /api/await HTTP/1.1\r\nHost: a\r\n\r\n',
      'POST /api/body HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n{',
      'GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n',
      'GET /api/await HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    ]
    const { bytes } = await sendRaw(server.port, { send: [requests.join('')] })
    assert.deepEqual(
      answersIn(bytes).map(({ status, body }) => `${status} ${body}`),
      ['200 loaded', '400 Invalid JSON', '404 Not Found', '200 loaded'],
    )
  })

  function decodes(charset: string, bytes: number[], expected: string) {
    it(`decodes ${charset} without iconv-lite`, async () => {
      const response = await server.fetch('/api/body', {
        method: 'POST',
        headers: { 'content-type': `text/plain; charset=${charset}` },
        body: Buffer.from(bytes),
      })
      assert.equal(await response.json(), expected)
    })
  }
  decodes('latin1', [0x63, 0x61, 0x66, 0xe9], 'café')
  decodes('utf-16le', [0xac, 0x20, 0x31, 0x00], '€1')
  decodes('shift_jis', [0x93, 0xfa, 0x96, 0x7b], '日本')
  decodes('gbk', [0xc4, 0xe3], '你')

  it('finishes requests in flight after SIGTERM, takes no new connections, and exits 0', async () => {
    const socket = net.connect(server.port, '127.0.0.1')
    socket.write('POST /api/slow HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n')
    await server.waitForLog(/slow began/)
    const answer = text(socket)
    const exit = server.stop()
    await server.waitForLog(/slow saw the signal/)
    await server.waitForLog(/SIGTERM: no new connections, 1 in flight/)
    await assert.rejects(once(net.connect(server.port, '127.0.0.1'), 'connect'), { code: 'ECONNREFUSED' })
    socket.write('!')
    assert.match(await answer, /begun [\s\S]*finished\r\n0\r\n\r\n$/)
    assert.equal(await exit, 0)
  })
})
