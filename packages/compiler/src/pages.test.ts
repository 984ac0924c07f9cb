/** Static pages beside API routes, through phases 1 to 4. */

import assert from 'node:assert/strict'
import { it, describe as suite } from 'node:test'
import { matchRoute } from '@apiroutes/runtime/match'
import { describe } from './describe.ts'
import type { PageOptions } from './options.ts'
import { emit } from './phases/4-emit/emit.ts'
import { createReport } from './report.ts'
import { evaluateManifest, type FileMap, HANDLER, memoryHost, saidOf } from './testing.ts'

const PAGE = `export default () => ''\nexport const getStaticProps = () => ({ props: {} })\n`
const PATHS = 'export const getStaticPaths = () => ({ paths: [], fallback: false })\n'

/** Files below `pages` with what they need. */
function files(names: readonly string[]): FileMap {
  const text = (name: string) => (name.startsWith('api/') ? HANDLER : name.includes('[') ? PAGE + PATHS : PAGE)
  return Object.fromEntries(names.map((name) => [`pages/${name}`, text(name)]))
}

function described(project: FileMap, options: PageOptions = { pages: true }) {
  const report = createReport()
  const table = describe(memoryHost(project), report, options)
  return { table, said: saidOf(report.all()) }
}

suite('order and matching', () => {
  function ordered(name: string, names: readonly string[], patterns: readonly string[]): void {
    it(name, () => {
      const { table, said } = described(files(names))
      assert.deepEqual([table.routes.map(({ pattern }) => pattern), said], [patterns, []])
    })
  }
  ordered('the home page comes first', ['a.ts', 'index.ts'], ['/', '/a'])
  ordered('static before params', ['[slug].ts', 'api/a.ts', 'b.ts', '[...all].ts'], ['/api/a', '/b', '/[slug]', '/[...all]'])
  ordered('a catch-all at the root', ['[[...all]].ts', 'api/[id].ts'], ['/api/[id]', '/[[...all]]'])

  function matches(name: string, names: readonly string[], answers: Readonly<Record<string, string | undefined>>): void {
    it(name, () => {
      const { routes, tree } = described(files(names)).table
      const found = Object.keys(answers).map((path) => [path, routes[matchRoute(tree, path)]?.file.slice('pages/'.length)])
      assert.deepEqual(Object.fromEntries(found), answers)
    })
  }
  matches('the home page', ['index.ts', 'api/a.ts'], { '/': 'index.ts', '/api/a': 'api/a.ts', '/api': undefined, '/b': undefined })
  matches('a param at the root', ['[slug].ts', 'api/a.ts'], {
    '/x': '[slug].ts',
    '/api': '[slug].ts',
    '/api/a': 'api/a.ts',
    '/api/b': undefined,
    '/': undefined,
  })
  matches('a catch-all at the root', ['[[...all]].ts', 'api/a.ts'], { '/': '[[...all]].ts', '/api/a': 'api/a.ts', '/api/b': '[[...all]].ts' })
})

suite('conflicts', () => {
  function conflicts(name: string, names: readonly string[], expected: readonly string[]): void {
    it(name, () => assert.deepEqual(described(files(names)).said, expected))
  }
  conflicts('a page and a param', ['[slug].ts', 'api/a.ts', 'about.ts'], [])
  conflicts('two files for a page', ['a.ts', 'a/index.tsx'], ['route-conflict pages/a/index.tsx < pages/a.ts'])
  conflicts('two home pages', ['index.js', 'index.tsx'], ['route-conflict pages/index.tsx < pages/index.js'])
  conflicts('the home page and an optional catch-all', ['index.ts', '[[...all]].ts'], ['optional-index-conflict pages/[[...all]].ts < pages/index.ts'])
  conflicts('names of params', ['[a].ts', '[b]/c.ts'], ['param-name-conflict pages/[b]/c.ts < pages/[a].ts'])
  conflicts('a file in another case', ['About.ts', 'about.ts'], ['case-conflict pages/about.ts < pages/About.ts'])
})

suite('health checks', () => {
  function health(name: string, names: readonly string[], expected: readonly string[]): void {
    it(name, () => assert.deepEqual(described(files(names)).said, expected))
  }
  health('a page with params lets them be', ['[slug].ts'], [])
  health('a catch-all lets them be', ['[[...all]].ts'], [])
  health('a page of that name hides one', ['livez.ts', '[slug].ts'], ['health-path-taken pages/livez.ts'])
})

suite('what is emitted', () => {
  it('leaves of both kinds', () => {
    const { table } = described({ ...files(['api/a.ts', 'posts/[id].ts']), 'pages/x*y.jsx': `import 'react'\n${PAGE}` })
    const [, manifest] = emit(table).modules
    const leaves = evaluateManifest(manifest?.code ?? '').leaves.map(({ load, params, ...leaf }) => ({ ...leaf, params: params.list, load: load() }))
    const params = [{ name: 'id', at: 1, rest: false }]
    assert.deepEqual(leaves.slice(1), [
      { kind: 'page', pattern: '/posts/[id]', file: 'pages/posts/[id].ts', params, isReact: false, load: './pages/posts/[id].ts' },
      { kind: 'page', pattern: '/x*y', file: 'pages/x*y.jsx', params: [], isReact: true, load: 'apiroutes:file:pages/x*y.jsx' },
    ])
    assert.equal(leaves[0]?.kind, 'api')
  })

  /** The lines of the entry that hand over what pages need. */
  function entry(name: string, more: FileMap, expected: readonly string[], options?: PageOptions): void {
    it(name, () => {
      const { modules, runtime } = emit(described({ ...files(['index.ts']), ...more }, options).table)
      const lines = modules[0].code.split('\n').filter((line) => /^ {4}\w/.test(line))
      const isReact = modules.some(({ id }) => id === 'apiroutes:react')
      assert.deepEqual(lines, ['    build: "apiroutes-build-id-xxx",', ...expected])
      assert.equal(isReact, expected[1]?.includes('apiroutes:react'))
      assert.ok(runtime.some((item) => item.name === 'pages' && item.from === '@apiroutes/runtime/pages'))
    })
  }
  const installed = { 'node_modules/react/package.json': '{}', 'node_modules/react-dom/package.json': '{}' }
  entry('nothing but pages', {}, ['    document: undefined,', '    react: undefined,', '    store: undefined,'])
  entry(
    'a document, React and a store',
    { 'pages/_document.ts': PAGE, 'store.ts': HANDLER, ...installed },
    ['    document: () => import("./pages/_document.ts"),', '    react: () => import("apiroutes:react"),', '    store: () => import("./store.ts"),'],
    { pages: true, pageStore: 'store.ts' },
  )

  it('nothing of it without --pages', () => {
    const { modules, runtime } = emit(described({ ...files(['index.ts', 'api/a.ts']), ...installed }, { pages: false }).table)
    assert.deepEqual(modules.map(({ id }) => id).toSorted(), ['apiroutes:entry', 'apiroutes:manifest'])
    assert.equal(
      runtime.some(({ name }) => name === 'pages'),
      false,
    )
  })
})
