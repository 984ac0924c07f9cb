import assert from 'node:assert/strict'
import { it, describe as suite, type TestContext } from 'node:test'
import { build } from '../build.ts'
import { parseArguments } from '../cli/arguments.ts'
import { describe } from '../describe.ts'
import type { Host } from '../host.ts'
import { createNodeHost } from '../host-node.ts'
import { type BuildOptions, NO_PAGES, type PageOptions } from '../options.ts'
import { createReport } from '../report.ts'
import { apiFiles, type FileMap, HANDLER, memoryHost, temporaryProject } from '../testing.ts'
import { catalogue } from './catalogue.ts'
import { type Code, type Diagnostic, messageOf } from './diagnostic.ts'

/** A project that gets the code, and one beside it that gets no diagnostic at all. Each may have options of its own. */
interface Row {
  readonly wrong: FileMap
  readonly right: FileMap
  readonly options?: { readonly wrong: BuildOptions; readonly right: BuildOptions }
}

const route = (text: string): FileMap => ({ 'pages/api/a.ts': text })
/** A route that imports a package, whose index is this. */
const withPackage = (index: string, { name = 'p', ...files }: { readonly name?: string; readonly [file: string]: string | undefined } = {}): FileMap => ({
  ...route(`import p from '${name}'\nexport default () => p`),
  [`node_modules/${name}/package.json`]: `{ "name": "${name}" }`,
  [`node_modules/${name}/index.js`]: index,
  ...(files as FileMap),
})
/** As much of a native addon as says what it is for: linux-x64. */
const ADDON = `\x7fELF\x02\x01${'\0'.repeat(12)}\x3E${'\0'.repeat(45)}libc.so.6`
const HOOK = 'export function register() {}\n'
const withHooks = (text: string): FileMap => ({ ...apiFiles(['a.ts']), 'instrumentation.ts': text })
const config = (text: string): FileMap => route(`export const config = ${text}\n${HANDLER}`)

/** What the phases before the bundle find: these tests touch no disk. */
const described = {
  'no-routes': { wrong: { 'pages/index.tsx': '' }, right: apiFiles(['a.ts']) },
  'folder-ignored': {
    wrong: { 'pages/api/a.ts': HANDLER, 'src/pages/api/b.ts': HANDLER },
    right: { 'src/pages/api/a.ts': HANDLER, 'src/pages/index.tsx': '' },
  },
  'file-ignored': { wrong: apiFiles(['a.ts', 'b.mjs']), right: apiFiles(['a.ts', 'b.js', 'c.d.mts', 'd.json']) },
  'test-file': { wrong: apiFiles(['a.test.ts', 'b.spec.js', '__tests__/c.ts']), right: apiFiles(['test.ts', 'a-test.ts', 'tests/a.ts', 'spec.ts']) },
  'reserved-name': { wrong: apiFiles(['_middleware.ts']), right: apiFiles(['middleware.ts', '_middlewares.ts']) },
  'looks-dynamic': { wrong: apiFiles(['pre-[id].ts']), right: apiFiles(['[pre-id].ts', '[id.ts']) },
  'optional-param': { wrong: apiFiles(['[[id]].ts']), right: apiFiles(['[[...id]].ts']) },
  'segment-dots': { wrong: apiFiles(['[..a].ts']), right: apiFiles(['[...a].ts']) },
  'segment-ellipsis': { wrong: apiFiles(['[…a].ts']), right: apiFiles(['[a…].ts', '….ts']) },
  'segment-brackets': { wrong: apiFiles(['[[a].ts']), right: apiFiles(['[a].ts', '[a.ts', 'a].ts']) },
  'catch-all-not-last': { wrong: apiFiles(['[...a]/b.ts']), right: apiFiles(['b/[...a].ts', '[...a]/index.ts']) },
  'param-repeated': { wrong: apiFiles(['[a]/[a].ts']), right: apiFiles(['[a]/[b].ts', 'b/[a].ts']) },
  'syntax-error': { wrong: route('export default function h( {}'), right: route('export default function h() {}') },
  'await-outside-async': { wrong: route('export default () => { await a() }'), right: route('export default async () => { await a() }') },
  'handler-missing': { wrong: route('export const x = 1'), right: route("export { x as default } from './x'") },
  'handler-not-function': { wrong: route('export default { a: 1 }'), right: route('export default makeHandler({ a: 1 })') },
  'handler-returns-response': {
    wrong: route('export default () => Response.json({})'),
    right: route("import { Response } from './x'\nexport default () => Response.json({})"),
  },
  'export-all': { wrong: route(`export * from './b'\n${HANDLER}`), right: route(`export * as b from './b'\n${HANDLER}`) },
  'config-not-object': { wrong: config("'edge'"), right: config('{}') },
  'config-not-static': { wrong: config('{ maxDuration: Number(process.env.SECONDS) }'), right: config('{ maxDuration: 4 * 2 }') },
  'config-value': { wrong: config("{ api: { responseLimit: 'lots' } }"), right: config("{ api: { responseLimit: '1mb' } }") },
  'config-no-effect': { wrong: config("{ api: { bodyParser: 'no' } }"), right: config('{ api: { bodyParser: false } }') },
  'config-unknown-key': { wrong: config('{ apis: {} }'), right: config('{ api: {}, unstable_x: 1 }') },
  'config-edge': { wrong: config("{ runtime: 'edge' }"), right: config("{ runtime: 'nodejs' }") },
  'instrumentation-ignored': {
    wrong: { ...apiFiles(['a.ts']), 'instrumentation.ts': HOOK, 'instrumentation.js': HOOK },
    right: { 'src/pages/api/a.ts': HANDLER, 'src/instrumentation.ts': HOOK, 'instrumentation.mjs': '' },
  },
  'instrumentation-not-function': { wrong: withHooks('export const register = {}'), right: withHooks('export const register = start()') },
  'instrumentation-name': { wrong: withHooks('export function onRequestErr() {}'), right: withHooks(`export function registerAll() {}\n${HOOK}`) },
  'instrumentation-empty': { wrong: withHooks("import './telemetry'"), right: withHooks("export * from './telemetry'") },
  'route-conflict': { wrong: apiFiles(['a.ts', 'a/index.ts']), right: apiFiles(['a.ts', 'a/b.ts']) },
  'param-name-conflict': { wrong: apiFiles(['[a].ts', '[b]/c.ts']), right: apiFiles(['[a].ts', '[a]/c.ts', '[...b].ts']) },
  'catch-all-conflict': { wrong: apiFiles(['[...a].ts', '[[...a]].ts']), right: apiFiles(['[...a].ts', 'b/[[...a]].ts']) },
  'optional-index-conflict': { wrong: apiFiles(['index.ts', '[[...a]].ts']), right: apiFiles(['index.ts', '[...a].ts']) },
  'case-conflict': { wrong: apiFiles(['A.ts', 'a.ts']), right: apiFiles(['A.ts', 'a.js', 'b.ts']) },
  'health-path-taken': {
    wrong: { ...apiFiles(['health/[check].ts']), '.env': 'READYZ_PATH=/api/health/ready' },
    right: { ...apiFiles(['health/[check].ts']), '.env': 'READYZ_PATH=/api/ready' },
  },
} satisfies Partial<Record<Code, Row>>

/** Of a static page that is right. */
const PROPS = 'export const getStaticProps = () => ({ props: {} })\n'
const PAGE = `export default () => '<p>hello</p>'\n${PROPS}`
const REACT: FileMap = { 'node_modules/react/package.json': '{}', 'node_modules/react-dom/package.json': '{}' }
const page = (text: string, more: FileMap = {}): FileMap => ({ 'pages/a.tsx': text, ...REACT, ...more })
const post = (text: string): FileMap => ({ 'pages/[id].ts': `${PAGE}${text}` })

/** What they find of static pages. */
const withPages = {
  'no-pages': { wrong: apiFiles(['a.ts']), right: { ...apiFiles(['a.ts']), 'pages/index.ts': PAGE } },
  'page-special': { wrong: page(PAGE, { 'pages/_app.tsx': PAGE }), right: page(PAGE, { 'pages/a/_app.tsx': PAGE, 'pages/_document.ts': PAGE }) },
  'document-conflict': { wrong: page(PAGE, { 'pages/_document.js': PAGE, 'pages/_document.ts': PAGE }), right: page(PAGE, { 'pages/_document.js': PAGE }) },
  'page-default': { wrong: page(`export default { a: 1 }\n${PROPS}`), right: page(`export default class A {}\n${PROPS}`) },
  'page-without-get-static-props': { wrong: page('export default () => 1'), right: page(`export * as a from './api/b'\n${PAGE}`) },
  'page-export-not-function': { wrong: page('export default () => 1\nexport const getStaticProps = {}'), right: page(PAGE) },
  'page-paths-missing': { wrong: post(''), right: post('export const getStaticPaths = make()') },
  'page-paths-unused': { wrong: page(`${PAGE}export const getStaticPaths = make()`), right: page(`${PAGE}const getStaticPaths = make()`) },
  'page-not-static': { wrong: page(`${PAGE}export function getServerSideProps() {}`), right: page(`${PAGE}function getServerSideProps() {}`) },
  'page-imports-style': { wrong: page(`import './a.css'\n${PAGE}`), right: page(`import './css'\n${PAGE}`) },
  'page-imports-asset': { wrong: page(`import a from './a.svg'\n${PAGE}a`), right: page(`import a from './svg'\n${PAGE}a`) },
  'page-imports-next': {
    wrong: page(`import Link from 'next/link'\n${PAGE}Link`),
    right: page(`import { GetStaticProps } from 'next'\n${PAGE}let a: GetStaticProps`),
  },
  'page-styled-jsx': { wrong: page(`export default () => <style jsx>a</style>\n${PROPS}`), right: page(`export default () => <style>a</style>\n${PROPS}`) },
  'page-react-missing': {
    wrong: { 'pages/a.tsx': `export default () => <p>hello</p>\n${PROPS}` },
    right: page(`export default () => <p>hello</p>\n${PROPS}`),
  },
} satisfies Partial<Record<Code, Row>>

const PAGES: PageOptions = { pages: true }
const PRERENDER: BuildOptions = { pages: true, prerender: true }
const STORE: PageOptions = { pages: true, pageStore: 'store.ts' }

/** And of the module that they are kept in. */
const withStore = {
  'page-store-missing': { wrong: page(PAGE), right: page(PAGE, { 'store.ts': HANDLER }) },
  'page-store-not-function': { wrong: page(PAGE, { 'store.ts': 'export default {}' }), right: page(PAGE, { 'store.ts': 'export default make()' }) },
} satisfies Partial<Record<Code, Row>>

const installed: FileMap = {
  'node_modules/express/package.json': '{ "exports": { ".": "./index.js", "./a": "./index.js" } }',
  'node_modules/express/index.js': '',
}

/** What only a build finds. */
const built = {
  'import-unresolved': { wrong: route(`import './b'\n${HANDLER}`), right: { ...route(`import './b'\n${HANDLER}`), 'pages/api/b.js': HANDLER } },
  'package-not-installed': { wrong: route(`import 'expres'\n${HANDLER}`), right: { ...route(`import 'express'\n${HANDLER}`), ...installed } },
  'subpath-not-exported': {
    wrong: { ...route(`import 'express/b'\n${HANDLER}`), ...installed },
    right: { ...route(`import 'express/a'\n${HANDLER}`), ...installed },
  },
  'package-import-missing': {
    wrong: withPackage("exports.f = () => require('gone')"),
    right: withPackage("exports.f = () => require('gone')", { 'node_modules/p/package.json': '{ "name": "p", "peerDependencies": { "gone": "1" } }' }),
  },
  'import-not-static': {
    wrong: route(`export const load = (name) => import(name)\n${HANDLER}`),
    right: { ...route(`export const load = (name) => import('../../lib/' + name + '.js')\n${HANDLER}`), 'lib/a.js': '' },
  },
  'package-import-not-static': {
    wrong: withPackage('exports.f = (name) => require(name)'),
    right: withPackage('exports.f = (name) => { try { require(name) } catch {} }'),
  },
  'path-not-traced': {
    wrong: route(`import { join } from 'node:path'\nexport const f = (name) => join(process.cwd(), name)\n${HANDLER}`),
    right: { ...route(`import { join } from 'node:path'\nexport const f = (name) => join(process.cwd(), 'data', name)\n${HANDLER}`), 'data/a.json': '{}' },
  },
  'output-name-taken': {
    wrong: { ...route(`import { readFileSync } from 'node:fs'\nexport const f = () => readFileSync('manifest.json')\n${HANDLER}`), 'manifest.json': '{}' },
    right: { ...route(`import { readFileSync } from 'node:fs'\nexport const f = () => readFileSync('a/manifest.json')\n${HANDLER}`), 'a/manifest.json': '{}' },
  },
  'addon-platform': {
    wrong: withPackage("module.exports = require('./a.node')", { 'node_modules/p/a.node': ADDON }),
    right: withPackage("module.exports = require('./a.node')", { 'node_modules/p/a.node': ADDON }),
    options: { wrong: { target: 'linux-arm64' }, right: { target: 'linux-x64' } },
  },
  'include-nothing': {
    wrong: apiFiles(['a.ts']),
    right: { ...apiFiles(['a.ts']), 'data/a.json': '{}' },
    options: { wrong: { include: ['data/**'] }, right: { include: ['data/**'] } },
  },
  'route-not-loading': {
    wrong: route(`throw new Error('no DATABASE_URL')\n${HANDLER}`),
    right: apiFiles(['a.ts']),
    options: { wrong: { verify: true }, right: { verify: true } },
  },
  'instrumentation-not-starting': {
    wrong: withHooks("export function register() {\n  throw new Error('no OTEL_ENDPOINT')\n}"),
    right: withHooks(HOOK),
    options: { wrong: { verify: true }, right: { verify: true } },
  },
  'verify-failed': {
    wrong: apiFiles(['a.ts']),
    right: route(`process.exitCode = 3\n${HANDLER}`),
    options: { wrong: { verify: true, target: 'win32-ia32' }, right: { verify: true } },
  },
  'page-not-prerendered': {
    wrong: { 'pages/a.ts': `export default () => '<p>hello</p>'\nexport const getStaticProps = () => {\n  throw new Error('no DATABASE_URL')\n}` },
    right: { 'pages/a.ts': PAGE },
    options: { wrong: PRERENDER, right: PRERENDER },
  },
  'prerender-failed': {
    wrong: { 'pages/a.ts': PAGE },
    right: { 'pages/a.ts': PAGE },
    options: { wrong: { ...PRERENDER, target: 'win32-ia32' }, right: PRERENDER },
  },
  'bundle-error': { wrong: route(`const a = 1\nconst a = 2\n${HANDLER}`), right: route(`const a = 1\n{ const a = 2 }\n${HANDLER}`) },
  'bundle-warning': { wrong: route(`export const a = typeof b === 'nothing'\n${HANDLER}`), right: route(`export const a = typeof b === 'string'\n${HANDLER}`) },
  'output-unwritable': { wrong: { ...apiFiles(['a.ts']), dist: 'a file' }, right: { ...apiFiles(['a.ts']), 'dist/other.js': 'mine' } },
  'output-occupied': { wrong: { ...apiFiles(['a.ts']), 'dist/server.js': 'mine' }, right: { ...apiFiles(['a.ts']), 'dist/other.js': 'mine' } },
} satisfies Partial<Record<Code, Row>>

suite('every code of the catalogue', () => {
  const rows: Record<Exclude<Code, 'file-unreadable'>, Row> = { ...described, ...withPages, ...withStore, ...built } // a code without a row does not compile

  it('has a row', () => assert.deepEqual([...Object.keys(rows), 'file-unreadable'].toSorted(), Object.keys(catalogue).toSorted()))

  it('file-unreadable is said', () => {
    const host = memoryHost(apiFiles(['a.ts', 'b.ts']))
    const read = (file: string) => {
      if (file.endsWith('a.ts')) throw new Error('EACCES: permission denied')
      return host.read(file)
    }
    assertSaid('file-unreadable', found({ ...host, read }))
  })

  for (const [rowsOf, options] of [[described], [withPages, PAGES], [withStore, STORE]] as const) {
    for (const [code, { wrong, right }] of Object.entries(rowsOf)) {
      it(`${code} is said`, () => assertSaid(code, found(memoryHost(wrong), options)))
      it(`${code} is not said`, () => assertNothing(found(memoryHost(right), options)))
    }
  }
  for (const [code, { wrong, right, options }] of Object.entries<Row>(built)) {
    it(`${code} is said`, async (test) => assertSaid(code, await foundByBuild(createNodeHost(temporaryProject(test, wrong)), options?.wrong)))
    it(`${code} is not said`, async (test) => assertNothing(await foundByBuild(createNodeHost(temporaryProject(test, right)), options?.right)))
  }
})

suite("the catalogue's own examples", () => {
  /** Commands that say nothing without a project around them. */
  const commands: readonly string[] = [
    'no-routes',
    'output-occupied',
    'output-unwritable',
    'file-unreadable',
    'package-import-missing',
    'no-pages',
    'page-store-missing',
  ]
  /** What the examples import. */
  const lib: FileMap = {
    'lib/db.js': 'export const query = 1',
    'node_modules/parser/package.json': '{ "exports": { "./parse": "./lib/parse.js" } }',
    'node_modules/parser/lib/parse.js': 'export const parse = 1',
    'pages/api/plugins/a.js': HANDLER,
    'package.json': '{}',
    'manifest.json': '{}',
    'data/manifest.json': '{}',
  }
  /** The projects that the other commands are for. */
  const projects: Readonly<Record<string, FileMap>> = {
    'package-import-not-static': withPackage('exports.f = (name) => require(name)', { name: 'knex' }),
    'addon-platform': built['addon-platform'].wrong,
    'include-nothing': built['include-nothing'].right,
    'verify-failed': apiFiles(['a.ts']),
    'prerender-failed': { 'pages/a.ts': PAGE },
  }

  for (const [code, { wrong, right }] of Object.entries(catalogue)) {
    if (commands.includes(code)) continue
    it(`${code}: wrong`, async (test) => {
      const said = (await foundIn(wrong, code, test)).map((item) => item.code)
      assert.ok(
        said.some((item) => item === code),
        `${said}`,
      )
    })
    it(`${code}: right`, async (test) => assertNothing(await foundIn(right, code, test)))
  }

  async function foundIn(example: string, code: string, test: TestContext): Promise<readonly Diagnostic[]> {
    const files = projects[code] ?? projectOf(example, code)
    if (code in withPages) return found(memoryHost(pagesOf(example)), PAGES)
    if (code in withStore) return found(memoryHost({ ...page(PAGE), 'store.ts': example }), STORE)
    if (!(code in built)) return found(memoryHost(files))
    if (code === 'page-not-prerendered') return foundByBuild(createNodeHost(temporaryProject(test, { 'pages/a.js': example })), PRERENDER)
    const given = parseArguments(projects[code] ? example.replaceAll('"', '').split(' ').slice(1) : ['build'])
    assert.ok(given.kind === 'build', example)
    return foundByBuild(createNodeHost(temporaryProject(test, { ...lib, ...files })), /-not-(loading|starting)$/.test(code) ? { verify: true } : given.options)
  }

  /** The names of files, or the text of a page, which may begin with its name or with what is not installed. */
  function pagesOf(example: string): FileMap {
    const react = example.startsWith('// package.json has no') ? {} : REACT
    if (example.startsWith('pages/')) return { ...react, ...Object.fromEntries(example.split('\n').map((file) => [file, PAGE])) }
    return { ...react, [/^\/\/ (pages\/.*)/.exec(example)?.[1] ?? 'pages/a.tsx']: example }
  }

  /** The names of files, or the text of one. */
  function projectOf(example: string, code: string): FileMap {
    if (example.startsWith('# .env.production')) return { ...apiFiles(['a.ts']), '.env.production': example }
    if (/^(src\/)?pages\//.test(example))
      return Object.fromEntries(['pages/api/~.ts', ...example.split('\n')].map((file) => [file, file.includes('instrumentation') ? HOOK : HANDLER]))
    if (code.startsWith('instrumentation-')) return withHooks(example)
    const exports = /^export (?!const (?:config|load|file)\b)/m.test(example)
    return { 'pages/api/~.js': HANDLER, 'pages/api/a.js': exports ? example : `${example}\n${HANDLER}` }
  }
})

function found(host: Host, options: PageOptions = NO_PAGES): readonly Diagnostic[] {
  const report = createReport()
  describe(host, report, options)
  return report.all()
}

async function foundByBuild(host: Host, options: BuildOptions = {}): Promise<readonly Diagnostic[]> {
  return (await build(options, host)).diagnostics
}

function assertSaid(code: string, diagnostics: readonly Diagnostic[]): void {
  assert.deepEqual([...new Set(diagnostics.map((item) => item.code))], [code])
  for (const item of diagnostics) assert.doesNotMatch(messageOf(item), /\bundefined\b|\[object|\$\{/)
}

function assertNothing(diagnostics: readonly Diagnostic[]): void {
  assert.deepEqual(
    diagnostics.map((item) => `${item.code}: ${messageOf(item)}`),
    [],
  )
}
