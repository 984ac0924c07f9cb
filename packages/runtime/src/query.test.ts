import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parseQuery, type Query } from './query.ts'

describe('parseQuery', () => {
  function query(text: string, expected: Query, params: Record<string, string | string[]> = {}) {
    it(`${text || 'nothing'}${Object.keys(params).length > 0 ? ` with ${JSON.stringify(params)}` : ''}`, () => {
      const result = parseQuery(text, params)
      assert.deepEqual(result, expected)
      assert.deepEqual(Object.keys(result), Object.keys(expected), 'the order of the keys')
    })
  }

  query('', {})
  query('a=1', { a: '1' })
  query('b=2&a=1', { b: '2', a: '1' })
  query('a=1&a=2', { a: ['1', '2'] })
  query('a=1&b=0&a=&a=3', { a: ['1', '', '3'], b: '0' })
  query('a=&b', { a: '', b: '' })
  query('=v&x=1', { '': 'v', x: '1' })
  query('=', { '': '' })
  query('&&a=1&&b=2&', { a: '1', b: '2' })
  query('a=b=c&d==', { a: 'b=c', d: '=' })
  query('a=1;b=2', { a: '1;b=2' })
  query('a[]=1&a[]=2&o[k]=v&o.k=w', { 'a[]': ['1', '2'], 'o[k]': 'v', 'o.k': 'w' })
  query('q=a+b%2Bc%20d', { q: 'a b+c d' })
  query('caf%C3%A9=%F0%9F%90%8E', { café: '🐎' })
  query('a=%E0%A4%A&b=%zz&c=50%', { a: '\ufffd%A', b: '%zz', c: '50%' })
  query('x=%00', { x: '\0' })
  query('?=1&?a=2', { '?': '1', '?a': '2' })
  query('??x=1', { '??x': '1' })
  query('2=b&1=a&x=c', { '1': 'a', '2': 'b', x: 'c' })
  query('constructor=y', { constructor: 'y' })
  query('constructor=y&constructor=z&toString=1', { constructor: ['y', 'z'], toString: '1' })
  query('__proto__=x&a=1', { a: '1' })
  query('__proto__=x&__proto__=y', {})
  query('__proto__[x]=1', { '__proto__[x]': '1' })
  query('nxtPid=1&nxtIx=2&nextInternalLocale=en', { nxtPid: '1', nxtIx: '2', nextInternalLocale: 'en' })

  query('z=1', { z: '1', id: '7' }, { id: '7' })
  query('n=override&id=other&z=1', { n: '7', id: '42', z: '1' }, { id: '42', n: '7' })
  query('id=a&id=b', { id: '7' }, { id: '7' })
  query('rest=q', { rest: ['a', 'b'] }, { rest: ['a', 'b'] })
  query('rest=fromquery', { rest: 'fromquery' }, {})

  it('has no limit on the number of keys', () => {
    assert.equal(Object.keys(parseQuery(Array.from({ length: 5000 }, (_, i) => `k${i}=v`).join('&'), {})).length, 5000)
  })

  it('is an ordinary object', () => assert.equal(Object.getPrototypeOf(parseQuery('__proto__=x', {})), Object.prototype))

  it('leaves Object.prototype alone', () => {
    parseQuery('__proto__[polluted]=1&__proto__.polluted=1&constructor[prototype][polluted]=1', {})
    assert.ok(!('polluted' in {}))
  })
})

describe('parseQuery agrees with the specification', () => {
  /** The URL Standard's parser of application/x-www-form-urlencoded, byte by byte, and repeats as arrays. */
  function specify(text: string): Query {
    const pairs = text.split('&').filter((pair) => pair !== '')
    const values = new Map<string, string[]>()
    for (const pair of pairs) {
      const equals = pair.indexOf('=')
      const key = decode(equals === -1 ? pair : pair.slice(0, equals))
      const value = decode(equals === -1 ? '' : pair.slice(equals + 1))
      values.set(key, [...(values.get(key) ?? []), value])
    }
    values.delete('__proto__')
    return Object.fromEntries([...values].map(([key, all]) => [key, all.length === 1 ? all[0] : all]))
  }

  function decode(text: string): string {
    const bytes = [...Buffer.from(text.replaceAll('+', ' '))]
    const out: number[] = []
    for (let i = 0; i < bytes.length; i++) {
      const hex = String.fromCharCode(...bytes.slice(i + 1, i + 3))
      const escaped = bytes[i] === 0x25 && /^[0-9a-f]{2}$/i.test(hex)
      out.push(escaped ? Number.parseInt(hex, 16) : (bytes[i] ?? 0))
      if (escaped) i += 2
    }
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(out))
  }

  const piece = fc.constantFrom(
    'a',
    'b',
    '1',
    '=',
    '&',
    '+',
    '%',
    '%2',
    '%41',
    '%C3%A9',
    '%ff',
    '%E0%A4',
    '[]',
    ';',
    '?',
    '__proto__',
    'constructor',
    '%EF%BB%BF',
  )
  // A target is ASCII (RFC 9112 3.2); beside malformed percent Node.js's URLSearchParams gets other characters wrong, as in Next.js.
  const text = fc.oneof(
    fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary-ascii' }),
  )

  it('for any query', () => {
    fc.assert(
      fc.property(text, (query) => assert.deepEqual(parseQuery(query, {}), specify(query))),
      { numRuns: 1000 },
    )
  })

  it('and params win', () => {
    const values = fc.oneof(fc.string(), fc.array(fc.string()))
    const params = fc.dictionary(fc.constantFrom('a', 'b', 'constructor', 'id'), values)
    fc.assert(fc.property(text, params, (query, given) => assert.deepEqual(parseQuery(query, { ...given }), { ...specify(query), ...given })))
  })
})
