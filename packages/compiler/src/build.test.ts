import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { build } from './build.ts'
import { locate } from './diagnostics/lines.ts'
import { createNodeHost } from './host-node.ts'
import { type BuildOptions, completeOptions } from './options.ts'
import { apiFiles, type FileMap, HANDLER, temporaryProject } from './testing.ts'

async function buildFiles(test: TestContext, files: FileMap) {
  const root = temporaryProject(test, files)
  const host = createNodeHost(root)
  return { root, host, ...(await build({}, host)) }
}

describe('what esbuild finds', () => {
  /** `code file:line "underlined" < "underlined by a note"`, in files below pages/api. */
  function says(name: string, files: FileMap, expected: readonly string[]): void {
    it(name, async (test) => {
      const { diagnostics, host } = await buildFiles(test, files)
      const place = ({ file, start, end }: { readonly file: string; readonly start: number; readonly end: number }) => {
        const text = host.read(file)
        return `${file.replace('pages/api/', '')}:${locate(text, start).line} ${text.slice(start, end)}`
      }
      assert.deepEqual(
        diagnostics.map(({ code, at, notes }) => [`${code} ${place(at)}`, ...notes.map((note) => place(note.at))].join(' < ')),
        expected,
      )
    })
  }

  const route = (before: string): FileMap => ({ 'pages/api/a.ts': `${before}\n${HANDLER}` })
  /** In TypeScript an import that is not used counts for nothing, so this one is. */
  const importing = (from: string, before = ''): FileMap => route(`${before}import x from '${from}'\nx()`)
  says('a relative import', importing('./nope', '\n'), ["import-unresolved a.ts:2 './nope'"])
  says('a package', importing('not-installed'), ["package-not-installed a.ts:1 'not-installed'"])
  says('a dynamic import', route("export const x = () => import('./nope')"), ["import-unresolved a.ts:1 './nope'"])
  says('require', { 'pages/api/a.js': "const x = require('./nope')\nmodule.exports = () => x" }, ["import-unresolved a.js:1 './nope'"])
  says('a re-export', { 'pages/api/a.ts': "export { default } from './nope'" }, ["import-unresolved a.ts:1 './nope'"])
  says('in a file of the project', { ...route("import '../../lib/b'"), 'lib/b.ts': "import './nope'\nexport {}" }, ["import-unresolved lib/b.ts:1 './nope'"])
  says('a name that does not exist', { ...route("import { nope } from '../../lib/b'\nnope()"), 'lib/b.ts': 'export const yes = 1' }, [
    'bundle-error a.ts:1 nope',
  ])
  says('a declaration twice', route('const one = 1\nconst one = 2'), ['bundle-error a.ts:2 one < a.ts:1 one'])
  says('an assignment to a constant', route('const one = 1\none = 2'), ['bundle-error a.ts:2 one < a.ts:1 one'])
  says('after letters of several bytes', importing('./nope', "const ü = '日本😀'; "), ["import-unresolved a.ts:1 './nope'"])
  says('letters of several bytes', importing('./日本😀'), ["import-unresolved a.ts:1 './日本😀'"])
  says('Windows line ends', importing('./nope', '\r\n\r\n'), ["import-unresolved a.ts:3 './nope'"])
  says('a byte order mark', route("\uFEFFimport './nope'\nimport './none'"), ["import-unresolved a.ts:1 './nope'", "import-unresolved a.ts:2 './none'"])
  says('a byte order mark after which letters have several bytes', route("\uFEFFconst ü = '日本😀'; import './nope'"), ["import-unresolved a.ts:1 './nope'"])
  says('old Macintosh line ends', importing('./nope', '\r\r'), ["import-unresolved a.ts:3 './nope'"])
  says('a line separator', importing('./nope', "const a = '\u2028'\n"), ["import-unresolved a.ts:3 './nope'"])
  says('tabs', importing('./nope', '\t\t'), ["import-unresolved a.ts:1 './nope'"])
  says('two files, two mistakes each', { 'pages/api/b.ts': `import './x'\nimport './y'\n${HANDLER}`, ...route("import './z'\nimport './y'") }, [
    "import-unresolved a.ts:1 './z'",
    "import-unresolved a.ts:2 './y'",
    "import-unresolved b.ts:1 './x'",
    "import-unresolved b.ts:2 './y'",
  ])
  says(
    'mistakes of every phase in one run',
    { ...apiFiles(['[..b].ts', 'c.ts', 'c/index.ts']), 'pages/api/d.ts': 'export default 5', ...route("import './nope'") },
    ['segment-dots [..b].ts:1 ', "import-unresolved a.ts:1 './nope'", 'route-conflict c/index.ts:1 handler < c.ts:1 handler', 'handler-not-function d.ts:1 5'],
  )
  says('syntax, in a file of the project', { ...route("import '../../lib/b'"), 'lib/b.js': 'let x = ;\nlet y = ;' }, ['syntax-error lib/b.js:1 ;'])
  says('syntax, in a route that another imports: once', { ...route("import './b'"), 'pages/api/b.ts': `${HANDLER}let x = (;\n` }, ['syntax-error b.ts:2 ;'])
  const jsonFile = (text: string): FileMap => ({ ...route("import b from './b.json'\nb()"), 'pages/api/b.json': text })
  says('JSON: a comma too many', jsonFile('{\n  "a": 1,\n}'), ['syntax-error b.json:2 ,'])
  says('JSON: a comment', jsonFile('{ // no\n}'), ['syntax-error b.json:1 // no'])
  says('JSON: nothing', jsonFile(''), ['syntax-error b.json:1 '])
  says('JSON: single quotes', jsonFile("{'a': 1}"), ["syntax-error b.json:1 'a'"])
  says('JSON: right', jsonFile('{}'), [])
  says('tsconfig.json', { ...route(''), 'tsconfig.json': '{ "compilerOptions": { "target": }' }, ['syntax-error tsconfig.json:1 }'])
  says('a tsconfig.json that extends itself', { ...route(''), 'tsconfig.json': '{ "extends": "./tsconfig.json" }' }, [
    'bundle-warning tsconfig.json:1 "./tsconfig.json"',
  ])
  says('package.json', { ...route(''), 'package.json': '{\n  "name": ' }, ['syntax-error package.json:2 '])
  says('a file in the wrong case', { ...importing('../../lib/DB'), 'lib/db.ts': '' }, ["import-unresolved a.ts:1 '../../lib/DB'"])
  says('a module of Node.js', importing('node:fss'), ["import-unresolved a.ts:1 'node:fss'"])
  says('a module of a newer Node.js', importing('node:brand-new'), [])
  says('a subpath that is not exported', { ...importing('x/b'), 'node_modules/x/package.json': '{ "exports": "./i.js" }' }, [
    'subpath-not-exported a.ts:1 \'x/b\' < node_modules/x/package.json:1 "./i.js"',
  ])
  says('a file that is neither code nor data', { ...importing('./b.png'), 'pages/api/b.png': '' }, ["bundle-error a.ts:1 './b.png'"])
  says(
    'what esbuild says only when all imports can be resolved',
    { 'pages/api/b.ts': `import './x'\n${HANDLER}`, ...route("import { nope } from '../../lib/b'\nnope()"), 'lib/b.ts': 'export const yes = 1' },
    ['bundle-error a.ts:1 nope', "import-unresolved b.ts:1 './x'"],
  )
  const withHooks = (text: string, files: FileMap = {}): FileMap => ({ ...route(''), 'instrumentation.ts': text, ...files })
  says('in instrumentation.ts', withHooks("import { start } from './nope'\nimport 'not-installed'\nexport const register = () => start()"), [
    "import-unresolved instrumentation.ts:1 './nope'",
    "package-not-installed instrumentation.ts:2 'not-installed'",
  ])
  says('in a file that only instrumentation.ts imports', withHooks("export { register } from './lib/b'", { 'lib/b.ts': 'let x = ;' }), [
    'syntax-error lib/b.ts:1 ;',
  ])
  says('syntax, in instrumentation.ts: once', withHooks('let x = ;\nexport function register() {}'), ['syntax-error instrumentation.ts:1 ;'])
  says('instrumentation.ts, and what a route does wrong', withHooks('export const register = 5', { 'pages/api/b.ts': "import './nope'\nexport default 5" }), [
    'instrumentation-not-function instrumentation.ts:1 5',
    "import-unresolved b.ts:1 './nope'",
    'handler-not-function b.ts:2 5',
  ])
  says('a warning', route("export const a = typeof b === 'nothing'"), ["bundle-warning a.ts:1 'nothing'"])
  says('a type that is not there is not asked for', route("import x from './nope'"), [])
  says('nothing', route("import { readFileSync } from 'fs'\nimport path from 'node:path'\nexport const x = [readFileSync, path]"), [])
  says(
    'JSX in a .js file, as in Next.js',
    { 'pages/api/a.js': `/** @jsx h */\n/** @jsxRuntime classic */\nconst h = () => 1\nexport default () => <p>a</p>` },
    [],
  )
})

describe('what a build writes', () => {
  const outputs = ['manifest.json', 'package.json', 'server.js', 'server.js.map']

  it('four files', async (test) => {
    const { root, ok } = await buildFiles(test, apiFiles(['a.ts']))
    assert.deepEqual([ok, readdirSync(join(root, 'dist')).toSorted()], [true, outputs])
  })

  it('nothing when there are errors: the earlier output stays', async (test) => {
    const { root, host } = await buildFiles(test, apiFiles(['a.ts']))
    const read = () => outputs.map((name) => readFileSync(join(root, 'dist', name), 'utf8'))
    const before = read()
    writeFileSync(join(root, 'pages/api/a.ts'), 'export default 5') // which esbuild would bundle
    assert.equal((await build({}, host)).ok, false)
    assert.deepEqual(read(), before)
  })

  it('nothing at all when the first build fails', async (test) => {
    const { root, ok } = await buildFiles(test, { 'pages/api/a.ts': `import './nope'\n${HANDLER}` })
    assert.deepEqual([ok, existsSync(join(root, 'dist'))], [false, false])
  })

  it('the same bytes from any folder', async (test) => {
    const files = { ...apiFiles(['a.ts', '[id].ts']), 'pages/api/b.js': 'module.exports = () => __filename' }
    const [one, two] = await Promise.all([buildFiles(test, files), buildFiles(test, files)])
    for (const name of outputs) assert.equal(readFileSync(join(one.root, 'dist', name), 'utf8'), readFileSync(join(two.root, 'dist', name), 'utf8'), name)
  })

  it('the hooks of instrumentation.ts, and what calls them only if there is one', async (test) => {
    const has = async (files: FileMap) => {
      const { root, ok } = await buildFiles(test, { ...apiFiles(['a.ts']), ...files })
      const server = readFileSync(join(root, 'dist/server.js'), 'utf8')
      const { instrumentation } = JSON.parse(readFileSync(join(root, 'dist/manifest.json'), 'utf8'))
      return [ok, instrumentation, ...['onRequestError', 'http.route', 'our own hook'].map((text) => server.includes(text))]
    }
    assert.deepEqual(await has({ 'lib/instrumentation.ts': 'export function register() {}' }), [true, undefined, false, false, false])
    assert.deepEqual(await has({ 'instrumentation.js': "exports.register = () => console.log('our own hook')" }), [
      true,
      'instrumentation.js',
      true,
      true,
      true,
    ])
  })

  it('warnings do not stop it', async (test) => {
    const { root, ok, diagnostics } = await buildFiles(test, apiFiles(['a.ts', 'pre-[id].ts']))
    assert.deepEqual([ok, diagnostics.map(({ code }) => code), existsSync(join(root, 'dist/server.js'))], [true, ['looks-dynamic'], true])
  })

  function bundles(title: string, ...names: string[]): void {
    it(title, async (test) => {
      const text = (i: number) => `export default (req, res) => res.end("reached ${i}.")`
      const { root, diagnostics } = await buildFiles(test, Object.fromEntries(names.map((name, i) => [`pages/api/${name}.js`, text(i)])))
      assert.deepEqual(diagnostics, [])
      const server = readFileSync(join(root, 'dist/server.js'), 'utf8')
      for (const [i, name] of names.entries()) assert.ok(server.includes(`reached ${i}.`), name)
    })
  }
  bundles('names that try to break out', '";evil("', "';evil('", '`${evil()}`', 'a\nevil()', 'a\u2028evil()', '<!--', 'back\\slash', '__proto__', '$&$1')
  bundles('names that mean something to a bundler', '#a', 'a?b', 'a?b=c#d', '%61', '50%', 'a:b', 'a.json', 'a.css', 'a.d', '-', ' ', '😀', '{a,b}', '!a', '(a)')
  bundles('a name with an asterisk', 'a*b')

  /** Which of the written scripts have the runtime in them, and whether with the rules of config. */
  function runtimeIn(title: string, files: FileMap, expected: readonly string[], options: BuildOptions = {}): void {
    it(`the runtime: ${title}`, async (test) => {
      const built = await build(options, createNodeHost(temporaryProject(test, files)))
      const texts = [...built.files].flatMap(([name, file]) =>
        name.endsWith('.js') && file instanceof Uint8Array ? [[name, new TextDecoder().decode(file)]] : [],
      )
      const found = texts.map(
        ([name, text = '']) => `${name} ${text.split('let __apiroutes_runtime;').length - 1}${/a size in bytes such as 512000/.test(text) ? ' config' : ''}`,
      )
      assert.deepEqual(found.toSorted(), expected)
    })
  }
  const withWorker = { ...apiFiles(['a.ts']), 'pages/api/b.ts': `new URL('./work.ts', import.meta.url)\n${HANDLER}`, 'pages/api/work.ts': HANDLER }
  runtimeIn('once', apiFiles(['a.ts']), ['server.js 1'])
  runtimeIn('after a draft', { ...apiFiles(['a.ts']), 'package.json': '{ "dependencies": { "a": "*" } }' }, ['server.js 1'])
  runtimeIn('not in a worker', withWorker, ['pages/api/work.ts.js 0', 'server.js 1'])
  runtimeIn('minified', withWorker, ['pages/api/work.ts.js 0', 'server.js 1'], { minify: true })
  runtimeIn('the rules of config, when they are asked for', { 'pages/api/a.ts': `export const config = JSON.parse('{}')\n${HANDLER}` }, ['server.js 1 config'])

  it('strict: a warning is an error', async (test) => {
    const root = temporaryProject(test, apiFiles(['a.ts', 'pre-[id].ts']))
    const { ok, files } = await build({ strict: true }, createNodeHost(root))
    assert.deepEqual([ok, files.size, existsSync(join(root, 'dist'))], [false, 0, false])
  })
  it('no source map', async (test) => {
    const root = temporaryProject(test, apiFiles(['a.ts']))
    await build({ sourcemap: false, outDir: 'out' }, createNodeHost(root))
    assert.deepEqual(readdirSync(join(root, 'out')).toSorted(), ['manifest.json', 'package.json', 'server.js'])
  })
  it('without a host: the folder that `dir` names', async (test) => {
    const root = temporaryProject(test, apiFiles(['a.ts']))
    const { ok, routes, files } = await build({ dir: root })
    assert.deepEqual(
      [ok, routes.map(({ pattern }) => pattern), [...files.keys()].toSorted(), readdirSync(join(root, 'dist')).toSorted()],
      [true, ['/api/a'], outputs, outputs],
    )
  })
})

describe('completeOptions', () => {
  const defaults = {
    dir: '.',
    outDir: 'dist',
    minify: false,
    sourcemap: true,
    external: [],
    include: [],
    verify: false,
    pages: false,
    prerender: false,
    analyze: false,
    strict: false,
  }
  function completed(name: string, given: BuildOptions, expected: object): void {
    it(name, () => assert.deepEqual(completeOptions(given), { ...defaults, ...expected }))
  }
  completed('nothing', {}, {})
  completed('something', { outDir: 'x', sourcemap: false }, { outDir: 'x', sourcemap: false })
  completed('undefined is not given', { outDir: undefined, external: undefined }, {})
})
