/** The parts of the benchmark that compute; nothing is measured, and no peer is needed. */

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseWrk, wrkScript } from './load/wrk.ts'
import { type Answer, differences as answerDifferences, headerDifferences } from './measure/check.ts'
import { createExchanges, type Expected } from './measure/exchanges.ts'
import { findingsOf } from './report/findings.ts'
import { fullReport, shortReport } from './report/markdown.ts'
import { replaceMarked } from './report/publish.ts'
import { svg } from './report/svg.ts'
import { table } from './report/table.ts'
import { SUBJECT_NAMES, type SubjectName } from './subjects/subjects.ts'
import { parseOptions } from './support/options.ts'
import { randomVisits, routeTable, visit } from './support/routes.ts'
import type { Results } from './support/series.ts'
import { differences, median, quantile, ratios, summarize } from './support/statistics.ts'
import { inTurns } from './support/turns.ts'
import { WORK_NAMES, WORKS } from './support/works.ts'

describe('statistics', () => {
  const gives = (name: string, actual: unknown, expected: unknown) => it(name, () => assert.deepEqual(actual, expected))

  gives('the median of an odd number', median([3, 1, 2]), 2)
  gives('the median of an even number', median([4, 1, 2, 3]), 2.5)
  gives('the median of none', median([]), Number.NaN)
  gives('numbers are not sorted as text', median([10, 9, 100]), 10)
  gives('a quantile between two values', quantile([0, 10], 0.25), 2.5)
  gives('the middle half', summarize([1, 2, 3, 4, 5]), { median: 3, lower: 2, upper: 4 })
  gives('ratios are taken round by round', ratios([10, 30], [5, 10]), [2, 3])
  gives('so are differences', differences([10, 30], [5, 10]), [5, 20])
  gives('a round that the floor does not have has no ratio', ratios([10, 30], [5]), [2])
  gives(
    'turns begin elsewhere in each round',
    [0, 1, 2, 3].map((round) => inTurns(['a', 'b', 'c'], round).join('')),
    ['abc', 'bca', 'cab', 'abc'],
  )
  gives('turns of nobody', inTurns([], 1), [])
})

describe('wrk', () => {
  const printed = (more = '') => `Running 2s test @ http://127.0.0.1:4103/api/hello
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   491.33us  103.07us   4.02ms   92.31%
    Req/Sec    65.41k     3.02k   70.12k    75.00%
  130122 requests in 2.00s, 29.53MB read
${more}Requests/sec:  64987.12
Transfer/sec:     14.75MB
`
  const reads = (name: string, output: string, expected: Partial<ReturnType<typeof parseWrk>>) =>
    it(name, () => assert.deepEqual(parseWrk(output), { requests: 130_122, perSecond: 64_987.12, failures: 0, socketErrors: 0, ...expected }))

  reads('a run without failures', printed(), {})
  reads('answers with a status from 400', printed('  Non-2xx or 3xx responses: 130122\n'), { failures: 130_122 })
  reads('requests that failed', printed('  Socket errors: connect 1, read 20, write 0, timeout 300\n'), { socketErrors: 321 })
  it('refuses anything else', () => assert.throws(() => parseWrk('unable to connect to 127.0.0.1:1 Connection refused'), /not what wrk prints/))
  it('refuses a run without an answer', () =>
    assert.throws(() => parseWrk('  0 requests in 2.00s, 0.00B read\nRequests/sec:      0.00\n'), /not what wrk prints/))

  it('is told of a body in Lua', () => {
    const script = wrkScript({ method: 'POST', paths: ['/a'], headers: { 'Content-Type': 'text/plain' }, body: 'a "b" \\\n' }, '/paths')
    assert.equal(script, 'wrk.method = "POST"\nwrk.headers["Content-Type"] = "text/plain"\nwrk.body = "a \\"b\\" \\\\\\n"\n')
  })
  it('makes requests itself only when there are several', () => {
    assert.doesNotMatch(wrkScript({ method: 'GET', paths: ['/a'] }, '/paths'), /function/)
    assert.match(wrkScript({ method: 'GET', paths: ['/a', '/b'] }, '/paths'), /io\.lines\("\/paths"\)/)
  })
})

describe('options', () => {
  const refuses = (name: string, args: string[], message: RegExp) => it(name, () => assert.throws(() => parseOptions(args), message))

  it('without any: 15 rounds of everything', () => {
    const { rounds, subjects, works, shouldWrite } = parseOptions([])
    assert.deepEqual({ rounds, subjects, works, shouldWrite }, { rounds: 15, subjects: SUBJECT_NAMES, works: WORK_NAMES, shouldWrite: false })
  })
  it('the floor is always there, in its place', () => assert.deepEqual(parseOptions(['--only', 'hono,fastify']).subjects, ['floor', 'fastify', 'hono']))
  it('what is asked for wins over --quick', () => {
    const { rounds, works } = parseOptions(['--quick', '--work', 'match,static', '--rounds', '7'])
    assert.deepEqual({ rounds, works }, { rounds: 7, works: ['static', 'match'] })
  })
  refuses('an unknown subject', ['--only', 'koa'], /--only has "koa"\. There are floor, apiroutes,/)
  refuses('an unknown work', ['--work', 'static,sleep'], /--work has "sleep"\. There are static,/)
  refuses('no rounds', ['--rounds', '0'], /--rounds is "0", and must be a whole number from 1/)
  refuses('an unknown option', ['--fast'], /--fast/)
})

describe('routes', () => {
  it('are as many as asked for, each with a path of its own', () => {
    const paths = routeTable(10_000).map((route) => visit(route, 'x').path)
    assert.equal(new Set(paths).size, 10_000)
  })
  it('are half static, half dynamic', () => assert.equal(routeTable(100).filter(({ isDynamic }) => isDynamic).length, 50))
  it('are visited in the same order each time', () => assert.deepEqual(randomVisits(routeTable(100), 50), randomVisits(routeTable(100), 50)))
  it('are all visited in the end', () => {
    const visited = new Set(randomVisits(routeTable(100), 20_000).map(({ answer }) => answer.route))
    assert.equal(visited.size, 100)
  })
  it('each work with requests has an exchange', () => {
    const expected = WORKS.filter(({ unit }) => unit === 'req/s').map(({ id }) => id)
    const exchanges = createExchanges().map(({ work }) => work)
    assert.deepEqual(exchanges, expected)
  })
})

describe('answers', () => {
  const expected: Expected = { status: 200, bodyOf: (path) => `"${path}"`, type: 'application/json', hasTag: true }
  const answer: Answer = { status: 200, rawHeaders: [], type: 'application/json', tag: '"1"', body: '"/a"' }
  function differ(name: string, changed: Partial<Answer>, found: readonly RegExp[], wanted: Partial<Expected> = {}, subject: SubjectName = 'hono') {
    it(name, () => {
      const actual = answerDifferences(subject, '/a', { ...answer, ...changed }, { ...expected, ...wanted })
      assert.equal(actual.length, found.length, actual.join('\n'))
      for (const [i, pattern] of found.entries()) assert.match(actual[i] ?? '', pattern)
    })
  }

  differ('the expected one', {}, [])
  differ('another status', { status: 500 }, [/^hono: the status of \/a is 500, expected 200$/])
  differ('another body', { body: '"/b"' }, [/the body of \/a is ".*", expected /])
  differ('another content type', { type: 'text/plain' }, [/the content type/])
  differ('no tag', { tag: undefined }, [/having an ETag of \/a is false, expected true/])
  differ('no tag where none is asked for', { tag: undefined }, [], { hasTag: false })
  differ('the page of Next.js for what is not found', { status: 404, body: '<html>' }, [], { status: 404 }, 'next')
  differ('a page of anybody else', { status: 404, body: '<html>' }, [/the body/], { status: 404 })

  function headers(name: string, ours: readonly string[], count: number) {
    const floor = ['Content-Type', 'a', 'Date', 'now']
    it(name, () => assert.equal(headerDifferences('/a', { ...answer, rawHeaders: floor }, { ...answer, rawHeaders: ours }).length, count))
  }
  headers('the same headers at another time', ['Content-Type', 'a', 'Date', 'later'], 0)
  headers('another value', ['Content-Type', 'b', 'Date', 'now'], 1)
  headers('another order', ['Date', 'now', 'Content-Type', 'a'], 1)
  headers('another case', ['content-type', 'a', 'Date', 'now'], 1)
})

const results: Results = {
  date: '2026-11-27',
  cpu: 'A <fast> & "new" one',
  cores: 2,
  loadAverage: 0,
  node: '20.20.2',
  tool: 'wrk',
  versions: { apiroutes: '0.1.0' },
  rounds: 3,
  seconds: 2,
  series: [
    { work: 'static', subject: 'floor', values: [100_000, 50_000, 80_000], cpu: [10, 20, 12] },
    { work: 'static', subject: 'apiroutes', values: [99_000, 51_000, 76_000], cpu: [11, 20, 12] },
    { work: 'start-1', subject: 'floor', values: [50, 40, 45] },
    { work: 'start-1', subject: 'apiroutes', values: [58, 52, 52] },
    { work: 'match-dynamic-100', subject: 'rou3', values: [150] },
  ],
}

describe('a table', () => {
  it('has columns of one width', () => assert.equal(table(['a', 'what'], [['1', '2 ×']]), '| a   | what |\n| --- | ---- |\n| 1   | 2 ×  |'))
  it('without rows is empty', () => assert.equal(table(['a'], []), ''))
})

describe('the report', () => {
  it('compares within a round, not medians', () => {
    const ours = findingsOf(results)[0]?.findings[1]
    assert.equal(ours?.value.median, 76_000)
    assert.equal(ours?.ratio?.median, 0.99) // of 0.99, 1.02 and 0.95
  })
  it('has a row for each work and subject', () => {
    const rows = fullReport(results).split('\n')
    const row = (...parts: string[]) =>
      assert.ok(
        rows.some((line) => parts.every((part) => line.includes(part))),
        parts.join(),
      )
    row('GET static JSON', 'apiroutes', '76,000/s (63,500/s to 87,500/s)', '0.99 × (0.97 × to 1.00 ×)', '12.0 µs')
    row('Start to first answer, 1 route', 'apiroutes', '52.0 ms', '8.00 ms (7.50 ms to 10.0 ms)')
    row('Match four params among 100', 'rou3', '150 ns')
  })
  it('in short: a column for each subject', () => {
    assert.match(shortReport(results), /^\| +\| node:http by hand \| apiroutes +\|\n/)
    assert.match(shortReport(results), /\| GET static JSON +\| 80,000\/s +\| 76,000\/s, 0\.99 × \|/)
  })
  it('says when the machine was busy', () => {
    assert.doesNotMatch(fullReport(results), /other work/)
    assert.match(fullReport({ ...results, loadAverage: 4.2 }), /The machine had other work to do \(load average 4\.2\)/)
  })
  it('of nothing is its caption', () => assert.match(fullReport({ ...results, series: [] }), /^2026-11-27, .*\.$/))

  it('replaces only what is between the marks', () => {
    const marked = 'a\n<!-- bench -->old\n<!-- /bench -->\nb'
    assert.equal(replaceMarked(marked, 'new', 'README.md'), 'a\n<!-- bench -->\n\nnew\n\n<!-- /bench -->\nb')
  })
  it('refuses a page without marks', () => assert.throws(() => replaceMarked('a\n<!-- bench -->', 'new', 'README.md'), /README\.md has no place/))
})

describe('the picture', () => {
  const picture = svg(results)

  it('is well-formed', () => {
    const open: string[] = []
    for (const [, closing, name = '', attributes = '', selfClosing] of picture.matchAll(/<(\/?)([a-z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
      assert.ok(!attributes.includes('NaN'), attributes)
      if (closing) assert.equal(open.pop(), name)
      else if (!selfClosing) open.push(name)
    }
    assert.deepEqual(open, [])
    const between = picture.replace(/<\/?[a-z]+(?:\s+[\w:-]+="[^"<]*")*\s*\/?>/g, '')
    assert.doesNotMatch(between, /[<>]|&(?!amp;|lt;|gt;)/)
  })
  it('has a panel for each work, on white, and says of which versions', () => {
    for (const part of ['GET static JSON', 'Start to first answer, 1 route', 'fill="#ffffff"', 'apiroutes 0.1.0']) assert.ok(picture.includes(part), part)
  })
  it('is as wide as a README', () => assert.match(picture, /viewBox="0 0 800 \d+"/))
  it('has bars as long as their numbers', () => {
    const widths = [...picture.matchAll(/<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="13"/g)].map(([, width]) => Number(width))
    assert.equal(widths.length, 5)
    assert.ok(Math.abs((widths[1] ?? 0) / (widths[0] ?? 1) - 76 / 80) < 0.01, widths.join())
  })
})
