import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { UNSET_CONFIG } from '@apiroutes/runtime/config'
import { createReport } from '../../report.ts'
import { type FileMap, memoryHost } from '../../testing.ts'
import { analyse } from './analyse.ts'

describe('a config that leads to other files', () => {
  function analysed(files: FileMap) {
    const host = memoryHost(files)
    const reads: string[] = []
    const read = (file: string) => {
      reads.push(file)
      return host.read(file)
    }
    const watched = { ...host, read }
    const report = createReport()
    const [route] = analyse({ routes: [{ file: 'pages/api/a.ts', segments: [] }], pages: undefined, instrumentation: undefined }, watched, report).routes
    const text = ({ file, start, end }: { file: string; start: number; end: number }) => host.read(file).slice(start, end)
    const said = report.all().map(({ code, at, notes }) => [`${code}: ${text(at)}`, ...notes.map((note) => `${note.at.file}: ${text(note.at)}`)].join(' < '))
    return { config: route?.kind === 'api' ? route.config : undefined, said, reads }
  }

  const handler = '\nexport default () => {}'

  /** `maxDuration: expression` in a route that begins with `imports`. */
  function duration(name: string, imports: string, expression: string, files: FileMap, seconds: number): void {
    it(name, () => {
      const route = `${imports}\nexport const config = { maxDuration: ${expression} }${handler}`
      const { config, said } = analysed({ 'pages/api/a.ts': route, ...files })
      assert.deepEqual([said, config], [[], { kind: 'static', config: { ...UNSET_CONFIG, maxDuration: seconds } }])
    })
  }

  function unknown(name: string, imports: string, expression: string, files: FileMap, said: readonly string[]): void {
    it(name, () => {
      const route = `${imports}\nexport const config = { maxDuration: ${expression} }${handler}`
      const found = analysed({ 'pages/api/a.ts': route, ...files })
      assert.deepEqual([found.said, found.config], [said, { kind: 'at-load' }])
    })
  }

  const five = { 'lib/b.ts': 'export const FIVE = 5' }

  describe('every way to import', () => {
    duration('a name', "import { FIVE } from '../../lib/b'", 'FIVE', five, 5)
    duration('renamed', "import { FIVE as n } from '../../lib/b'", 'n + 1', five, 6)
    duration('with .js for .ts', "import { FIVE } from '../../lib/b.js'", 'FIVE', five, 5)
    duration('with .ts', "import { FIVE } from '../../lib/b.ts'", 'FIVE', five, 5)
    duration('an index', "import { FIVE } from '../../lib'", 'FIVE', { 'lib/index.ts': 'export const FIVE = 5' }, 5)
    duration('JavaScript', "import { FIVE } from '../../lib/b'", 'FIVE', { 'lib/b.js': 'export const FIVE = 5' }, 5)
    duration('a namespace', "import * as b from '../../lib/b'", 'b.FIVE', five, 5)
    duration('a namespace in brackets', "import * as b from '../../lib/b'", "b['FIVE']", five, 5)
    duration('a default', "import five from '../../lib/b'", 'five', { 'lib/b.ts': 'export default 5' }, 5)
    duration('a default that is a name', "import five from '../../lib/b'", 'five.n', { 'lib/b.ts': 'const o = { n: 5 }\nexport default o' }, 5)
    duration('default as a name', "import { default as five } from '../../lib/b'", 'five', { 'lib/b.ts': 'export default 5' }, 5)
    duration('a list of exports', "import { n } from '../../lib/b'", 'n', { 'lib/b.ts': 'const five = 5\nexport { five as n }' }, 5)
    duration('a re-export', "import { n } from '../../lib/b'", 'n', { 'lib/b.ts': "export { m as n } from './c'", 'lib/c.ts': 'export const m = 5' }, 5)
    duration(
      'export *',
      "import { n } from '../../lib/b'",
      'n',
      { 'lib/b.ts': "export * from './c'\nexport * from './d'", 'lib/c.ts': 'export const n = 5', 'lib/d.ts': 'export const m = 6' },
      5,
    )
    duration(
      'its own name before export *',
      "import { n } from '../../lib/b'",
      'n',
      { 'lib/b.ts': "export * from './c'\nexport const n = 5", 'lib/c.ts': 'export const n = 7' },
      5,
    )
    duration('export * as', "import { c } from '../../lib/b'", 'c.n', { 'lib/b.ts': "export * as c from './c'", 'lib/c.ts': 'export const n = 5' }, 5)
    duration(
      'an import that is exported',
      "import { n } from '../../lib/b'",
      'n',
      { 'lib/b.ts': "import { n } from './c'\nexport { n }", 'lib/c.ts': 'export const n = 5' },
      5,
    )
    duration('an enum', "import { E } from '../../lib/b'", 'E.Long', { 'lib/b.ts': 'export enum E { Long = 5 }' }, 5)
    duration(
      'a constant made of an import',
      "import { n } from '../../lib/b'",
      'n',
      { 'lib/b.ts': "import { m } from './c'\nexport const n = m * 2", 'lib/c.ts': 'export const m = 2.5' },
      5,
    )
    duration(
      'a part of an object',
      "import { limits } from '../../lib/b'",
      'limits.slow.seconds',
      { 'lib/b.ts': 'export const limits = { slow: { seconds: 5 }, other: f() }' },
      5,
    )
    duration('a spread', "import { base } from '../../lib/b'", '1, ...base', { 'lib/b.ts': 'export const base = { maxDuration: 5 }' }, 5)
    duration('destructured there', "import { n } from '../../lib/b'", 'n', { 'lib/b.ts': 'export const { n, m } = { n: 5, m: 6 }' }, 5)
    duration('JSON', "import data from '../../lib/b.json'", 'data.n[0]', { 'lib/b.json': '{ "n": [5] }' }, 5)
    duration('JSON with a type', "import data from '../../lib/b.json' with { type: 'json' }", 'data.n', { 'lib/b.json': '{ "n": 5 }' }, 5)
    duration('a name of JSON', "import { n } from '../../lib/b.json'", 'n', { 'lib/b.json': '{ "n": 5 }' }, 5)
    duration('__proto__ in JSON', "import data from '../../lib/b.json'", "({ ...data }['n'])", { 'lib/b.json': '{ "__proto__": { "n": 1 }, "n": 5 }' }, 5)
  })

  describe('as the project is set up', () => {
    const tsconfig = (options: object, more: object = {}) => JSON.stringify({ compilerOptions: options, ...more })
    duration('paths', "import { FIVE } from '@/b'", 'FIVE', { ...five, 'tsconfig.json': tsconfig({ paths: { '@/*': ['./lib/*'] } }) }, 5)
    duration('paths with baseUrl', "import { FIVE } from '@/b'", 'FIVE', { ...five, 'tsconfig.json': tsconfig({ baseUrl: 'lib', paths: { '@/*': ['*'] } }) }, 5)
    duration('baseUrl', "import { FIVE } from 'lib/b'", 'FIVE', { ...five, 'tsconfig.json': tsconfig({ baseUrl: '.' }) }, 5)
    duration(
      'extends',
      "import { FIVE } from '@/b'",
      'FIVE',
      { ...five, 'tsconfig.json': '{ "extends": "./config/base.json" // a comment\n}', 'config/base.json': tsconfig({ paths: { '@/*': ['../lib/*'] } }) },
      5,
    )
    duration('jsconfig.json', "import { FIVE } from '@/b'", 'FIVE', { ...five, 'jsconfig.json': tsconfig({ paths: { '@/*': ['./lib/*'] } }) }, 5)
    const member = { 'node_modules/@acme/limits/package.json': '{ "name": "@acme/limits", "main": "src/index.ts", "types": "types.d.ts" }' }
    duration(
      'a workspace package',
      "import { FIVE } from '@acme/limits'",
      'FIVE',
      { ...member, 'node_modules/@acme/limits/src/index.ts': "export * from './n.js'", 'node_modules/@acme/limits/src/n.ts': 'export const FIVE = 5' },
      5,
    )
    duration(
      'a workspace package above the project',
      "import { FIVE } from '@acme/limits'",
      'FIVE',
      {
        '../node_modules/@acme/limits/package.json': '{ "exports": { ".": { "types": "./x.d.ts", "default": "./src/i.ts" } } }',
        '../node_modules/@acme/limits/src/i.ts': 'export const FIVE = 5',
      },
      5,
    )
    duration(
      'exports of a package',
      "import { FIVE } from '@acme/limits/n'",
      'FIVE',
      {
        'node_modules/@acme/limits/package.json': '{ "exports": { "./n": { "types": "./n.d.ts", "import": "./n.ts" } } }',
        'node_modules/@acme/limits/n.ts': 'export const FIVE = 5',
      },
      5,
    )
    duration('outside of the project', "import { FIVE } from '../../../shared/b'", 'FIVE', { '../shared/b.ts': 'export const FIVE = 5' }, 5)
  })

  describe('cannot tell: the expression that leads there, and the place in the other file', () => {
    unknown('the environment', "import { n } from '../../lib/b'", 'n', { 'lib/b.ts': 'export const n = Number(process.env.N)' }, [
      'config-not-static: n < lib/b.ts: Number(process.env.N)',
    ])
    unknown('a part', "import { limits } from '../../lib/b'", 'limits.n', { 'lib/b.ts': 'export const limits = { n: process.env.N }' }, [
      'config-not-static: limits.n < lib/b.ts: process.env.N',
    ])
    unknown('two files away', "import { n } from '../../lib/b'", 'n', { 'lib/b.ts': "export { n } from './c'", 'lib/c.ts': 'export const n = f()' }, [
      'config-not-static: n < lib/c.ts: f()',
    ])
    unknown('let', "import { n } from '../../lib/b'", 'n', { 'lib/b.ts': 'export let n = 5' }, ['config-not-static: n < lib/b.ts: n'])
    unknown('changed there', "import { o } from '../../lib/b'", 'o.n', { 'lib/b.ts': 'export const o = { n: 5 }\no.n = 6' }, [
      'config-not-static: o.n < pages/api/a.ts: o',
    ])
    unknown('changed here', "import { o } from '../../lib/b'\no.n = 6", 'o.n', { 'lib/b.ts': 'export const o = { n: 5 }' }, ['config-not-static: o.n'])
    unknown('changed here through a namespace', "import * as b from '../../lib/b'\nb.o.n = 6", 'b.o.n', { 'lib/b.ts': 'export const o = { n: 5 }' }, [
      'config-not-static: b.o.n',
    ])
    unknown(
      'files that import each other',
      "import { n } from '../../lib/b'\nexport const unit = 5",
      'n',
      { 'lib/b.ts': "import { unit } from '../pages/api/a'\nexport const n = unit" },
      ['config-not-static: n < lib/b.ts: unit'],
    )
    unknown(
      'two files in a circle',
      "import { n } from '../../lib/b'",
      'n',
      { 'lib/b.ts': "import { m } from './c'\nexport const n = m", 'lib/c.ts': "import { n } from './b'\nexport const m = n" },
      ['config-not-static: n < lib/c.ts: n'],
    )
    unknown('export * in a circle', "import { n } from '../../lib/b'", 'n', { 'lib/b.ts': "export * from './c'", 'lib/c.ts': "export * from './b'" }, [
      'config-not-static: n < pages/api/a.ts: n',
    ])
    unknown(
      'two of export *',
      "import { n } from '../../lib/b'",
      'n',
      { 'lib/b.ts': "export * from './c'\nexport * from './d'", 'lib/c.ts': 'export const n = 1', 'lib/d.ts': 'export const n = 2' },
      ['config-not-static: n < pages/api/a.ts: n'],
    )
    unknown('no such export', "import { n } from '../../lib/b'", 'n', five, ['config-not-static: n < pages/api/a.ts: n'])
    unknown('no such file', "import { n } from './none'", 'n', {}, ['config-not-static: n < pages/api/a.ts: n'])
    unknown(
      'a package',
      "import { n } from 'limits'",
      'n',
      { 'node_modules/limits/package.json': '{ "main": "i.js" }', 'node_modules/limits/i.js': 'export const n = 5' },
      ['config-not-static: n < pages/api/a.ts: n'],
    )
    unknown(
      'types only',
      "import { n } from 'limits'",
      'n',
      { 'node_modules/limits/package.json': '{ "types": "i.d.ts" }', 'node_modules/limits/i.d.ts': 'export declare const n = 5' },
      ['config-not-static: n < pages/api/a.ts: n'],
    )
    unknown('CommonJS', "import { n } from '../../lib/b'", 'n', { 'lib/b.js': 'exports.n = 5' }, ['config-not-static: n < pages/api/a.ts: n'])
    unknown('a file that cannot be parsed', "import { n } from '../../lib/b'", 'n', { 'lib/b.ts': 'export const n = = 5' }, [
      'config-not-static: n < pages/api/a.ts: n',
    ])
    unknown('a whole namespace', "import * as b from '../../lib/b'", 'b', five, ['config-not-static: b < pages/api/a.ts: * as b'])
    unknown('a Node.js module', "import { cpus } from 'node:os'", 'cpus.length', {}, ['config-not-static: cpus.length < pages/api/a.ts: cpus'])
  })

  describe('what is wrong there', () => {
    function wrong(name: string, route: string, files: FileMap, said: readonly string[]): void {
      it(name, () => assert.deepEqual(analysed({ 'pages/api/a.ts': route + handler, ...files }).said, said))
    }
    wrong('a value', "import { n } from '../../lib/b'\nexport const config = { maxDuration: n }", { 'lib/b.ts': 'export const n = -1' }, [
      'config-value: n < lib/b.ts: -1',
    ])
    wrong('a value of a spread', "import { b } from '../../lib/b'\nexport const config = { ...b }", { 'lib/b.ts': 'export const b = { maxDuration: -1 }' }, [
      'config-value: b < lib/b.ts: -1',
    ])
    wrong('the whole', "export { config } from '../../lib/b'", { 'lib/b.ts': 'export const config = { api: { responseLimit: [] } }' }, [
      'config-value: config < lib/b.ts: []',
    ])
    wrong('a key of the whole', "export { c as config } from '../../lib/b'", { 'lib/b.ts': 'export const c = { apis: 1 }' }, [
      'config-unknown-key: c as config < lib/b.ts: apis',
    ])
    wrong('no object', "export { config } from '../../lib/b'", { 'lib/b.ts': "export const config = 'edge'" }, ["config-not-object: config < lib/b.ts: 'edge'"])
    wrong('the edge', "import { runtime as r } from '../../lib/b'\nexport const config = { runtime: r }", { 'lib/b.ts': "export const runtime = 'edge'" }, [
      "config-edge: r < lib/b.ts: 'edge'",
    ])
    wrong('a re-exported config', "export { config } from '../../lib/b'", { 'lib/b.ts': 'export const config = { maxDuration: f() }' }, [
      'config-not-static: config < lib/b.ts: f()',
    ])
  })

  describe('no file is read without need', () => {
    function readsOnly(name: string, route: string): void {
      it(name, () => assert.deepEqual(analysed({ 'pages/api/a.ts': route + handler, ...five, 'tsconfig.json': '{}' }).reads, ['pages/api/a.ts']))
    }
    readsOnly('no config', "import { FIVE } from '../../lib/b'\nuse(FIVE)")
    readsOnly('a config of its own', "import { FIVE } from '../../lib/b'\nexport const config = { maxDuration: 5 }")
    readsOnly('a type', "import type { PageConfig } from '../../lib/b'\nexport const config: PageConfig = { maxDuration: 5 }")
  })
})
