import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RouteConfig } from '@apiroutes/runtime'
import { UNSET_CONFIG } from '@apiroutes/runtime/config'
import { matchRoute } from '@apiroutes/runtime/match'
import type { ConfigReading, RouteTable } from '../../model.ts'
import { evaluateManifest, linkNames } from '../../testing.ts'
import { emitEntry } from './entry.ts'
import { emitManifest } from './manifest.ts'
import { publicManifest } from './public-manifest.ts'

function withConfig(table: RouteTable, config: ConfigReading): RouteTable {
  return { ...table, routes: table.routes.map((route) => ({ ...route, config })) }
}

describe('emitManifest', () => {
  it('is written for a reader', () => {
    assert.equal(
      emitManifest(linkNames(['hello.ts', 'users/[id].ts', 'users/[id]/posts/all.ts', 'docs/[[...path]].ts'])).code,
      `const unset = { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }
const none = []
const params = [
  { list: [{ name: "path", at: 2, rest: true }], of(values) { return {} } },
  { list: [], of(values) { return {} } },
  { list: [{ name: "id", at: 2, rest: false }], of(values) { return { id: values[0] } } },
]
const runs = [
  ["api"],
  [null],
  ["all"],
]

const leaves = [
  { kind: 'api', pattern: "/api/docs/[[...path]]", file: "pages/api/docs/[[...path]].ts", params: params[0], config: unset, load() { return import("./pages/api/docs/[[...path]].ts") } },
  { kind: 'api', pattern: "/api/hello", file: "pages/api/hello.ts", params: params[1], config: unset, load() { return import("./pages/api/hello.ts") } },
  { kind: 'api', pattern: "/api/users/[id]", file: "pages/api/users/[id].ts", params: params[2], config: unset, load() { return import("./pages/api/users/[id].ts") } },
  { kind: 'api', pattern: "/api/users/[id]/posts/all", file: "pages/api/users/[id]/posts/all.ts", params: params[2], config: unset, load() { return import("./pages/api/users/[id]/posts/all.ts") } },
]

const tree = { run: runs[0], leaf: -1, many: null, few: [
  "docs", { run: none, leaf: -1, many: null, few: none, param: null, catchAll: -1, optionalCatchAll: 0 },
  "hello", 1,
  "users", { run: runs[1], leaf: 2, many: null, few: [
    "posts", { run: runs[2], leaf: 3, many: null, few: none, param: null, catchAll: -1, optionalCatchAll: -1 },
  ], param: null, catchAll: -1, optionalCatchAll: -1 },
], param: null, catchAll: -1, optionalCatchAll: -1 }

export const manifest = { leaves, tree }
`,
    )
  })

  describe('names that try to break out', () => {
    /** Evaluated: the route is data, `load` imports its file, and the tree has its path. */
    function harmless(name: string): void {
      it(JSON.stringify(name), () => {
        const table = linkNames([`${name}.ts`])
        const { leaves, tree } = evaluateManifest(emitManifest(table).code)
        const { load, params, ...leaf } = leaves[0] ?? assert.fail('there is no leaf')
        assert.deepEqual(leaf, { kind: 'api', pattern: `/api/${name}`, file: `pages/api/${name}.ts`, config: UNSET_CONFIG })
        assert.deepEqual(params.list, [])
        assert.equal(load(), `${name.includes('*') ? 'apiroutes:file:' : './'}pages/api/${name}.ts`)
        assert.deepEqual(tree, table.tree)
      })
    }

    harmless('";evil("')
    harmless("';evil('")
    harmless('`${evil()}`')
    harmless('\\')
    harmless('\\";evil()//')
    harmless('a\n;evil()')
    harmless('a\r\n;evil()')
    harmless('\u2028;evil()')
    harmless('\u2029')
    harmless('\0')
    harmless('*/ evil() /*')
    harmless('</script>')
    harmless("$&$'$`")
    harmless('__proto__')
    harmless('__proto__/__proto__')
    harmless('constructor')
    harmless('toString/valueOf')
    harmless('hasOwnProperty')
    harmless('\ud83d')
    harmless('😀 ünï 日本')
  })

  describe('config', () => {
    const table = linkNames(['a.ts'])
    function configIs(name: string, config: ConfigReading, text: string): void {
      it(name, () => assert.equal(/config: (.*), load\(\)/.exec(emitManifest(withConfig(table, config)).code)?.[1], text))
    }
    const set: RouteConfig = { bodyParser: { bytes: 512_000, text: '500kb' }, responseLimit: false, externalResolver: true, maxDuration: 5 }
    configIs(
      'sizes are bytes',
      { kind: 'static', config: set },
      '{ bodyParser: { bytes: 512000, text: "500kb" }, responseLimit: false, externalResolver: true, maxDuration: 5 }',
    )
    configIs('read at load', { kind: 'at-load' }, 'readConfig')
    configIs('none', { kind: 'static', config: UNSET_CONFIG }, 'unset')

    const imports = (config: ConfigReading) => emitManifest(withConfig(table, config)).code.startsWith('import { readConfig } from "apiroutes:runtime"\n')
    it('the reader is imported only when it is used', () => {
      assert.deepEqual([imports({ kind: 'at-load' }), imports({ kind: 'static', config: set })], [true, false])
    })
  })

  it('no routes are valid code too', () => {
    assert.deepEqual(evaluateManifest(emitManifest(linkNames([])).code), { leaves: [], tree: linkNames([]).tree })
  })

  for (const count of [8, 9]) {
    it(`${count} texts are ${count > 8 ? 'a Map' : 'a list'}`, () => {
      const table = linkNames(Array.from({ length: count }, (_, i) => `${i}.ts`))
      const { tree, leaves } = evaluateManifest(emitManifest(table).code)
      assert.deepEqual(tree, table.tree)
      assert.equal(tree.many instanceof Map, count > 8)
      for (const { pattern } of leaves) assert.equal(leaves[matchRoute(tree, pattern)]?.pattern, pattern)
    })
  }
})

describe('publicManifest', () => {
  const table = linkNames(['a.ts', '[[...p]].ts', 'b/[id].ts'])
  const read = (config: ConfigReading) => JSON.parse(publicManifest(withConfig(table, config), ['a', 'b']))

  it('is the route table for people', () => {
    const config = UNSET_CONFIG
    assert.deepEqual(read({ kind: 'static', config }), {
      version: 1,
      generator: 'apiroutes',
      files: ['a', 'b'],
      routes: [
        { kind: 'api', path: '/api/a', file: 'pages/api/a.ts', params: [], config, methods: null },
        { kind: 'api', path: '/api/b/[id]', file: 'pages/api/b/[id].ts', params: [{ name: 'id', rest: false }], config, methods: null },
        { kind: 'api', path: '/api/[[...p]]', file: 'pages/api/[[...p]].ts', params: [{ name: 'p', rest: true }], config, methods: null },
      ],
    })
  })

  it('names the file of hooks, if there is one', () => {
    const { instrumentation } = JSON.parse(publicManifest({ ...table, instrumentation: 'src/instrumentation.ts' }, []))
    assert.equal(instrumentation, 'src/instrumentation.ts')
  })

  it('says what is read at load', () => assert.equal(read({ kind: 'at-load' }).routes[0].config, 'at-load'))
})

describe('emitEntry', () => {
  it('is the same for every app without instrumentation', () => {
    assert.equal(
      emitEntry({ instrumentation: undefined, pages: undefined }).code,
      `// Generated by apiroutes. Edit the files under pages/api instead.
import { serve, remoteRevalidation } from "apiroutes:runtime"
import { manifest } from "apiroutes:manifest"

await serve(manifest, import.meta.url, { remoteRevalidation })
`,
    )
  })

  it('hands the hooks to the server', () => {
    assert.equal(
      emitEntry({ instrumentation: 'src/instrumentation.ts', pages: undefined }).code,
      `// Generated by apiroutes. Edit the files under pages/api instead.
import { serve, remoteRevalidation, instrumentation } from "apiroutes:runtime"
import { manifest } from "apiroutes:manifest"

await serve(manifest, import.meta.url, { remoteRevalidation, instrumentation: instrumentation("src/instrumentation.ts", () => import("./src/instrumentation.ts")) })
`,
    )
  })
})
