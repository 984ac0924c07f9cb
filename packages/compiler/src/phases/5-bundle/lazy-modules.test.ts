import assert from 'node:assert/strict'
import { SourceMap } from 'node:module'
import { describe, it } from 'node:test'
import { build } from 'esbuild'
import type { FileMap } from '../../testing.ts'
import { nestLazyModules } from './lazy-modules.ts'

interface Bundle {
  readonly before: string
  readonly after: string
  readonly map: SourceMap
}

/** As bundle.ts does it, for files that are nowhere; `main.ts` is the entry. */
async function bundleOf(files: FileMap): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: ['main.ts'],
    outfile: 'server.js',
    absWorkingDir: '/',
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    keepNames: true,
    charset: 'utf8',
    sourcemap: 'linked',
    logLevel: 'silent',
    plugins: [
      {
        name: 'files',
        setup(plugin) {
          plugin.onResolve({ filter: /^\.\/|^main/ }, ({ path }) => ({ path: `/${path.replace('./', '')}` }))
          plugin.onLoad({ filter: /.*/ }, ({ path }) => ({ contents: files[path.slice(1)] ?? assert.fail(`no ${path}`), loader: 'ts' }))
        },
      },
    ],
  })
  const [map, server] = outputFiles
  assert.ok(map && server)
  const after = nestLazyModules(server.text, metafile)
  return { before: server.text, after, map: new SourceMap(JSON.parse(map.text)) }
}

async function run(text: string): Promise<unknown> {
  const code = text.replace(/^\/\/# sourceMappingURL.*$/m, '')
  return ((await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { default: unknown }).default
}

/** The paths of the modules that are in functions. */
function nestedIn(text: string): string[] {
  return [...text.matchAll(/^ ?(?:.* )?function init_\w+\(\)[\s\S]*?"([^"]+)"\(\) \{$/gm)].map(([, path = '']) => path)
}

/** The map stays right: what it speaks of is where it was. */
function assertSamePlaces({ before, after, map }: Bundle): void {
  const [old, now] = [before.split('\n'), after.split('\n')]
  assert.equal(now.length, old.length)
  for (const [i, line] of now.entries()) {
    const entries = [...(old[i] ?? ''), ''].map((_, column) => map.findEntry(i, column))
    const begins = entries.flatMap((entry) => ('generatedLine' in entry && entry.generatedLine === i ? [entry.generatedColumn] : []))
    const last = Math.max(0, ...begins)
    assert.equal(line.slice(0, last), old[i]?.slice(0, last), `line ${i + 1}`)
  }
}

/** Runs the same with and without; `nested` are the modules that are in functions then. */
function gives(name: string, files: FileMap, expected: unknown, nested: readonly string[] = ['a.ts']): void {
  it(name, async () => {
    const bundle = await bundleOf({ 'main.ts': "export default await import('./a.ts').then((a) => a.default)", ...files })
    assert.deepEqual(nestedIn(bundle.after), nested)
    assertSamePlaces(bundle)
    assert.deepEqual([await run(bundle.before), await run(bundle.after)], [expected, expected])
  })
}

describe('a module that waits for import() is in a function', () => {
  gives('a value', { 'a.ts': 'export default 1' }, 1)
  gives('a function', { 'a.ts': 'export default 1\nexport function unused() { return unused.name }' }, 1)
  gives(
    'functions, classes, enums and variables',
    { 'a.ts': 'enum E { A = 3 }\nclass C { static n = E.A }\nlet v = f()\nfunction f() { return C.n }\nexport default v' },
    3,
  )
  gives('what it imports', { 'a.ts': "import { b } from './b.ts'\nexport default b()", 'b.ts': 'export const b = () => 2' }, 2)
  gives('of Node.js', { 'a.ts': "import path, { posix } from 'node:path'\nexport default [posix.sep, typeof path.join]" }, ['/', 'function'])
  gives('of Node.js, in many lines', { 'a.ts': "import {\n  join,\n  sep\n} from 'node:path'\nimport 'node:fs'\nexport default join('a', sep)" }, 'a/')
  gives(
    'all of Node.js',
    {
      'main.ts': "const a = await import('./a.ts')\nexport default [a.default, typeof a.join]",
      'a.ts': "import * as path from 'node:path'\nexport * from 'node:path'\nexport default path.sep",
    },
    ['/', 'function'],
  )
  gives('an export by another name', { 'a.ts': "const x = 5\nexport { x as default, x as 'a b' }" }, 5)
  gives('an export of another module', { 'a.ts': "export { b as default } from './b.ts'", 'b.ts': 'export const b = 7' }, 7)
  gives('top-level await', { 'a.ts': 'export default await Promise.resolve(4)' }, 4)
  gives(
    'names that others have, too',
    { 'a.ts': "import { n } from './b.ts'\nconst f = () => n\nexport default f()", 'b.ts': 'const f = () => 6\nexport const n = f()' },
    6,
  )
  gives(
    'twice: it runs once',
    {
      'main.ts': "const [a, b] = [await import('./a.ts'), await import('./a.ts')]\na.inc()\nexport default [a === b, b.n]",
      'a.ts': 'export let n = 0\nexport function inc() { n++ }',
    },
    [true, 1],
  )
  gives(
    'one that fails does it each time, with one error',
    {
      'main.ts':
        "const errors = []\nfor (let i = 0; i < 2; i++) await import('./a.ts').catch((e) => errors.push(e))\nexport default [errors[0] === errors[1], errors[0].message]",
      'a.ts': "export const n = 1\nthrow new Error('no')",
    },
    [true, 'no'],
  )
  gives(
    'two of them',
    {
      'main.ts': "export default [(await import('./a.ts')).default, (await import('./b.ts')).default]",
      'a.ts': 'export default 1',
      'b.ts': 'export default 2',
    },
    [1, 2],
    ['a.ts', 'b.ts'],
  )
  gives(
    'one from within the other, and back',
    { 'a.ts': "export const n = 1\nexport default (await import('./b.ts')).default", 'b.ts': "export default import('./a.ts').then.name" },
    'then',
    ['b.ts', 'a.ts'],
  )
})

describe('others stay as they are', () => {
  const also = (text: string) => `export default await import('./a.ts').then((a) => a.default)\n${text}`
  gives('imported by name, too', { 'main.ts': also("import { n } from './a.ts'\nexport { n }"), 'a.ts': 'export const n = 1\nexport default 2' }, 2, [])
  gives('required, too', { 'main.ts': also("export const r = require('./a.ts')"), 'a.ts': 'export default 3' }, 3, [])
  gives(
    'imported by one that waits',
    { 'a.ts': "import b from './b.ts'\nexport default b", 'b.ts': "export default 1\nexport const later = () => import('./b.ts')" },
    1,
  )
  gives('CommonJS', { 'main.ts': "export default (await import('./a.ts')).default.n", 'a.ts': 'exports.n = 1' }, 1, [])
  gives(
    'beside a text that reads like its beginning',
    {
      'main.ts': "export default [(await import('./a.ts')).default, (await import('./b.ts')).default]",
      'a.ts': 'export default `\n// b.ts\nvar b_exports = {};\n`',
      'b.ts': 'export default 2',
    },
    ['\n// b.ts\nvar b_exports = {};\n', 2],
    [],
  )
  gives('with a text that reads like an import', { 'a.ts': 'function f() { return `\nimport x from "y";\n` }\nexport default f().length' }, 20, [])
  gives('with a text that reads like what runs it', { 'a.ts': 'function f() { return `\nvar init_a = __esm({\n` }\nexport default f().length' }, 22, [])
  gives('with a text that reads like its end', { 'a.ts': 'export default `\n});\n\n`' }, '\n});\n\n')
})
