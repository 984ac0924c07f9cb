import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import { createLog } from './log.ts'
import { createStackMapper } from './stack.ts'

function linesOf(test: TestContext, thrown: unknown): string[] {
  const lines: string[] = []
  test.mock.method(console, 'error', (text: string) => lines.push(text))
  createLog({ map: (stack) => stack }).error('GET /api/x', thrown)
  return lines
}

describe('createLog', () => {
  function prints(name: string, thrown: unknown, expected: RegExp) {
    it(name, (test) => {
      const [line = '', ...more] = linesOf(test, thrown)
      assert.match(line, expected)
      assert.deepEqual(more, [])
    })
  }

  prints('an Error, with its stack', new TypeError('as asked'), /^GET \/api\/x: TypeError: as asked\n {4}at .*log\.test\.ts/)
  prints('an Error with its properties', Object.assign(new Error('x'), { code: 'E_X' }), /code: 'E_X'/)
  prints('a cause', new Error('outer', { cause: new Error('inner') }), /Error: outer[\s\S]*cause[\s\S]*Error: inner/)
  prints('a string', 'a bare string', /^GET \/api\/x: thrown: 'a bare string'$/)
  prints('null', null, /^GET \/api\/x: thrown: null$/)
  prints('undefined', undefined, /^GET \/api\/x: thrown: undefined$/)
  prints('an object', { code: 7 }, /^GET \/api\/x: thrown: { code: 7 }$/)
  prints('an object without prototype', Object.create(null), /^GET \/api\/x: thrown: \[Object: null prototype\] {}$/)

  const hostile = {
    [inspect.custom]() {
      throw new Error('cannot be printed')
    },
  }
  // If this threw, nobody would answer the request.
  prints('what cannot be printed', hostile, /^GET \/api\/x: /)
})

describe('createStackMapper', () => {
  /** A bundle of one line whose column 5 is line 3, column 7 of the user's file. */
  function bundleIn(test: TestContext, source: string | undefined): string {
    const folder = mkdtempSync(path.join(tmpdir(), 'apiroutes-stack-'))
    test.after(() => rmSync(folder, { recursive: true }))
    const file = path.join(folder, 'server.js')
    if (source !== undefined) writeFileSync(`${file}.map`, source)
    return pathToFileURL(file).href
  }

  const map = (source: string) => JSON.stringify({ version: 3, sources: [source], names: [], mappings: 'IAEM' })

  function maps(name: string, source: string | undefined, stack: (url: string) => string, expected: (url: string) => string) {
    it(name, (test) => {
      const url = bundleIn(test, source)
      assert.equal(createStackMapper(url).map(stack(url)), expected(url))
    })
  }

  maps(
    'a frame of the bundle',
    map('../pages/api/a.ts'),
    (url) => `Error: x\n    at f (${url}:1:5)`,
    () => 'Error: x\n    at f (pages/api/a.ts:3:7)',
  )
  maps(
    'two frames',
    map('../pages/api/a.ts'),
    (url) => `${url}:1:5 ${url}:1:5`,
    () => 'pages/api/a.ts:3:7 pages/api/a.ts:3:7',
  )
  maps(
    'a frame given as a path',
    map('../pages/api/a.ts'),
    (url) => new URL(`${url}:1:5`).pathname,
    () => 'pages/api/a.ts:3:7',
  )
  maps(
    'brackets in a name',
    map('../pages/api/%5Bid%5D.ts'),
    (url) => `${url}:1:5`,
    () => 'pages/api/[id].ts:3:7',
  )
  maps(
    'a name that needs decoding',
    map('../pages/api/a%20b.ts'),
    (url) => `${url}:1:5`,
    () => 'pages/api/a b.ts:3:7',
  )
  maps(
    'frames of Node.js stay',
    map('../a.ts'),
    () => 'at node:internal/x:1:5',
    () => 'at node:internal/x:1:5',
  )
  maps(
    'without a map',
    undefined,
    (url) => `${url}:1:5`,
    (url) => `${url}:1:5`,
  )
  maps(
    'with a map that is broken',
    '{',
    (url) => `${url}:1:5`,
    (url) => `${url}:1:5`,
  )
  maps(
    'the runtime, which lies before every mapping',
    map('../a.ts'),
    (url) => `at async f (${url}:1:4)`,
    () => 'at async f (apiroutes:runtime:1:4)',
  )
})
