/** `build({ pages: true })`, whole. */

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { build } from './build.ts'
import { createNodeHost } from './host-node.ts'
import type { BuildOptions } from './options.ts'
import { apiFiles, type FileMap, temporaryProject } from './testing.ts'

const PROPS = `export const getStaticProps = ({ params }) => ({ props: { name: params?.name ?? 'world' } })\n`
const PAGE = `export default ({ name }) => '<p>hello ' + name\n${PROPS}`
const PERSON = `${PAGE}export const getStaticPaths = () => ({ paths: ['/people/ann', '/people/ben'], fallback: 'blocking' })\n`

/** As much of React as a server uses. */
const REACT: FileMap = {
  'node_modules/react/package.json': '{ "name": "react", "exports": { ".": "./index.js", "./jsx-runtime": "./index.js" } }',
  'node_modules/react/index.js': 'exports.createElement = exports.jsx = exports.jsxs = (type, props) => ({ type, props })',
  'node_modules/react-dom/package.json': '{ "name": "react-dom", "exports": { "./server": "./server.js" } }',
  'node_modules/react-dom/server.js': `exports.renderToString = ({ type, props }) => typeof type === 'function' ? exports.renderToString(type(props)) : '<' + type + '>' + props.children`,
}

async function buildPages(test: TestContext, files: FileMap, options: BuildOptions = {}) {
  const root = temporaryProject(test, files)
  const result = await build({ pages: true, ...options }, createNodeHost(root))
  const said = result.diagnostics.map(({ code, at }) => `${code} ${at.file}`)
  const read = (name: string) => readFileSync(join(root, 'dist', name), 'utf8')
  return { root, said, read, ...result }
}

/** Does some file that `--prerender` has written hold this text? What else is in them is the server's business. */
function hasPrerendered(root: string, text: string): boolean {
  const folder = join(root, 'dist/prerendered')
  return readdirSync(folder).some((name) => readFileSync(join(folder, name), 'utf8').includes(text))
}

describe('a build with static pages', () => {
  it('has them in server.js, and without --pages not', async (test) => {
    const files = { ...apiFiles(['a.ts']), 'pages/index.ts': PAGE }
    const [with_, without] = [await buildPages(test, files), await buildPages(test, files, { pages: false })]
    const found = (text: string) => ['<p>hello', 'PAGE_CACHE_MAX', 'getStaticPaths', 'EVALSHA'].map((word) => text.includes(word))
    assert.deepEqual([with_.said, found(with_.read('server.js')), with_.routes.length], [[], [true, true, true, true], 2])
    assert.deepEqual([without.said, found(without.read('server.js')), without.routes.length], [[], [false, false, false, false], 1])
  })

  it('has a name of its own, of what is in it, and is the same from any folder', async (test) => {
    const files = { 'pages/index.ts': `import { readFileSync } from 'node:fs'\nreadFileSync('data.json')\n${PAGE}`, 'data.json': '[1]' }
    const nameOf = ({ read }: { read(name: string): string }) => /build: "(.*)"/.exec(read('server.js'))?.[1] ?? assert.fail('there is no name')
    const [one, two, other] = [await buildPages(test, files), await buildPages(test, files), await buildPages(test, { ...files, 'data.json': '[2]' })]
    assert.match(nameOf(one), /^[\w-]{22}$/)
    assert.equal(one.read('server.js'), two.read('server.js'))
    assert.notEqual(nameOf(one), nameOf(other))
    assert.equal(one.read('server.js').replace(nameOf(one), ''), other.read('server.js').replace(nameOf(other), ''))
    assert.ok(!one.read('server.js').includes('apiroutes-build-id'))
  })

  it('is minified with its name', async (test) => {
    const { read } = await buildPages(test, { 'pages/index.ts': PAGE }, { minify: true, sourcemap: false })
    assert.match(read('server.js'), /build:"(?!apiroutes)[\w-]{22}"/)
  })
})

describe('--prerender', () => {
  it('writes the pages whose paths are known', async (test) => {
    const files = { 'pages/index.ts': PAGE, 'pages/people/[name].ts': PERSON }
    const { root, said, read, prerendered: count } = await buildPages(test, files, { prerender: true, verify: true })
    assert.deepEqual([said, count], [[], 3])
    for (const name of ['world', 'ann', 'ben']) assert.ok(hasPrerendered(root, `<p>hello ${name}`), name)
    const { files: names } = JSON.parse(read('manifest.json'))
    assert.deepEqual(
      names.filter((name: string) => name.startsWith('prerendered/')),
      readdirSync(join(root, 'dist/prerendered'))
        .toSorted()
        .map((name) => `prerendered/${name}`),
    )
  })

  it('removes those of an earlier build', async (test) => {
    const { root } = await buildPages(test, { 'pages/index.ts': PAGE }, { prerender: true })
    await build({ pages: true }, createNodeHost(root))
    assert.equal(existsSync(join(root, 'dist/prerendered')), false)
  })

  it('renders with the React of the project, also from a folder above', async (test) => {
    const files = { ...REACT, 'app/pages/index.jsx': `export default ({ name }) => <b>{name}</b>\n${PROPS}` }
    const root = temporaryProject(test, files)
    const { diagnostics, prerendered: count } = await build({ pages: true, prerender: true }, createNodeHost(join(root, 'app')))
    assert.deepEqual([diagnostics, count, hasPrerendered(join(root, 'app'), '<b>world')], [[], 1, true])
  })

  it('puts the document around them', async (test) => {
    const files = { 'pages/index.ts': PAGE, 'pages/_document.ts': "export default ({ html }) => '<html><body><main>' + html + '</body>'" }
    const { root } = await buildPages(test, files, { prerender: true })
    assert.ok(hasPrerendered(root, '<main><p>hello world'))
  })

  /** What is said of two pages, of which the first is right; nothing is written then. */
  function fails(name: string, page: string, expected: readonly string[], options: BuildOptions = {}): void {
    it(name, async (test) => {
      const { root, ok, said } = await buildPages(test, { 'pages/a.ts': PAGE, 'pages/b.ts': page }, { prerender: true, ...options })
      assert.deepEqual([ok, said, existsSync(join(root, 'dist'))], [false, expected, false])
    })
  }
  const throwing = "export default () => ''\nexport const getStaticProps = () => { throw new Error('no DATABASE_URL') }"
  fails('a page that throws', throwing, ['page-not-prerendered pages/b.ts'])
  fails('a page that does not load', `throw new Error('no')\n${PAGE}`, ['page-not-prerendered pages/b.ts'])
  fails('a page that does not load, with --verify', `throw new Error('no')\n${PAGE}`, ['route-not-loading pages/b.ts'], { verify: true })
  fails('a page that ends the process', `process.exit(3)\n${PAGE}`, ['prerender-failed dist/server.js'])

  it('says why, and where in the source', async (test) => {
    const { diagnostics } = await buildPages(test, { 'pages/b.ts': throwing }, { prerender: true })
    const [found] = diagnostics
    assert.ok(found?.code === 'page-not-prerendered')
    assert.equal(found.args.path, '/b')
    assert.match(found.args.why, /^Error: no DATABASE_URL, at .*\(?pages\/b\.ts:2:45\)?$/)
  })

  it('does nothing without --pages', async (test) => {
    const { said, prerendered: count } = await buildPages(test, { ...apiFiles(['a.ts']), 'pages/b.ts': throwing }, { pages: false, prerender: true })
    assert.deepEqual([said, count], [[], 0])
  })
})

it('--page-store: the module is in server.js', async (test) => {
  const files = { 'pages/index.ts': PAGE, 'lib/store.ts': "export default () => console.log('our own store')" }
  const { said, read } = await buildPages(test, files, { pageStore: 'lib/store.ts' })
  assert.deepEqual([said, read('server.js').includes('our own store')], [[], true])
})

it('a React that is missing is said of the page, and of nothing else', async (test) => {
  const files = {
    'pages/index.jsx': `import { B } from '../b'\nexport default () => <B />\n${PROPS}`,
    'b.jsx': "import { memo } from 'react'\nexport const B = memo(() => <b />)",
  }
  assert.deepEqual((await buildPages(test, files)).said, ['page-react-missing pages/index.jsx'])
})
