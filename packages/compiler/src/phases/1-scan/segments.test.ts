import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { severityOf } from '../../diagnostics/diagnostic.ts'
import { createReport } from '../../report.ts'
import { shapeOf } from '../../testing.ts'
import { parseSegments } from './segments.ts'

describe('parseSegments', () => {
  function parsed(path: string, shape: string | undefined, codes: readonly string[]): void {
    it(`${JSON.stringify(path)} ${shape === undefined ? 'is refused' : `is ${shape}`}${codes.length > 0 ? `: ${codes}` : ''}`, () => {
      const report = createReport()
      const segments = parseSegments(path, 'a.ts', report)
      assert.deepEqual([segments && shapeOf(segments), report.all().map(({ code }) => code)], [shape, codes])
    })
  }

  function route(path: string, shape: string): void {
    parsed(path, shape, [])
  }

  function suspicious(path: string, shape: string): void {
    parsed(path, shape, ['looks-dynamic'])
  }

  function refused(path: string, ...codes: string[]): void {
    parsed(path, undefined, codes)
  }

  describe('a whole segment in brackets is a pattern', () => {
    route('api', 'api')
    route('api/a', 'api/a')
    route('api/[id]', 'api/:id')
    route('api/[my-id]', 'api/:my-id')
    route('api/[a b]', 'api/:a b')
    route('api/[ünï]', 'api/:ünï')
    route('api/[__proto__]', 'api/:__proto__')
    route('api/[id]/edit', 'api/:id/edit')
    route('api/[...path]', 'api/*path')
    route('api/[[...path]]', 'api/*path?')
    route('api/[a]/[b]/[...c]', 'api/:a/:b/*c')
    route('api/[line\nbreak]', 'api/:line\nbreak')
  })

  describe('one that is not is a literal name', () => {
    suspicious('api/pre-[id]', 'api/pre-[id]')
    suspicious('api/[id].json', 'api/[id].json')
    suspicious('api/json-[k]', 'api/json-[k]')
    suspicious('api/a[b]c', 'api/a[b]c')
    suspicious('api/[a][b]', 'api/[a][b]')
    suspicious('api/[a]-[b]', 'api/[a]-[b]')
    suspicious('api/[a]b]', 'api/[a]b]')
    suspicious('api/[...a]-[b]', 'api/[...a]-[b]')
    suspicious('api/[]', 'api/[]')
    route('api/[id', 'api/[id')
    route('api/id]', 'api/id]')
    route('api/]id[', 'api/]id[')
    route('api/...a', 'api/...a')
    route('api/…', 'api/…')
    route('api/(a)', 'api/(a)')
    route('api/:id', 'api/:id')
    route('api/*', 'api/*')
  })

  describe('a catch-all without a name', () => {
    suspicious('api/[...]', 'api/*')
    suspicious('api/[[...]]', 'api/*?')
  })

  describe('names that cannot be', () => {
    refused('api/[[x]]', 'optional-param')
    refused('api/[[]]', 'optional-param')
    refused('api/[.a]', 'segment-dots')
    refused('api/[..a]', 'segment-dots')
    refused('api/[....a]', 'segment-dots')
    refused('api/[[..a]]', 'segment-dots')
    refused('api/[.]', 'segment-dots')
    route('api/[a.b]', 'api/:a.b')
    route('api/[a.]', 'api/:a.')
    refused('api/[…a]', 'segment-ellipsis')
    refused('api/[[…a]]', 'segment-ellipsis')
    route('api/[a…]', 'api/:a…')
    refused('api/[[a]', 'segment-brackets')
    refused('api/[a]]', 'segment-brackets')
    refused('api/[[[a]]]', 'segment-brackets')
    refused('api/[[...a]', 'segment-brackets')
    refused('api/[...a]]', 'segment-brackets')
    refused('api/[...[a]]', 'segment-brackets')
  })

  describe('a catch-all is the last segment', () => {
    refused('api/[...a]/b', 'catch-all-not-last')
    refused('api/[[...a]]/b', 'catch-all-not-last')
    refused('api/[...a]/[b]', 'catch-all-not-last')
    refused('api/[...a]/[...b]', 'catch-all-not-last')
    route('api/b/[...a]', 'api/b/*a')
    route('api/...a/b', 'api/...a/b')
  })

  describe('a param name appears once', () => {
    refused('api/[a]/[a]', 'param-repeated')
    refused('api/[a]/x/[...a]', 'param-repeated')
    refused('api/[a]/[[...a]]', 'param-repeated')
    refused('api/[a-b]/[ab]', 'param-repeated')
    refused('api/[ab]/[...a.b]', 'param-repeated')
    refused('api/[a]/[a]/[a]', 'param-repeated', 'param-repeated')
    refused('api/[__proto__]/[__proto__]', 'param-repeated')
    route('api/[a]/[b]', 'api/:a/:b')
    route('api/[a]/[A]', 'api/:a/:A')
    route('api/[a_b]/[ab]', 'api/:a_b/:ab')
    route('api/a/[a]', 'api/a/:a')
    route('api/[toString]/[constructor]', 'api/:toString/:constructor')
  })

  describe('every mistake of a path is reported', () => {
    refused('api/[[x]]/[.b]/c', 'optional-param', 'segment-dots')
    refused('api/[...a]/[...b]/[a]', 'catch-all-not-last', 'catch-all-not-last', 'param-repeated')
    refused('api/pre-[x]/[…b]', 'looks-dynamic', 'segment-ellipsis')
  })

  it('never throws: refused with an error, or as many segments as parts', () => {
    const bracketed = fc.array(fc.constantFrom('[', ']', '.', '...', '…', '/', 'a', 'b-', ' ', '%', '__proto__', '\n', '\u2028')).map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(bracketed, fc.string({ unit: 'binary' })), (path) => {
        const report = createReport()
        const segments = parseSegments(path, 'a.ts', report)
        assert.equal(segments?.length ?? 'refused', report.hasErrors() ? 'refused' : path.split('/').length)
        for (const found of report.all()) assert.equal(severityOf(found), found.code === 'looks-dynamic' ? 'warning' : 'error')
      }),
      { numRuns: 600 },
    )
  })
})
