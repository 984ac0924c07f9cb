import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Metafile } from 'esbuild'
import { describe as describeProject } from '../describe.ts'
import type { LinkedRoute } from '../model.ts'
import { createReport } from '../report.ts'
import { linkNames, memoryHost } from '../testing.ts'
import { contentsOf, type PackageFile } from './contents.ts'
import { page } from './page.ts'
import { sizesOf } from './sizes.ts'

/** Modules by path: how many bytes, and what it imports. */
type Graph = Readonly<Record<string, readonly [bytes: number, ...imports: string[]]>>

/** How much of server.js the runtime is, apart from the module that hands it out. */
const RUNTIME_BYTES = 7

/** What esbuild would say of a server.js with these modules: 10 bytes of the manifest, 1 of the runtime's module, 100 in all are between the modules. */
function metafileOf(graph: Graph, routes: readonly LinkedRoute[]): Metafile {
  const manifest = routes.map(({ file }) => ({ path: file, kind: 'dynamic-import' as const, original: `./${file}` }))
  const imports = (paths: readonly string[]) => paths.map((path) => ({ path, kind: 'import-statement' as const, external: path.startsWith('node:') }))
  const all = [
    ...Object.entries(graph).map(([path, [bytes, ...to]]) => ({ path, bytes, imports: imports(to) })),
    { path: 'apiroutes:manifest', bytes: 10, imports: manifest },
    { path: 'apiroutes:runtime', bytes: 1, imports: [] },
  ]
  const inOutput = all.map(({ path, bytes }) => [path, { bytesInOutput: bytes }] as const)
  const bytes = 100 + RUNTIME_BYTES + all.reduce((sum, item) => sum + item.bytes, 0)
  return {
    inputs: Object.fromEntries(all.map((item) => [item.path, item])),
    outputs: {
      'dist/server.js.map': { bytes: 9999, inputs: {}, imports: [], exports: [] },
      'dist/server.js': { bytes, inputs: Object.fromEntries(inOutput), imports: [], exports: [], entryPoint: 'apiroutes:entry' },
    },
  }
}

/** As createPackages has it, without a disk. */
function packageOf(path: string): PackageFile | undefined {
  const [, dir, name, file] = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\/(.*)/.exec(path) ?? /^(\.\.\/([^/]+))\/(.*)/.exec(path) ?? []
  return dir === undefined || name === undefined || file === undefined ? undefined : { dir, name, path: file }
}

function contents(graph: Graph) {
  const names = Object.keys(graph).flatMap((path) => /^pages\/api\/(.*)/.exec(path)?.[1] ?? [])
  const { routes } = linkNames(names, createReport())
  return contentsOf({ metafile: metafileOf(graph, routes), runtimeBytes: RUNTIME_BYTES }, routes, packageOf)
}

describe('names', () => {
  function named(path: string, expected: string, more: Graph = {}): void {
    it(`${path} is ${expected}`, () => assert.equal(contents({ ...more, [path]: [1] }).modules.get(path)?.name, expected))
  }
  named('pages/api/users/[id].ts', 'routes/api/users/[id]')
  named('pages/api/index.ts', 'routes/api')
  named('lib/db.ts', 'project/lib/db.ts')
  it('the home page has one', () => {
    const { routes } = describeProject(memoryHost({ 'pages/index.js': 'export default () => 1\nexport const getStaticProps = () => 1' }), createReport(), {
      pages: true,
    })
    const { modules } = contentsOf({ metafile: metafileOf({ 'pages/index.js': [1] }, routes), runtimeBytes: RUNTIME_BYTES }, routes, packageOf)
    assert.equal(modules.get('pages/index.js')?.name, 'routes/ (home)')
  })
  named('node_modules/zod/v4/index.js', 'packages/zod/v4/index.js')
  named('node_modules/@a/b/index.js', 'packages/@a/b/index.js')
  named('node_modules/.pnpm/x@1.0.0/node_modules/x/index.js', 'packages/x/index.js')
  named('node_modules/a/node_modules/x/index.js', 'packages/x (2)/index.js', { 'node_modules/x/index.js': [1] })
  named('../shared/src/i.ts', 'packages/shared/src/i.ts')
  named('apiroutes:manifest', 'the server itself/apiroutes/manifest')
  named('apiroutes:runtime', 'the server itself/apiroutes/runtime')
})

describe('sizes', () => {
  const zod = { 'node_modules/zod/index.js': [500, 'node_modules/zod/core.js', 'node:util'], 'node_modules/zod/core.js': [300] } as const
  const shared = { 'lib/db.ts': [20] } as const

  /** A row a route, `/api/a 30 (10): the project 30`: total, own, and what from whom. */
  function routes(name: string, graph: Graph, ...expected: string[]): void {
    it(`routes: ${name}`, () => {
      const found = sizesOf(contents(graph)).routes
      const rows = found.map(
        ({ pattern, total, own, owners }) => `${pattern} ${total} (${own}): ${owners.map((part) => `${part.name} ${part.bytes}`).join(', ')}`,
      )
      assert.deepEqual(rows, expected)
    })
  }
  routes('none', {})
  routes('one by itself', { 'pages/api/a.ts': [10] }, '/api/a 10 (10): the project 10')
  routes('largest first', { 'pages/api/a.ts': [1], 'pages/api/b.ts': [2] }, '/api/b 2 (2): the project 2', '/api/a 1 (1): the project 1')
  routes('the same size: by name', { 'pages/api/b.ts': [1], 'pages/api/a.ts': [1] }, '/api/a 1 (1): the project 1', '/api/b 1 (1): the project 1')
  routes('a package, and a builtin', { ...zod, 'pages/api/a.ts': [10, 'node_modules/zod/index.js'] }, '/api/a 810 (810): zod 800, the project 10')
  routes(
    'what two share is nobody’s own',
    { ...shared, 'pages/api/a.ts': [10, 'lib/db.ts'], 'pages/api/b.ts': [5, 'lib/db.ts'] },
    '/api/a 30 (10): the project 30',
    '/api/b 25 (5): the project 25',
  )
  routes(
    'three share',
    { ...shared, 'pages/api/a.ts': [3, 'lib/db.ts'], 'pages/api/b.ts': [2, 'lib/db.ts'], 'pages/api/c.ts': [1, 'lib/db.ts'] },
    '/api/a 23 (3): the project 23',
    '/api/b 22 (2): the project 22',
    '/api/c 21 (1): the project 21',
  )
  routes(
    'a route that imports a route',
    { 'pages/api/a.ts': [10, 'pages/api/b.ts'], 'pages/api/b.ts': [5] },
    '/api/a 15 (10): the project 15',
    '/api/b 5 (0): the project 5',
  )
  routes('a cycle', { 'pages/api/a.ts': [1, 'lib/x.ts'], 'lib/x.ts': [2, 'lib/y.ts'], 'lib/y.ts': [4, 'lib/x.ts'] }, '/api/a 7 (7): the project 7')
  routes('the runtime is no route’s', { 'apiroutes:x': [50], 'pages/api/a.ts': [1, 'apiroutes:x'] }, '/api/a 1 (1): the project 1')
  routes('a package of which nothing is left', { 'node_modules/x/i.js': [0], 'pages/api/a.ts': [1, 'node_modules/x/i.js'] }, '/api/a 1 (1): the project 1')

  /** A row a package, `zod 800: /api/a`: size, and the routes that import it. */
  function packages(name: string, graph: Graph, ...expected: string[]): void {
    it(`packages: ${name}`, () => {
      const { bytes, owners, between } = sizesOf(contents(graph))
      assert.deepEqual(
        owners.map((owner) => `${owner.name} ${owner.bytes}: ${owner.routes.join(' ')}`.trimEnd()),
        expected,
      )
      assert.equal(between, 100)
      assert.equal(
        owners.reduce((sum, owner) => sum + owner.bytes, between),
        bytes,
      )
    })
  }
  packages('no routes', {}, 'the server itself 18:')
  packages(
    'which routes import it',
    { ...zod, 'pages/api/a.ts': [3, 'node_modules/zod/core.js'], 'pages/api/b.ts': [2, 'node_modules/zod/index.js'], 'pages/api/c.ts': [1] },
    'zod 800: /api/a /api/b',
    'the server itself 18:',
    'the project 6: /api/a /api/b /api/c',
  )
  packages('two of one name', { 'node_modules/x/i.js': [30], 'node_modules/a/node_modules/x/i.js': [20] }, 'x 30:', 'x (2) 20:', 'the server itself 18:')
})

it('names are text in the page', () => {
  const html = page(sizesOf(contents({ 'pages/api/<b>&"a.ts': [1], 'node_modules/<i>/i.js': [5] })), '<main title="t">')
  assert.match(html, /<td>\/api\/&lt;b&gt;&amp;&quot;a<br>/)
  assert.match(html, /<td>&lt;i&gt;<\/td>/)
  assert.match(html, /srcdoc="&lt;main title=&quot;t&quot;&gt;"/)
})
