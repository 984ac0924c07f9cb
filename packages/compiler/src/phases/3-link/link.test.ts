import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Way } from '@apiroutes/runtime'
import { staticWays } from '@apiroutes/runtime/match'
import { linkNames } from '../../testing.ts'

describe('link', () => {
  /** The pattern, and where each param takes its value from. */
  function linked(file: string, pattern: string, params: readonly string[]): void {
    it(`${file} is ${pattern}`, () => {
      const found = linkNames([file]).routes.map((route) => [
        route.pattern,
        route.params.map(({ name, at, rest }) => `${name}: ${at}${rest ? ' and what follows' : ''}`),
      ])
      assert.deepEqual(found, [[pattern, params]])
    })
  }

  linked('index.ts', '/api', [])
  linked('a/b.ts', '/api/a/b', [])
  linked('[id].ts', '/api/[id]', ['id: 1'])
  linked('a/[id]/[n].ts', '/api/a/[id]/[n]', ['id: 2', 'n: 3'])
  linked('[...path].ts', '/api/[...path]', ['path: 1 and what follows'])
  linked('[a]/x/[[...b]].ts', '/api/[a]/x/[[...b]]', ['a: 1', 'b: 3 and what follows'])
  linked('[__proto__].ts', '/api/[__proto__]', ['__proto__: 1'])
  linked('pre-[id].ts', '/api/pre-[id]', [])
  linked('[a][b].ts', '/api/[a][b]', [])

  /** The runs of the tree, and where they lead: below a text, `*` for a param. */
  function shape(way: Way): unknown {
    if (typeof way === 'number') return [way]
    const { run, leaf, param } = way
    const ways = [...staticWays(way), ...(param === null ? [] : [['*', param] as const])]
    if (leaf !== -1 && ways.length === 0) return [...run, leaf]
    return [...run, { ...Object.fromEntries(ways.map(([text, to]) => [text, shape(to)])), ...(leaf === -1 ? {} : { leaf }) }]
  }

  function tree(name: string, files: readonly string[], expected: unknown): void {
    it(`${name}: ${files.join(' + ')}`, () => assert.deepEqual(shape(linkNames(files).tree), expected))
  }
  tree('one route is one run', ['a/[b]/c.ts'], ['api', 'a', null, 'c', 0])
  tree('runs part', ['a/b/c.ts', 'a/b/d/e.ts'], ['api', 'a', 'b', { c: [0], d: ['e', 1] }])
  tree('a param has a run of its own', ['a/b.ts', 'a/[c]/d/[e].ts'], ['api', 'a', { b: [0], '*': ['d', null, 1] }])
  tree('a run ends where a route does', ['a.ts', 'a/b.ts'], ['api', 'a', { b: [1], leaf: 0 }])
  tree('and where a catch-all begins', ['a/[...b].ts'], ['api', 'a', {}])

  it('nothing found is an empty tree', () => {
    assert.deepEqual(linkNames([]).tree, { run: [], leaf: -1, many: null, few: [], param: null, catchAll: -1, optionalCatchAll: -1 })
  })
})

/** Contract 2: static, then [p], then [...p], then [[...p]], decided left to right. */
describe('the order of the routes', () => {
  /** `files` in the order they are tried in. */
  function ordered(name: string, ...files: string[]): void {
    it(name, () => {
      for (const given of [files, files.toReversed()]) {
        assert.deepEqual(
          linkNames(given).routes.map(({ file }) => file),
          files.map((file) => `pages/api/${file}`),
        )
      }
    })
  }

  ordered('kinds at one level', 'a.ts', '[p].ts', '[...p].ts')
  ordered('kinds at one level, optional', 'a.ts', '[p].ts', '[[...p]].ts')
  ordered('required before optional', '[...p].ts', '[[...p]].ts')
  ordered('an earlier literal beats a later one', 'a/[b].ts', '[a]/b.ts')
  ordered('an earlier literal beats two later ones', 'a/[b]/[c].ts', '[a]/b/c.ts')
  ordered('a literal and a catch-all beat params', 'a/[...b].ts', '[a]/[b].ts')
  ordered('a param beats a catch-all even with less after it', '[a]/[...b].ts', '[...a].ts')
  ordered('what ends first comes first', 'index.ts', 'a.ts', 'a/b.ts', 'a/b/c.ts')
  ordered('an index beats what is below it', '[a].ts', '[a]/b.ts', '[a]/[b].ts', '[a]/[...b].ts')
  ordered('names by code unit', 'B.ts', 'a.ts', 'b.ts', 'ü.ts')
  ordered('the name of a param does not count', '[b]/a.ts', '[b]/c.ts')
  ordered('conflicts by file', 'a.js', 'a.ts')
  ordered('all kinds, deep', 'x/a.ts', 'x/[p]/a.ts', 'x/[p]/[q].ts', 'x/[...p].ts', '[p]/a.ts', '[p]/[...q].ts', '[...p].ts')
})
