import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { etagOf, inBase36, isFresh } from './etag.ts'
import { assertAnswer, JSON_TYPE, startRoute, type TestRoute } from './testing.ts'

describe('etagOf, as recorded from Next.js', () => {
  function tag(body: string, expected: string) {
    it(JSON.stringify(body), () => assert.equal(etagOf(body), `"${expected}"`))
  }

  tag('{"greeting":"hello from open"}', 'j9hrjo9bcgu')
  tag('', '78p3gz236i0')
  tag('null', 'wm6yxsynvh4')
  tag('0', 'a6v68shvmh1')
  tag('7', 'a5p2x1zrz41')
  tag('{}', 'bwc9mymkdm2')
  tag('""', 'yjanuu0u3d2')
  tag('{"a":1}', '147uiiad94i7')
  tag('true', 'ywwejgvrps4')
  tag('false', 'u64e2dhd7r5')
  tag('plain string', '1m44xe3crqc')
  tag('<h1>hi</h1>', '178mu364r34b')
  tag('fixed payload', '1140z5ax55cd')
  tag('{"fixed":"payload"}', 'cnji1meavaj')
  tag('{"price":"19.99 EUR"}', 'ccro6ae2s8l')
  tag('"1970-01-02T00:00:00.000Z"', '3mefbg0pj3q')
  tag('čau 🎈', '12kea12i2n06')
  tag('z'.repeat(99), '14tjzfa6g72r')
  tag('z'.repeat(100), 'didslylvo42s')
})

describe('etagOf', () => {
  /** RFC 9110 8.8.3: quotes around visible ASCII, and no `W/`. */
  const STRONG = /^"[\x21\x23-\x7e]+"$/
  /** FNV-1a over UTF-16 units, 52 bits, in plain arithmetic: Next.js's hash without its limbs. */
  function specify(text: string): string {
    let hash = 0xcbf29ce484222325n
    const prime = 2n ** 40n + 435n
    for (let i = 0; i < text.length; i++) hash = ((hash ^ BigInt(text.charCodeAt(i))) * prime) % 2n ** 64n
    const folded = (hash & (2n ** 52n - 1n)) ^ (hash >> 52n)
    return `"${folded.toString(36)}${text.length.toString(36)}"`
  }

  it('is the same for equal bodies and a strong tag', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (body) => {
        assert.equal(etagOf(body), etagOf(`${body}`))
        assert.match(etagOf(body), STRONG)
        assert.match(etagOf(Buffer.from(body)), STRONG)
        assert.equal(etagOf(Buffer.from(body)), etagOf(Buffer.from(body)))
      }),
    )
  })

  it('has a hash in base 36, whatever its size', () => {
    const numbers = fc.integer({ min: 0, max: 53 }).chain((bits) => fc.integer({ min: 0, max: 2 ** bits - 1 }))
    fc.assert(fc.property(numbers, (number) => assert.equal(inBase36(number), number.toString(36))))
  })

  it('is 52-bit FNV-1a', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.json())
    fc.assert(
      fc.property(text, (body) => assert.equal(etagOf(body), specify(body))),
      { numRuns: 200 },
    )
  })

  it('differs for bodies that differ', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => (a === b) === (etagOf(a) === etagOf(b))))
  })

  it('is a strong tag of its own above 64 KiB', () => {
    const large = 'x'.repeat(65_537)
    assert.match(etagOf(large), STRONG)
    assert.notEqual(etagOf(large), etagOf(`${large}x`))
    assert.notEqual(etagOf(large), etagOf(`${large.slice(1)}y`))
    assert.equal(etagOf('x'.repeat(65_536)), specify('x'.repeat(65_536)))
  })
})

const TAG = '"1140z5ax55cd"'

describe('isFresh', () => {
  function fresh(name: string, headers: Record<string, string>, expected: boolean) {
    it(name, () => assert.equal(isFresh(headers, TAG), expected))
  }

  fresh('nothing asked', {}, false)
  fresh('the tag', { 'if-none-match': TAG }, true)
  fresh('another tag', { 'if-none-match': '"other"' }, false)
  fresh('the weak form', { 'if-none-match': `W/${TAG}` }, true)
  fresh('w/ is no weak form', { 'if-none-match': `w/${TAG}` }, false)
  fresh('in a list', { 'if-none-match': `"a", W/"b", ${TAG}` }, true)
  fresh('in a list without spaces', { 'if-none-match': `"a",${TAG},"b"` }, true)
  fresh('weak, in a list', { 'if-none-match': `"a" , W/${TAG} , "b"` }, true)
  fresh('a list without it', { 'if-none-match': '"a", "b"' }, false)
  fresh('a star', { 'if-none-match': '*' }, true)
  fresh('a star in a list', { 'if-none-match': '"a", *' }, false)
  fresh('without quotes', { 'if-none-match': '1140z5ax55cd' }, false)
  fresh('an empty header', { 'if-none-match': '' }, false)
  fresh('no-cache', { 'if-none-match': TAG, 'cache-control': 'no-cache' }, false)
  fresh('no-cache in a list', { 'if-none-match': TAG, 'cache-control': 'max-age=0, no-cache' }, false)
  fresh('NO-CACHE is not exact', { 'if-none-match': TAG, 'cache-control': 'NO-CACHE' }, true)
  fresh('max-age=0', { 'if-none-match': TAG, 'cache-control': 'max-age=0' }, true)
  fresh('no-cache-x', { 'if-none-match': TAG, 'cache-control': 'no-cache-x' }, true)
  fresh('If-Modified-Since alone', { 'if-modified-since': 'Wed, 01 Jan 2020 00:00:00 GMT' }, false)
  fresh('If-Modified-Since blocks', { 'if-none-match': TAG, 'if-modified-since': 'Wed, 01 Jan 2020 00:00:00 GMT' }, false)
})

describe('304', () => {
  const send: TestRoute = {
    handler(req, res) {
      res.setHeader('Cache-Control', 'public')
      if (req.query.type) res.setHeader('Content-Type', 'text/x-a')
      res.status(Number(req.query.status ?? 200))
      if (req.query.as === 'json') res.json({ fixed: 'payload' })
      else if (req.query.as === 'buffer') res.send(Buffer.from('fixed payload'))
      else if (req.query.as === 'end') res.end('fixed payload')
      else res.send('fixed payload')
    },
  }
  const same = { 'If-None-Match': TAG }
  const sameJson = { 'If-None-Match': '"cnji1meavaj"' }

  function answers(name: string, method: string, query: string, headers: Record<string, string>, expected: Record<string, string | number | null>) {
    it(name, async (test) => assertAnswer(await (await startRoute(test, send)).ask(`/api/test?${query}`, { method, headers }), expected))
  }

  answers('GET', 'GET', '', same, { status: 304, body: '', etag: TAG, 'cache-control': 'public', 'content-length': null, 'content-type': null })
  answers('HEAD', 'HEAD', '', same, { status: 304, etag: TAG, 'content-length': null })
  answers('a pre-set type stays', 'GET', 'type=1', same, { status: 304, 'content-type': 'text/x-a' })
  answers('JSON has the JSON type', 'GET', 'as=json', sameJson, { status: 304, etag: '"cnji1meavaj"', 'content-type': JSON_TYPE, body: '' })
  answers('any success', 'GET', 'status=203', same, { status: 304 })
  answers('another tag', 'GET', '', { 'If-None-Match': '"x"' }, { status: 200, body: 'fixed payload', 'content-length': '13' })
  answers('no-cache', 'GET', '', { ...same, 'Cache-Control': 'no-cache' }, { status: 200 })
  answers('POST', 'POST', '', same, { status: 200, body: 'fixed payload', etag: TAG })
  answers('PUT', 'PUT', '', same, { status: 200 })
  answers('DELETE, a star', 'DELETE', '', { 'If-None-Match': '*' }, { status: 200 })
  answers('OPTIONS', 'OPTIONS', '', same, { status: 200 })
  answers('a 404', 'GET', 'status=404', same, { status: 404, body: 'fixed payload', etag: TAG })
  answers('a 300', 'GET', 'status=300', same, { status: 300 })
  answers('a 500', 'GET', 'status=500', { 'If-None-Match': '*' }, { status: 500 })
  answers('end() has no tag', 'GET', 'as=end', { 'If-None-Match': '*' }, { status: 200, etag: null, body: 'fixed payload' })

  it('a Buffer', async (test) => {
    const app = await startRoute(test, send)
    const { headers } = await app.ask('/api/test?as=buffer')
    const [etag = ''] = headers.etag ?? []
    const again = await app.ask('/api/test?as=buffer', { headers: { 'If-None-Match': etag } })
    assertAnswer(again, { status: 304, etag, 'content-type': null, 'content-length': null })
  })

  it('a large text', async (test) => {
    const app = await startRoute(test, (_req, res) => res.send('x'.repeat(100_000)))
    const { headers } = await app.ask('/api/test')
    const again = await app.ask('/api/test', { headers: { 'If-None-Match': headers.etag?.[0] ?? '' } })
    assertAnswer(again, { status: 304, body: '' })
  })

  it('does not count as a large response', async (test) => {
    const app = await startRoute(test, { config: { api: { responseLimit: 5 } }, handler: (_req, res) => res.send('fixed payload') })
    assertAnswer(await app.ask('/api/test', { headers: same }), { status: 304 })
    assert.deepEqual(app.warnings, [])
  })
})
