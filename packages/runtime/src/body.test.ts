import assert from 'node:assert/strict'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { DEFAULT_BODY_LIMIT, readBody } from './body.ts'
import type { ByteLimit } from './manifest.ts'
import { assertAnswer, type Question, startRoute } from './testing.ts'

const JSON_BODY = 'application/json'
const FORM = 'application/x-www-form-urlencoded'
const BOM = '\ufeff'

/** A form as it is parsed: no prototype. */
function form(entries: Record<string, string | string[]>): unknown {
  return Object.assign(Object.create(null), entries)
}

function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(' ', ''), 'hex')
}

function questionOf(type: string | undefined, body: string | Buffer): Question {
  return { method: 'POST', body, headers: type === undefined ? {} : { 'Content-Type': type } }
}

function chunked(question: Question): Question {
  const { body = '', ...rest } = question
  return { ...rest, chunks: [...Buffer.from(body)].map((byte) => Buffer.of(byte)) }
}

/** Once with a Content-Length and once in chunks of a byte. */
function bothFramings(name: string, question: Question, run: (name: string, question: Question) => void): void {
  run(name, question)
  if (Buffer.byteLength(question.body ?? '') < 100) run(`${name}, chunked`, chunked(question))
}

function reads(name: string, question: Question, expected: unknown) {
  it(name, async (test) => {
    const seen: unknown[] = []
    const app = await startRoute(test, (req, res) => {
      seen.push(req.body)
      res.end()
    })
    assert.equal((await app.ask('/api/test', question)).status, 200)
    assert.deepEqual(seen, [expected])
  })
}

function parses(name: string, type: string | undefined, body: string | Buffer, expected: unknown) {
  bothFramings(name, questionOf(type, body), (title, question) => reads(title, question, expected))
}

function refuses(name: string, type: string, body: string | Buffer, reason: string) {
  bothFramings(name, questionOf(type, body), (title, question) => {
    it(title, async (test) => {
      let runs = 0
      const app = await startRoute(test, () => runs++)
      const answer = await app.ask('/api/test', question)
      assertAnswer(answer, { status: 400, reason, body: reason, 'content-type': null, 'content-length': String(reason.length) })
      assert.deepEqual([runs, app.log, app.warnings], [0, [], []])
    })
  })
}

describe('JSON', () => {
  parses('an object', JSON_BODY, '{"a":1,"b":[true,null]}', { a: 1, b: [true, null] })
  parses('an array', JSON_BODY, '[1,2,3]', [1, 2, 3])
  parses('a string', JSON_BODY, '"text"', 'text')
  parses('an empty string', JSON_BODY, '""', '')
  parses('a number', JSON_BODY, '1.25e2', 125)
  parses('zero', JSON_BODY, '0', 0)
  parses('true', JSON_BODY, 'true', true)
  parses('false', JSON_BODY, 'false', false)
  parses('null', JSON_BODY, 'null', null)
  parses('white space around', JSON_BODY, ' \r\n\t{"a":1}\n', { a: 1 })
  parses('a key twice', JSON_BODY, '{"a":1,"a":2}', { a: 2 })
  parses('__proto__ is an own key', JSON_BODY, '{"__proto__":{"x":1}}', JSON.parse('{"__proto__":{"x":1}}'))
  parses('multi-byte characters', JSON_BODY, '{"s":"é–ě🐎"}', { s: 'é–ě🐎' })
  parses('a BOM', JSON_BODY, `${BOM}{"a":1}`, { a: 1 })
  parses('a BOM alone', JSON_BODY, BOM, {})
  parses('bytes that are not UTF-8', JSON_BODY, hex('22 c3 28 22'), '\ufffd(')
  parses('ld+json', 'application/ld+json', '{"@id":"x"}', { '@id': 'x' })
  parses('capitals', 'Application/JSON; Charset=UTF-8', '{"s":"é"}', { s: 'é' })
  parses('other parameters', 'application/json; profile="x;y"; v=1', '{"a":1}', { a: 1 })
  parses('white space in the type', '  application/json  ;  charset=utf-8', '{"a":1}', { a: 1 })
  parses('a large one', JSON_BODY, JSON.stringify({ text: 'x'.repeat(500_000) }), { text: 'x'.repeat(500_000) })

  refuses('half an object', JSON_BODY, '{"a":', 'Invalid JSON')
  refuses('single quotes', JSON_BODY, "{'a':1}", 'Invalid JSON')
  refuses('something behind', JSON_BODY, '{"a":1} x', 'Invalid JSON')
  refuses('white space alone', JSON_BODY, ' \n ', 'Invalid JSON')
  refuses('two BOMs', JSON_BODY, `${BOM}${BOM}{}`, 'Invalid JSON')
  refuses('undefined', JSON_BODY, 'undefined', 'Invalid JSON')
  refuses('NaN', JSON_BODY, 'NaN', 'Invalid JSON')
  refuses('bad ld+json', 'application/ld+json', '{', 'Invalid JSON')
  refuses('gzip, which is not undone', JSON_BODY, hex('1f8b0800000000000003ab5632b4320400a1e13b3b07000000'), 'Invalid JSON')
})

describe('charsets', () => {
  parses('utf-8', 'application/json; charset=utf-8', '{"s":"é"}', { s: 'é' })
  parses('utf8', 'application/json; charset=utf8', '{"s":"é"}', { s: 'é' })
  parses('quoted', 'application/json; charset="utf-8"', '{"s":"é"}', { s: 'é' })
  parses('latin1', 'application/json; charset=latin1', Buffer.from('{"s":"é"}', 'latin1'), { s: 'é' })
  parses('iso-8859-1', 'text/plain; charset=ISO-8859-1', hex('63 61 66 e9'), 'café')
  parses('us-ascii', 'text/plain; charset=us-ascii', 'abc', 'abc')
  // The TextDecoder of some Node.js 20, 22 and 24 takes windows-1252 for ISO-8859-1.
  parses('windows-1252', 'text/plain; charset=windows-1252', hex('80 20 93 78 94'), '€ “x”')
  parses('iso-8859-2', 'text/plain; charset=iso-8859-2', hex('be 6c 75 bb'), 'žluť')
  parses('windows-1251', 'text/plain; charset=windows-1251', hex('cf f0 e8 e2 e5 f2'), 'Привет')
  parses('utf-16le', 'application/json; charset=utf-16le', Buffer.from('{"w":"é🐎"}', 'utf16le'), { w: 'é🐎' })
  parses('utf-16le with a BOM', 'application/json; charset=utf-16le', Buffer.from(`${BOM}{"w":1}`, 'utf16le'), { w: 1 })
  parses('utf-16be', 'text/plain; charset=utf-16be', hex('00 e9 d8 3d dc 0e'), 'é🐎')
  parses('shift_jis', 'text/plain; charset=shift_jis', hex('82 b1 82 f1 82 c9 82 bf 82 cd 20 b1'), 'こんにちは ｱ')
  parses('shift_jis JSON with a backslash byte', 'application/json; charset=Shift_JIS', hex('7b 22 73 22 3a 22 95 5c 22 7d'), { s: '表' })
  parses('euc-jp', 'text/plain; charset=euc-jp', hex('c6 fc cb dc'), '日本')
  parses('gbk', 'text/plain; charset=gbk', hex('c4 e3 ba c3'), '你好')
  parses('big5', 'text/plain; charset=big5', hex('a7 41 a6 6e'), '你好')
  parses('euc-kr', 'text/plain; charset=euc-kr', hex('c7 d1 b1 b9'), '한국')
  parses('koi8-r', 'text/plain; charset=koi8-r', hex('f0 d2 c9'), 'При')
  parses('half a character at the end', 'text/plain', hex('41 c3'), 'A\ufffd')
  parses('half a character at the end, utf-16le', 'text/plain; charset=utf-16le', hex('41 00 42'), 'A\ufffd')
  parses('half a character at the end, shift_jis', 'text/plain; charset=shift_jis', hex('41 82'), 'A\ufffd')
  parses('a form', `${FORM}; charset=utf-8`, 'x=%C3%A9', form({ x: 'é' }))
  parses('a latin1 form', `${FORM}; charset=latin1`, Buffer.from('x=é', 'latin1'), form({ x: 'é' }))
  parses('the last of two', 'text/plain; charset=utf-8; charset=latin1', hex('e9'), 'é')

  refuses('unknown', 'application/json; charset=x-nonsense', '{}', 'Invalid body')
  refuses('unknown, for text', 'text/plain; charset=x-nonsense', 'abc', 'Invalid body')
  refuses('unknown, for no body', 'application/json; charset=x-nonsense', '', 'Invalid body')
  refuses('unknown, the last of two', 'text/plain; charset=utf-8; charset=nope', 'abc', 'Invalid body')
  for (const charset of ['base64', 'binary', 'utf-7', 'utf-32', 'hex', 'replacement', 'iso-2022-kr']) {
    refuses(`${charset}, which is not in the Encoding Standard`, `text/plain; charset=${charset}`, 'abc', 'Invalid body')
  }
})

describe('forms', () => {
  parses('pairs', FORM, 'a=1&b=two+words&c=%E2%82%AC', form({ a: '1', b: 'two words', c: '€' }))
  parses('repeats', FORM, 'a=1&a=2&a=3', form({ a: ['1', '2', '3'] }))
  parses('brackets stay flat', FORM, 'a[b]=1&c[]=2', form({ 'a[b]': '1', 'c[]': '2' }))
  parses('malformed percent', FORM, 'a=%zz&b=%E0%A4%A&c', form({ a: '%zz', b: '\ufffd%A', c: '' }))
  parses(
    '__proto__ is an own key',
    FORM,
    '__proto__=1&a=2',
    JSON.parse('{"__proto__":"1","a":"2"}', (key, value) => (key === '' ? form({ ...value }) : value)),
  )
  parses('capitals', 'Application/X-WWW-Form-URLencoded', 'a=1', form({ a: '1' }))
  parses('a BOM alone', FORM, BOM, form({}))

  function takes(pairs: number, keys: number) {
    it(`${pairs} pairs are ${keys} keys`, async (test) => {
      const seen: string[] = []
      const app = await startRoute(test, (req, res) => {
        seen.push(...Object.keys(req.body))
        res.end()
      })
      await app.ask('/api/test', questionOf(FORM, Array.from({ length: pairs }, (_, i) => `k${i}=v`).join('&')))
      assert.deepEqual([seen.length, seen.at(-1)], [keys, `k${keys - 1}`])
    })
  }

  takes(999, 999)
  takes(1000, 1000)
  takes(1001, 1000)
  takes(2500, 1000)
})

describe('text', () => {
  parses('text/plain', 'text/plain', 'just text', 'just text')
  parses('html', 'text/html', '<p>x', '<p>x')
  parses('xml', 'application/xml', '<a/>', '<a/>')
  parses('multipart', 'multipart/form-data; boundary=XX', '--XX\r\n\r\n1\r\n--XX--', '--XX\r\n\r\n1\r\n--XX--')
  parses('octet-stream', 'application/octet-stream', hex('00 01 02 fe ff'), '\0\x01\x02\ufffd\ufffd')
  parses('vnd+json', 'application/vnd.api+json', '{"a":1}', '{"a":1}')
  parses('problem+json', 'application/problem+json', '{"a":1}', '{"a":1}')
  parses('text/json', 'text/json', '{"a":1}', '{"a":1}')
  parses('JSON without a type', undefined, '{"a":1}', '{"a":1}')
  parses('a BOM is dropped', 'text/plain', `${BOM}abc`, 'abc')
  parses('one BOM of two is dropped', 'text/plain', `${BOM}${BOM}abc`, `${BOM}abc`)
  parses('a BOM alone', 'text/plain', BOM, '')
  parses('white space alone', 'text/plain', ' ', ' ')
  parses('no slash in the type', 'abc', 'abc', 'abc')
  parses('an empty type', '', 'abc', 'abc')
  parses('a trailing semicolon', 'application/json;', '{"a":1}', '{"a":1}')
  parses('an empty charset', 'application/json; charset=', '{"a":1}', '{"a":1}')
  parses('a list of types', 'application/json, text/plain', '{"a":1}', '{"a":1}')
  parses('a type that is refused has no charset', 'text/plain; charset=latin1;', 'é', 'é')
})

describe('no body', () => {
  const empty = { 'Content-Length': '0' }
  function none(name: string, method: string, type: string | undefined, expected: unknown) {
    const headers: Record<string, string> = type === undefined ? {} : { 'Content-Type': type }
    reads(name, { method, headers }, expected)
    reads(`${name}, Content-Length: 0`, { method, headers: { ...headers, ...empty } }, expected)
    reads(`${name}, chunked`, { method, headers, chunks: [] }, expected)
  }

  none('GET', 'GET', undefined, null)
  none('POST', 'POST', undefined, null)
  none('DELETE', 'DELETE', undefined, null)
  none('text', 'POST', 'text/plain', null)
  none('a latin1 text', 'POST', 'text/plain; charset=latin1', null)
  none('octet-stream', 'POST', 'application/octet-stream', null)
  none('multipart', 'POST', 'multipart/form-data; boundary=X', null)
  none('a type that is refused', 'POST', 'application/json;', null)
  none('JSON', 'POST', 'application/json', {})
  none('JSON, GET', 'GET', 'application/json; charset=utf-8', {})
  none('ld+json', 'PUT', 'application/ld+json', {})
  none('a form', 'POST', FORM, form({}))
})

describe('every method', () => {
  for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY']) {
    if (process.versions.node.startsWith('20') && method === 'QUERY') continue // Node.js 20 has no such method
    it(method, async (test) => {
      let seen: unknown
      const app = await startRoute(test, (req, res) => {
        seen = req.body
        res.end()
      })
      await app.ask('/api/test', { method, body: '{"d":1}', headers: { 'Content-Type': JSON_BODY } })
      assert.deepEqual(seen, { d: 1 })
    })
  }
})

describe('bodyParser', () => {
  function parser(name: string, bodyParser: unknown, expected: unknown) {
    it(name, async (test) => {
      let seen: unknown = 'never run'
      const app = await startRoute(test, {
        config: { api: { bodyParser } },
        handler: (req, res) => {
          seen = req.body
          res.end()
        },
      })
      await app.ask('/api/test', questionOf(JSON_BODY, '{"a":1}'))
      assert.deepEqual(seen, expected)
    })
  }

  for (const value of [undefined, true, null, {}, 'off', '', 0, { sizeLimit: '1kb' }]) parser(JSON.stringify(value) ?? 'unset', value, { a: 1 })
  parser('false leaves req.body undefined', false, undefined)

  async function bytesOf(req: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks).toString('latin1')
  }

  function streams(name: string, question: Question, expected: string) {
    it(name, async (test) => {
      const app = await startRoute(test, { config: { api: { bodyParser: false } }, handler: async (req, res) => res.end(await bytesOf(req), 'latin1') })
      const answer = await app.ask('/api/test', { method: 'POST', ...question })
      assert.equal(answer.bytes.toString('latin1'), expected)
    })
  }

  streams('false leaves the bytes to the handler', { body: hex('00 ff 7b') }, '\0\xff{')
  streams('false leaves chunks to the handler', { chunks: ['ab', 'c', 'd'] }, 'abcd')
  streams('false checks no JSON', { body: '{"a":', headers: { 'Content-Type': JSON_BODY } }, '{"a":')
  streams('false checks no charset', { body: 'x', headers: { 'Content-Type': 'text/plain; charset=nope' } }, 'x')
  streams('false has no limit', { body: 'x'.repeat(1_048_577) }, 'x'.repeat(1_048_577))
  streams('false and no body', {}, '')
})

type Framing = 'chunked' | 'length'

/** A request that nobody sent: its body arrives in these pieces. */
function requestOf(type: string, pieces: readonly Uint8Array[], framing: Framing = 'chunked'): IncomingMessage {
  const req = unfinishedRequest(type, framing === 'chunked' ? undefined : pieces.reduce((sum, { length }) => sum + length, 0))
  for (const piece of pieces) if (piece.length > 0) req.push(piece)
  req.push(null)
  return req
}

/** @param length none is one with chunks. */
function unfinishedRequest(type: string, length?: number): IncomingMessage {
  const req = new IncomingMessage(new Socket())
  req.headers['content-type'] = type
  if (length === undefined) req.headers['transfer-encoding'] = 'chunked'
  else req.headers['content-length'] = String(length)
  return req
}

/** The bytes, cut at these places. */
function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b)
  return places.slice(1).map((end, i) => bytes.subarray(places[i], end))
}

for (const framing of ['chunked', 'length'] as const) {
  describe(`readBody, for any body with ${framing === 'chunked' ? 'chunks' : 'a length'}`, () => {
    const accepted = { acceptBody: () => {} }
    const cuts = fc.array(fc.nat(), { maxLength: 5 })

    it('any JSON value comes out as it was, however it is split', async () => {
      await fc.assert(
        fc.asyncProperty(fc.jsonValue(), cuts, async (value, places) => {
          const text = JSON.stringify(value)
          const body = await readBody(requestOf(JSON_BODY, split(Buffer.from(text), places), framing), DEFAULT_BODY_LIMIT, accepted)
          assert.deepEqual(body, JSON.parse(text))
        }),
        { numRuns: 200 },
      )
    })

    it('any text comes out as it was, in UTF-8 and UTF-16', async () => {
      const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !value.startsWith(BOM))
      await fc.assert(
        fc.asyncProperty(text, cuts, async (value, places) => {
          const utf8 = await readBody(requestOf('text/plain', split(Buffer.from(value), places), framing), DEFAULT_BODY_LIMIT, accepted)
          const utf16 = await readBody(
            requestOf('text/plain; charset=utf-16le', split(Buffer.from(value, 'utf16le'), places), framing),
            DEFAULT_BODY_LIMIT,
            accepted,
          )
          assert.deepEqual([utf8, utf16], [value, value])
        }),
      )
    })

    it('any form comes out as it was', async () => {
      const text = fc.string({ unit: 'grapheme' })
      await fc.assert(
        fc.asyncProperty(fc.dictionary(text, text), cuts, async (entries, places) => {
          const sent = Buffer.from(new URLSearchParams(entries).toString())
          assert.deepEqual(await readBody(requestOf(FORM, split(sent, places), framing), DEFAULT_BODY_LIMIT, accepted), form(entries))
        }),
      )
    })

    it('is refused when its sender goes away', async () => {
      const req = unfinishedRequest('text/plain', framing === 'chunked' ? undefined : 10)
      const reading = readBody(req, DEFAULT_BODY_LIMIT, accepted)
      req.push('half')
      req.destroy(new Error('aborted'))
      await assert.rejects(async () => reading, { statusCode: 400, message: 'Invalid body' })
    })

    it('is refused when the connection ends, with no error', async () => {
      const req = unfinishedRequest('text/plain', framing === 'chunked' ? undefined : 10)
      const reading = readBody(req, DEFAULT_BODY_LIMIT, accepted)
      req.push('half')
      req.destroy()
      await assert.rejects(async () => reading, { statusCode: 400, message: 'Invalid body' })
    })

    it('is refused when it cannot be read any more', async () => {
      const gone = unfinishedRequest('text/plain', framing === 'chunked' ? undefined : 10)
      gone.destroy()
      const ended = requestOf('text/plain', [Buffer.from('a')], framing)
      for await (const _ of ended);
      const decoded = requestOf('text/plain', [Buffer.from('a')], framing)
      decoded.setEncoding('utf8')
      for (const req of [gone, ended, decoded])
        await assert.rejects(async () => readBody(req, DEFAULT_BODY_LIMIT, accepted), { statusCode: 400, message: 'Invalid body' })
    })

    it('is refused exactly when it is longer than the limit', async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(40), fc.nat(40), cuts, async (length, bytes, places) => {
          const limit: ByteLimit = { bytes, text: 'that' }
          const reading = async () => readBody(requestOf('text/plain', split(Buffer.alloc(length, 'x'), places), framing), limit, accepted)
          if (length > bytes) await assert.rejects(reading, { statusCode: 413, message: 'Body exceeded that limit' })
          else assert.equal(await reading(), length === 0 ? null : 'x'.repeat(length))
        }),
        { numRuns: 200 },
      )
    })
  })
}

describe('a body in UTF-8 is what TextDecoder makes of it', () => {
  const limit: ByteLimit = { bytes: 1000, text: '1000' }
  it('for any bytes', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 30 }),
      fc
        .array(fc.constantFrom(0xef, 0xbb, 0xbf, 0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xa0, 0x41), { minLength: 1, maxLength: 12 })
        .map((list) => Uint8Array.from(list)),
    )
    await fc.assert(
      fc.asyncProperty(bytes, async (given) => {
        const read = await readBody(requestOf('text/plain', [Buffer.from(given)]), limit, { acceptBody() {} })
        assert.equal(read, new TextDecoder().decode(given))
      }),
      { numRuns: 1000 },
    )
  })
})
