import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createReport } from '../../report.ts'
import { linkNames, saidOf } from '../../testing.ts'

describe('conflicts', () => {
  /** Names below pages/api; `expected` is the code, the file it is at, and the file its note points at. */
  function conflicts(name: string, files: readonly string[], expected: readonly string[]): void {
    it(`${name}: ${files.join(' + ')}`, () => {
      for (const given of [files, files.toReversed()]) {
        const report = createReport()
        linkNames(given, report)
        assert.deepEqual(saidOf(report.all()), expected)
      }
    })
  }

  function none(name: string, ...files: string[]): void {
    conflicts(name, files, [])
  }

  describe('two files for one path', () => {
    conflicts('two extensions', ['a.ts', 'a.js'], ['route-conflict a.ts < a.js'])
    conflicts('a file and the index of its folder', ['a.ts', 'a/index.ts'], ['route-conflict a/index.ts < a.ts'])
    conflicts('a param and the index of its folder', ['[id].ts', '[id]/index.ts'], ['route-conflict [id]/index.ts < [id].ts'])
    conflicts('two indexes', ['a/index.ts', 'a/index.js'], ['route-conflict a/index.ts < a/index.js'])
    conflicts('two catch-alls', ['[...a].ts', '[...a].js'], ['route-conflict [...a].ts < [...a].js'])
    conflicts('two optional catch-alls', ['[[...a]].ts', '[[...a]].tsx'], ['route-conflict [[...a]].tsx < [[...a]].ts'])
    conflicts('deep', ['a/[b]/c.ts', 'a/[b]/c/index.ts'], ['route-conflict a/[b]/c/index.ts < a/[b]/c.ts'])
    conflicts('three', ['a.js', 'a.ts', 'a.tsx'], ['route-conflict a.ts < a.js', 'route-conflict a.tsx < a.js'])
    conflicts('index twice', ['x/index.ts', 'x/index/index.ts', 'x/index/index/index.ts'], [])
    conflicts('names of Object.prototype', ['__proto__.ts', '__proto__.js'], ['route-conflict __proto__.ts < __proto__.js'])
    none('a file and another of its folder', 'a.ts', 'a/b.ts')
    none('static beside param', '[id].ts', 'me.ts')
    none('param beside catch-all', '[id].ts', '[...all].ts')
    none('param beside optional catch-all', '[id].ts', '[[...all]].ts')
    none('dots are part of a name', 'a.ts', 'a.b.ts', 'a.b.c.ts')
    conflicts('literal brackets are no param', ['[id].ts', '[id].json.ts'], ['looks-dynamic [id].json.ts'])
    conflicts('not even empty ones', ['[].ts', '[id].ts'], ['looks-dynamic [].ts'])
    conflicts('nor empty ones the folder of one', ['[].ts', '[a]/[[...r]].ts'], ['looks-dynamic [].ts'])
    none('encoded forms are other names', 'a b.ts', 'a%20b.ts')
    none('names of Object.prototype are names like others', '__proto__.ts', 'constructor.ts', 'toString/valueOf.ts', '[id].ts')
    none('one file', 'a.ts')
  })

  describe('two names for one place', () => {
    conflicts('two files', ['[a].ts', '[b].ts'], ['param-name-conflict [b].ts < [a].ts'])
    conflicts('a file and a folder', ['[a].ts', '[b]/x.ts'], ['param-name-conflict [b]/x.ts < [a].ts'])
    conflicts('two folders', ['[a]/x.ts', '[b]/y.ts'], ['param-name-conflict [b]/y.ts < [a]/x.ts'])
    conflicts('below a static segment', ['u/[a]/x.ts', 'u/[b].ts'], ['param-name-conflict u/[b].ts < u/[a]/x.ts'])
    conflicts('at the second param', ['[a]/[b].ts', '[a]/[c]/d.ts'], ['param-name-conflict [a]/[c]/d.ts < [a]/[b].ts'])
    conflicts('at both: said once', ['[a]/[b]/x.ts', '[c]/[d]/y.ts'], ['param-name-conflict [c]/[d]/y.ts < [a]/[b]/x.ts'])
    conflicts('catch-alls', ['[...a].ts', '[...b].ts'], ['param-name-conflict [...b].ts < [...a].ts'])
    conflicts('optional catch-alls', ['[[...a]].ts', '[[...b]].ts'], ['param-name-conflict [[...b]].ts < [[...a]].ts'])
    conflicts('differing by symbols only', ['[a-b].ts', '[ab]/x.ts'], ['param-name-conflict [ab]/x.ts < [a-b].ts'])
    conflicts('__proto__', ['[__proto__].ts', '[constructor]/x.ts'], ['param-name-conflict [constructor]/x.ts < [__proto__].ts'])
    none('one name', '[a].ts', '[a]/x.ts', '[a]/[b].ts', '[a]/[b]/y.ts')
    none('the same place below other folders', 'x/[a].ts', 'y/[b].ts')
    none('another place', '[a]/x.ts', '[a]/[b]/x.ts')
    none('a catch-all is another place than a param', '[a].ts', '[...b].ts')
    none('an optional catch-all too', '[a].ts', '[[...b]].ts')
    none('below a param and below a literal', '[a]/[b].ts', 'x/[c].ts')
  })

  describe('catch-alls at one level', () => {
    conflicts('required and optional', ['[...a].ts', '[[...a]].ts'], ['catch-all-conflict [[...a]].ts < [...a].ts'])
    conflicts('two names', ['o/[...a].ts', 'o/[[...b]].ts'], ['catch-all-conflict o/[[...b]].ts < o/[...a].ts'])
    none('at two levels', '[...a].ts', 'o/[[...b]].ts')
    none('in two folders', 'a/[...a].ts', 'b/[[...b]].ts')
    none('the index of a required one', 'o/index.ts', 'o/[...a].ts')
  })

  describe('an optional catch-all and its index', () => {
    conflicts('index.ts', ['o/index.ts', 'o/[[...r]].ts'], ['optional-index-conflict o/[[...r]].ts < o/index.ts'])
    conflicts('a file of the folder name', ['o.ts', 'o/[[...r]].ts'], ['optional-index-conflict o/[[...r]].ts < o.ts'])
    conflicts('at the root', ['index.ts', '[[...r]].ts'], ['optional-index-conflict [[...r]].ts < index.ts'])
    conflicts('below a param', ['[a].ts', '[a]/[[...r]].ts'], ['optional-index-conflict [a]/[[...r]].ts < [a].ts'])
    none('the index of the folder above', 'index.ts', 'o/[[...r]].ts')
    none('a static sibling', 'o/known.ts', 'o/[[...r]].ts')
    none('alone', '[[...r]].ts')
  })

  describe('upper and lower case', () => {
    conflicts('files', ['Abc.ts', 'abc.ts'], ['case-conflict abc.ts < Abc.ts'])
    conflicts('folders', ['A/x.ts', 'a/x.ts'], ['case-conflict a/x.ts < A/x.ts'])
    conflicts('params', ['[Id].ts', '[id].ts'], ['case-conflict [id].ts < [Id].ts', 'param-name-conflict [id].ts < [Id].ts'])
    none('two extensions are two files everywhere', 'Abc.ts', 'abc.js')
    none('other names', 'Abc.ts', 'abd.ts')
  })

  describe('all of them in one run', () => {
    conflicts(
      'five mistakes',
      ['a.ts', 'a/index.ts', '[x].ts', '[y]/z.ts', 'o/[[...r]].ts', 'o/index.ts', 'p/[...a].ts', 'p/[[...a]].ts', 'Q.ts', 'q.ts'],
      [
        'param-name-conflict [y]/z.ts < [x].ts',
        'route-conflict a/index.ts < a.ts',
        'optional-index-conflict o/[[...r]].ts < o/index.ts',
        'catch-all-conflict p/[[...a]].ts < p/[...a].ts',
        'case-conflict q.ts < Q.ts',
      ],
    )
  })
})
