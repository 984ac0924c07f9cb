// The OpenTelemetry SDK, bundled and started in instrumentation.ts: HTTP spans have the pattern of their route.
import assert from 'node:assert/strict'
import path from 'node:path'
import { describe, it } from 'node:test'
import { buildOrThrow, diagnosticCodes } from './support/build.ts'
import { type Server, startServer } from './support/server.ts'

interface Span {
  readonly name: string
  readonly kind: number
  readonly attributes: Readonly<Record<string, unknown>>
  readonly status: number
  readonly error: string | null
  readonly trace: string
  readonly id: string
  readonly parent: string | undefined
}

/** W3C Trace Context, as a client sends it. */
const incoming = { trace: '0af7651916cd43dd8448eb211c80319c', parent: 'b7ad6b7169203331' }
const SERVER = 1
const ERROR = 2

describe('OpenTelemetry', async () => {
  const built = await buildOrThrow(path.join(import.meta.dirname, 'apps/opentelemetry'))

  it('builds without a warning', () => assert.deepEqual(diagnosticCodes(built), []))

  function traced(name: string, env: Record<string, string>) {
    it(name, async (t) => {
      const server = await startServer(built.dist, { env: { ...env, APIROUTES_PRELOAD: 'lazy' } })
      t.after(() => server.stop())
      const headers = { traceparent: `00-${incoming.trace}-${incoming.parent}-01` }
      assert.deepEqual(await (await server.fetch('/api/users/7?q=1', { headers })).json(), { id: '7', route: '/api/users/[id]' })
      assert.equal((await server.fetch('/api/users/8?fail=1')).status, 500)

      const spans = await spansOf(server, 'GET /api/users/[id]', 2)
      const [first, second] = ['/api/users/7', '/api/users/8'].map((path) => spans.find(({ attributes }) => attributes['url.path'] === path))
      assert.ok(first && second)
      for (const { name, kind, attributes } of [first, second]) {
        assert.deepEqual([name, kind, attributes['http.route'], attributes['http.request.method']], ['GET /api/users/[id]', SERVER, '/api/users/[id]', 'GET'])
      }
      assert.deepEqual([first.trace, first.parent], [incoming.trace, incoming.parent])
      assert.deepEqual([first.attributes['http.response.status_code'], second.attributes['http.response.status_code'], second.status], [200, 500, ERROR])
      const work = spans.filter((span) => span.name === 'work')
      assert.deepEqual(
        work.map(({ trace, parent }) => [trace, parent]),
        [first, second].map(({ trace, id }) => [trace, id]),
        'spans of the handler are children of the span of its request',
      )
      await server.fetch('/api/upload', { method: 'POST', body: 'x'.repeat(100_000) })
      const all = await spansOf(server, 'POST /api/upload')
      const upload = all.find((span) => span.name === 'POST /api/upload')
      assert.equal(all.find((span) => span.name === 'received')?.parent, upload?.id ?? 'none', 'what an event of the request begins is a child too')
      assert.equal(await server.stop(), 0)
      assert.match(server.log.stdout, /the SDK is shut down/)
    })
  }
  traced('without further instrumentation the server makes the spans', {})
  traced('with HTTP instrumentation its spans are told the route', { HTTP_INSTRUMENTATION: '1' })

  it('that of a request whose client goes has no status', async (t) => {
    const server = await startServer(built.dist)
    t.after(() => server.stop())
    const client = new AbortController()
    const answer = server.fetch('/api/users/9?wait=1', { signal: client.signal })
    await server.waitForLog(/waiting/)
    client.abort()
    await assert.rejects(answer, { name: 'AbortError' })
    await server.waitForLog(/the client has gone/)
    const span = (await spansOf(server, 'GET /api/users/[id]')).find(({ kind }) => kind === SERVER)
    assert.deepEqual([span?.name, span?.attributes['http.response.status_code']], ['GET /api/users/[id]', undefined])
  })

  it('a span of the server has the error', async (t) => {
    const server = await startServer(built.dist)
    t.after(() => server.stop())
    await server.fetch('/api/users/8?fail=1')
    const span = (await spansOf(server, 'GET /api/users/[id]')).find(({ kind }) => kind === SERVER)
    assert.deepEqual([span?.error, span?.attributes['error.type']], ['as asked', 'Error'])
  })
})

/** What has been exported, once it has this many spans of these requests: one ends a moment after its answer has arrived. */
async function spansOf(server: Server, name: string, count = 1): Promise<Span[]> {
  for (const end = Date.now() + 20_000; ; ) {
    const spans = (await (await server.fetch('/api/spans')).json()) as Span[]
    if (spans.filter((span) => span.name === name).length >= count) return spans
    assert.ok(Date.now() < end, `no ${count} spans ${name}: ${JSON.stringify(spans)}`)
  }
}
