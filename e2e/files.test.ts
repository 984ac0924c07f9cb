// What an app is besides its code: data files, packages that run from their own files, workers. Each dist/ is served from an otherwise empty folder.
import assert from 'node:assert/strict'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { build, buildOrThrow, diagnosticCodes } from './support/build.ts'
import { startServer } from './support/server.ts'
import { type FileMap, temporaryFolder, temporaryProject, writeFiles } from './support/temporary.ts'

interface Setup {
  readonly flags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The working folder, relative to the copied output. */
  readonly cwd?: string
  /** Of the build; none unless said. */
  readonly warnings?: readonly string[]
  /** What cannot be written as a map of files: links, modes. */
  readonly arrange?: (project: string) => void
}

/** Builds, moves the output into an empty folder, deletes the project, and serves. */
async function serve(t: TestContext, files: FileMap, { flags = [], env = {}, cwd = '.', warnings = [], arrange }: Setup = {}) {
  const project = temporaryProject(files)
  arrange?.(project)
  const built = await buildOrThrow(project, { flags })
  assert.deepEqual(diagnosticCodes(built), warnings)
  const dist = path.join(temporaryFolder(), 'a b#%?[c]é')
  cpSync(built.dist, dist, { recursive: true, verbatimSymlinks: true })
  rmSync(path.dirname(project), { recursive: true })
  const server = await startServer(dist, { env, cwd: path.resolve(dist, cwd) })
  t.after(() => server.stop())
  const get = async (route: string) => {
    const response = await server.fetch(`/api/${route}`)
    return `${response.status} ${await response.text()}`
  }
  return { ...server, dist, project, get }
}

/** Every file below a folder. */
function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted()
}

const OURS = ['manifest.json', 'package.json', 'server.js', 'server.js.map']

/** One route, `/api/a`, that answers with the value of an expression. */
function route(expression: string, imports = ''): FileMap {
  return { 'pages/api/a.ts': `// @ts-nocheck\n${imports}\nexport default async (req, res) => res.json(${expression})\n` }
}

function answers(name: string, files: FileMap, expected: unknown, setup: Setup = {}): void {
  it(name, async (t) => {
    const { get, log } = await serve(t, files, setup)
    assert.equal(await get('a'), `200 ${JSON.stringify(expected)}`, log.stderr)
  })
}

/** The start of an addon for Linux. */
function elf(machine: number, libc = 'libc.so.6'): Buffer {
  const bytes = Buffer.alloc(128)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  bytes.writeUInt16LE(machine, 18)
  bytes.write(libc, 64)
  return bytes
}

const readsByDirname = `const { readFileSync } = require('fs')\nexports.data = JSON.parse(readFileSync(require('path').join(__dirname, 'data.json'), 'utf8'))\n`
const readsByUrl = `import { readFileSync } from 'node:fs'\nexport const data = JSON.parse(readFileSync(new URL('./data.json', import.meta.url), 'utf8'))\n`

describe('data files', () => {
  const two: FileMap = {
    'node_modules/one/package.json': '{ "name": "one" }',
    'node_modules/one/index.js': readsByDirname,
    'node_modules/one/data.json': '"one"',
    'node_modules/two/package.json': '{ "name": "two", "type": "module", "exports": "./lib/index.js" }',
    'node_modules/two/lib/index.js': readsByUrl,
    'node_modules/two/lib/data.json': '"two"',
  }
  answers('of two packages with the same name', { ...two, ...route('[one, two]', "import { data as one } from 'one'\nimport { data as two } from 'two'") }, [
    'one',
    'two',
  ])
  answers(
    'of two versions of one package',
    {
      ...two,
      'node_modules/three/package.json': '{ "name": "three" }',
      'node_modules/three/index.js': "exports.data = require('one').data",
      'node_modules/three/node_modules/one/package.json': '{ "name": "one" }',
      'node_modules/three/node_modules/one/index.js': readsByDirname,
      'node_modules/three/node_modules/one/data.json': '"old one"',
      ...route('[one, three]', "import { data as one } from 'one'\nimport { data as three } from 'three'"),
    },
    ['one', 'old one'],
  )

  const own: FileMap = {
    'lib/dirname.js': "const fs = require('fs'), path = require('path')\nexports.read = () => fs.readFileSync(path.join(__dirname, '../data/x.txt'), 'utf8')\n",
    'lib/url.ts': "import fs from 'node:fs'\nexport const read = () => fs.readFileSync(new URL('../data/x.txt', import.meta.url), 'utf8')\n",
    'lib/cwd.ts':
      "import fs from 'node:fs'\nimport path from 'node:path'\nexport const read = () => fs.readFileSync(path.join(process.cwd(), 'data', 'x.txt'), 'utf8')\n",
    'lib/bare.ts': "import { readFileSync } from 'node:fs'\nexport const read = () => readFileSync('data/x.txt', 'utf8')\n",
    'data/x.txt': 'x',
    ...route(
      '[a.read(), b.read(), c.read(), d.read()]',
      ['dirname', 'url', 'cwd', 'bare'].map((name, i) => `import * as ${'abcd'[i]} from '../../lib/${name}'`).join('\n'),
    ),
  }
  for (const cwd of ['.', '..', '/']) answers(`of the project, from ${cwd}`, own, ['x', 'x', 'x', 'x'], { cwd })

  answers(
    'with every kind of name',
    {
      ...Object.fromEntries(['a b', 'ü', '[id]', '50%', 'a#b', 'q?x', 'a+b&c', "it's"].map((name) => [`data ${name}/${name}.txt`, name])),
      'lib/[x] #%?ü/r.ts': `import fs from 'node:fs'\nimport path from 'node:path'\nconst up = path.join(import.meta.dirname, '../..')
export const read = ['a b', 'ü', '[id]', '50%', 'a#b', 'q?x', 'a+b&c', "it's"].map((name) => fs.readFileSync(path.join(up, 'data ' + name, name + '.txt'), 'utf8'))\n`,
      ...route('read', "import { read } from '../../lib/[x] #%?ü/r'"),
    },
    ['a b', 'ü', '[id]', '50%', 'a#b', 'q?x', 'a+b&c', "it's"],
    { flags: ['--include', 'data */**'], warnings: ['path-not-traced'] },
  )
  answers(
    'called like files of the output',
    {
      'data/manifest.json': '1',
      'data/package.json': '{ "name": "data" }',
      'package.json': '{ "name": "mine", "version": "1.2.3" }',
      ...route(
        "[...['data/manifest.json', 'data/package.json'].map(read), JSON.parse(read('package.json')).version]",
        `import fs from 'node:fs'\nimport path from 'node:path'
const read = (name) => fs.readFileSync(path.join(process.cwd(), name), 'utf8')
export const all = () => [fs.readFileSync(path.join(process.cwd(), 'data/manifest.json')), fs.readFileSync('data/package.json'), fs.readFileSync('package.json')]`,
      ),
    },
    ['1', '{ "name": "data" }', '1.2.3'],
    { warnings: ['path-not-traced'] },
  )
  answers(
    'a folder with links in it',
    {
      'shared/y.txt': 'y',
      'data/x.txt': 'x',
      ...route(
        "['x.txt', 'y.txt', 'sub/y.txt'].map((name) => fs.readFileSync(path.join(process.cwd(), 'data', name), 'utf8'))",
        "import fs from 'node:fs'\nimport path from 'node:path'",
      ),
    },
    ['x', 'y', 'y'],
    {
      flags: ['--include', 'data/**'],
      arrange: (project) => {
        symlinkSync('../shared/y.txt', path.join(project, 'data/y.txt'))
        symlinkSync('../shared', path.join(project, 'data/sub'))
      },
    },
  )

  answers(
    'a folder that is listed, with links in it and without --include',
    {
      'shared/y.txt': 'y',
      'data/x.txt': 'x',
      'more/z.txt': 'z',
      ...route(
        "[fs.readdirSync('data').sort(), ...['x.txt', 'y.txt', 'sub/y.txt'].map((name) => fs.readFileSync(path.join(process.cwd(), 'data', name), 'utf8')), fs.readdirSync(new URL('../../more', import.meta.url))]",
        "import fs from 'node:fs'\nimport path from 'node:path'",
      ),
    },
    [['sub', 'x.txt', 'y.txt'], 'x', 'y', 'y', ['z.txt']],
    {
      arrange: (project) => {
        symlinkSync('../shared/y.txt', path.join(project, 'data/y.txt'))
        symlinkSync('../shared', path.join(project, 'data/sub'))
        symlinkSync('..', path.join(project, 'data/sub/up'))
      },
    },
  )
  it('keep their mode; `.env` is never among them, whoever asks for it', async (t) => {
    const files = {
      'data/run.sh': 'echo hello',
      'data/.env': 'SECRET=1',
      '.env': 'SECRET=1',
      '.env.local': 'SECRET=1',
      'data/x.txt': 'x',
      ...route(
        "[execFileSync(path.join(process.cwd(), 'data/run.sh')).toString(), fs.existsSync('.env')]",
        "import fs from 'node:fs'\nimport path from 'node:path'\nimport { execFileSync } from 'node:child_process'\nexport const read = () => [fs.readFileSync('.env'), fs.readFileSync(path.join(process.cwd(), '.env.local')), fs.readdirSync(path.join(process.cwd(), 'data'))]",
      ),
    }
    const { get, dist } = await serve(
      t,
      { ...files, 'data/run.sh': '#!/bin/sh\nprintf hello' },
      {
        flags: ['--include', '.env*', '--include', 'data/**', '--include', 'data/.env'],
        warnings: ['include-nothing', 'include-nothing'],
        arrange: (project) => chmodSync(path.join(project, 'data/run.sh'), 0o755),
      },
    )
    assert.equal(await get('a'), '200 ["hello",false]')
    assert.deepEqual(filesIn(dist), ['data/run.sh', 'data/x.txt', ...OURS])
    assert.equal(statSync(path.join(dist, 'data/run.sh')).mode & 0o111, 0o111)
  })

  it('are copied byte for byte, also when their name says that they are code', async (t) => {
    const script = Buffer.from("\uFEFFimport './nope'; // not ours to compile\r\nlet x = <b>;\t\0\xff\n\n", 'latin1')
    const { get, dist } = await serve(t, {
      'public/script.js': script,
      ...route("fs.readFileSync(path.join(process.cwd(), 'public/script.js'), 'utf8').length", "import fs from 'node:fs'\nimport path from 'node:path'"),
    })
    assert.equal(await get('a'), `200 ${script.toString('utf8').length}`)
    assert.deepEqual(readFileSync(path.join(dist, 'public/script.js')), script)
    assert.deepEqual(filesIn(dist), [...OURS, 'public/script.js'].toSorted())
  })

  it('are of the project only, and never of the output', async () => {
    const project = temporaryProject({
      '../shared/y.txt': 'y',
      'data/x.json': '{}',
      ...route(
        "[fs.readFileSync('/etc/hosts'), fs.readFileSync(path.join(process.cwd(), '../shared/y.txt'))]",
        "import fs from 'node:fs'\nimport path from 'node:path'",
      ),
    })
    const flags = ['../shared/**', '/etc/hosts', '**/*.js*'].flatMap((pattern) => ['--include', pattern])
    for (const outDir of ['dist', './dist', 'dist/', 'dist']) {
      const built = await buildOrThrow(project, { flags: [...flags, '--out-dir', outDir] })
      assert.deepEqual(diagnosticCodes(built), ['include-nothing', 'include-nothing', 'path-not-traced'])
      assert.deepEqual(filesIn(built.dist), ['data/x.json', ...OURS])
    }
    assert.deepEqual(
      filesIn(path.dirname(project)).filter((file) => file.endsWith('y.txt')),
      ['shared/y.txt'],
    )
  })

  it('are removed by a build that has no use for them', async () => {
    const project = temporaryProject({
      'data/x/y.txt': 'y',
      ...route("fs.readFileSync(path.join(process.cwd(), 'data/x/y.txt'), 'utf8')", "import fs from 'node:fs'\nimport path from 'node:path'"),
    })
    const { dist } = await buildOrThrow(project)
    assert.deepEqual(filesIn(dist), ['data/x/y.txt', ...OURS])
    writeFiles(project, route('1'))
    await buildOrThrow(project)
    assert.deepEqual(filesIn(dist), OURS)
    assert.equal(existsSync(path.join(dist, 'data')), false)
  })

  it('are found in a project whose folder has every kind of name', async (t) => {
    const dir = path.join(temporaryFolder(), 'a b [c] {d} 50% e#f?g ü')
    mkdirSync(dir)
    writeFiles(dir, { ...own, ...two, 'data/x.txt': 'y', 'lib/p.ts': "export { data } from 'one'\nexport { data as two } from 'two'\n" })
    writeFiles(dir, { 'pages/api/b.ts': `import { data, two } from '../../lib/p'\nexport default (req: any, res: any) => res.json([data, two])\n` })
    const { dist } = await buildOrThrow(dir)
    const server = await startServer(dist)
    t.after(() => server.stop())
    assert.equal(await (await server.fetch('/api/a')).text(), '["y","y","y","y"]')
    assert.equal(await (await server.fetch('/api/b')).text(), '["one","two"]')
  })
})

describe('packages outside of the bundle', () => {
  /** Its worker is code that is found by its path: that is what keeps it out. */
  const outside = (name: string, index: string, manifest: object = {}, files: FileMap = {}): FileMap =>
    Object.fromEntries(
      Object.entries({ 'package.json': JSON.stringify({ name, ...manifest }), 'index.js': index, 'worker.js': '// a worker\n', ...files }).map(
        ([file, text]) => [`node_modules/${name}/${file}`, text],
      ),
    )
  const cjs = (rest: string) => `const worker = require('path').join(__dirname, 'worker.js')\n${rest}\n`
  const esm = (rest: string) => `const worker = new URL('./worker.js', import.meta.url)\n${rest}\n`

  answers(
    'ESM with top-level await, named and default exports',
    {
      ...outside(
        'p',
        esm(
          "export const named = await Promise.resolve('named')\nexport default class Mine {}\nexport const under_$ = 1, then_ = 2\nexport { named as 'a-b' }",
        ),
        { type: 'module' },
      ),
      ...route("[p.name, named, x['a-b'], Object.keys(x).sort()]", "import p, { named } from 'p'\nimport * as x from 'p'"),
    },
    ['Mine', 'named', 'named', ['a-b', 'default', 'named', 'then_', 'under_$']],
  )
  answers(
    'CommonJS, imported and required: one instance',
    {
      ...outside('p', cjs('exports.count = 0\nexports.next = () => ++exports.count')),
      'lib/r.js': "module.exports = require('p')",
      ...route('[next(), p.next(), r.next(), (await import("p")).next()]', "import p, { next } from 'p'\nimport r from '../../lib/r'"),
    },
    [1, 2, 3, 4],
  )
  answers(
    'a function as module.exports, a class with statics',
    {
      ...outside('p', cjs('module.exports = function f() { return 1 }\nmodule.exports.sub = 2')),
      ...route('[p(), p.sub, sub]', "import p, { sub } from 'p'"),
    },
    [1, 2, 2],
  )
  answers(
    'needs a package that the bundle needs too: it is there once',
    {
      ...outside('p', cjs("exports.state = require('shared')")),
      'node_modules/shared/package.json': '{ "name": "shared" }',
      'node_modules/shared/index.js': 'module.exports = { n: 0 }',
      ...route('[state === shared, ++state.n, shared.n]', "import { state } from 'p'\nimport shared from 'shared'"),
    },
    [true, 1, 1],
  )
  answers(
    'need each other',
    {
      ...outside('p', cjs("exports.name = 'p'\nexports.other = () => require('q').name")),
      ...outside('q', cjs("exports.name = 'q'\nexports.other = require('p').name")),
      ...route('[p.other(), q.other]', "import p from 'p'\nimport q from 'q'"),
    },
    ['q', 'p'],
  )
  answers(
    'by an alias, beside the package itself, and a nested version',
    {
      ...outside('p', cjs("exports.v = 2\nexports.q = require('q').v")),
      ...outside('q', cjs('exports.v = 1')),
      ...Object.fromEntries(
        Object.entries(outside('old', cjs("exports.v = 1\nexports.q = require('q').v"))).map(([file, text]) => [
          file,
          String(text).replace('"name":"old"', '"name":"p"'),
        ]),
      ),
      'node_modules/old/node_modules/q/package.json': '{ "name": "q" }',
      'node_modules/old/node_modules/q/index.js': cjs('exports.v = 0'),
      'node_modules/old/node_modules/q/worker.js': '',
      ...route('[p.v, p.q, old.v, old.q]', "import p from 'p'\nimport old from 'old'"),
    },
    [2, 1, 1, 0],
  )
  answers(
    'with a scope, deep imports through exports, JSON, and a style sheet',
    {
      ...outside(
        '@s/p',
        cjs("exports.main = require('./data.json')"),
        { exports: { '.': './index.js', './deep': './lib/deep.js', './package.json': './package.json' } },
        {
          'lib/deep.js': cjs("module.exports = require('path').basename(__filename)").replace("'worker.js'", "'../worker.js'"),
          'data.json': '{ "a": 1 }',
          'x.css': 'b {}',
        },
      ),
      ...route('[p.main, deep, manifest.name]', "import p from '@s/p'\nimport deep from '@s/p/deep'\nimport manifest from '@s/p/package.json'"),
    },
    [{ a: 1 }, 'deep.js', '@s/p'],
  )
  answers(
    'without a package.json, or without a name in it',
    {
      'node_modules/p/index.js': cjs('exports.a = 1'),
      'node_modules/p/worker.js': '',
      'node_modules/q/package.json': '{}',
      'node_modules/q/index.js': cjs('exports.a = 2'),
      'node_modules/q/worker.js': '',
      ...route('[p.a, q.a]', "import p from 'p'\nimport q from 'q'"),
    },
    [1, 2],
  )
  answers(
    'that asks for what is not installed',
    {
      ...outside('p', cjs("exports.a = (() => { try { return require('gone') } catch (e) { return e.code } })()")),
      ...route('p.a', "import p from 'p'"),
    },
    'MODULE_NOT_FOUND',
  )
  answers(
    'named by --external: whole, with what no trace would find',
    {
      'node_modules/p/package.json': '{ "name": "p" }',
      'node_modules/p/index.js': "exports.load = (name) => require('./drivers/' + name)(require('q'))",
      'node_modules/p/drivers/x.js': "module.exports = (q) => 'x' + q",
      'node_modules/q/package.json': '{ "name": "q" }',
      'node_modules/q/index.js': "module.exports = 'q'",
      ...route("p.load(['x'][0])", "import p from 'p'"),
    },
    'xq',
    { flags: ['--external', 'p'] },
  )
  answers(
    'in the layout of pnpm: two versions, each with its own needs',
    {
      'node_modules/.pnpm/p@1/node_modules/p/package.json': '{ "name": "p" }',
      'node_modules/.pnpm/p@1/node_modules/p/index.js': cjs("exports.v = [1, require('q')]"),
      'node_modules/.pnpm/p@1/node_modules/p/worker.js': '',
      'node_modules/.pnpm/p@2/node_modules/p/package.json': '{ "name": "p" }',
      'node_modules/.pnpm/p@2/node_modules/p/index.js': cjs("exports.v = [2, require('q')]"),
      'node_modules/.pnpm/p@2/node_modules/p/worker.js': '',
      'node_modules/.pnpm/q@1/node_modules/q/package.json': '{ "name": "q" }',
      'node_modules/.pnpm/q@1/node_modules/q/index.js': "module.exports = 'q1'",
      'node_modules/.pnpm/q@2/node_modules/q/package.json': '{ "name": "q" }',
      'node_modules/.pnpm/q@2/node_modules/q/index.js': "module.exports = 'q2'",
      'node_modules/.pnpm/r@1/node_modules/r/package.json': '{ "name": "r" }',
      'node_modules/.pnpm/r@1/node_modules/r/index.js': "exports.v = require('p').v",
      ...route('[p.v, alias.v, r.v]', "import p from 'p'\nimport alias from 'alias'\nimport r from 'r'"),
    },
    [
      [2, 'q2'],
      [1, 'q1'],
      [1, 'q1'],
    ],
    {
      arrange: (project) => {
        const link = (target: string, from: string) => symlinkSync(target, path.join(project, 'node_modules', from))
        link('.pnpm/p@2/node_modules/p', 'p')
        link('.pnpm/p@1/node_modules/p', 'alias')
        link('.pnpm/r@1/node_modules/r', 'r')
        link('../../q@1/node_modules/q', '.pnpm/p@1/node_modules/q')
        link('../../q@2/node_modules/q', '.pnpm/p@2/node_modules/q')
        link('../../p@1/node_modules/p', '.pnpm/r@1/node_modules/p')
      },
    },
  )
  it('with an addon: copied as it is, for the target, with the package that has it', async () => {
    const project = temporaryProject({
      'node_modules/p/package.json': JSON.stringify({
        name: 'p',
        dependencies: { 'node-gyp-build': '1' },
        optionalDependencies: { '@p/p-linux-x64': '1', '@p/p-darwin-arm64': '1' },
      }),
      'node_modules/p/index.js': "const load = require('node-gyp-build')\nexports.load = (folder) => load(folder)",
      'node_modules/p/prebuilds/linux-x64/x.node': elf(62),
      'node_modules/p/prebuilds/linux-arm64/x.node': elf(183),
      'node_modules/p/README.md': 'not copied',
      'node_modules/node-gyp-build/package.json': '{ "name": "node-gyp-build" }',
      'node_modules/node-gyp-build/index.js': 'module.exports = (dir) => dir',
      'node_modules/@p/p-linux-x64/package.json': '{ "name": "@p/p-linux-x64", "os": ["linux"], "cpu": ["x64"] }',
      'node_modules/@p/p-linux-x64/x.node': elf(62),
      'node_modules/@p/p-darwin-arm64/package.json': '{ "name": "@p/p-darwin-arm64", "os": ["darwin"], "cpu": ["arm64"] }',
      ...route('1', "import { load } from 'p'\nexport { load }"),
    })
    const built = await buildOrThrow(project, { flags: ['--target', 'linux-x64'] })
    assert.deepEqual(diagnosticCodes(built), [])
    assert.deepEqual(filesIn(path.join(built.dist, 'node_modules')), [
      '@p/p-linux-x64/package.json',
      '@p/p-linux-x64/x.node',
      'node-gyp-build/index.js',
      'node-gyp-build/package.json',
      'p/index.js',
      'p/package.json',
      'p/prebuilds/linux-x64/x.node',
    ])
    assert.deepEqual(readFileSync(path.join(built.dist, 'node_modules/p/prebuilds/linux-x64/x.node')), elf(62))
  })
  answers(
    'that hands out its folder: whole, and what is read through it is there',
    {
      'node_modules/p/package.json': '{ "name": "p", "type": "module", "exports": "./lib/index.js" }',
      'node_modules/p/lib/index.js': "export { root } from './root.js'",
      'node_modules/p/lib/root.js':
        "import { dirname } from 'node:path'\nimport { fileURLToPath } from 'node:url'\nexport const root = dirname(dirname(fileURLToPath(import.meta.url)))",
      'node_modules/p/public/hello.txt': 'hello',
      'node_modules/q/package.json': '{ "name": "q" }',
      'node_modules/q/index.js': 'exports.path = __dirname',
      'node_modules/q/swagger.css': 'b {}',
      ...route(
        "[[root, 'public/hello.txt'], [path, 'swagger.css']].map((names) => fs.readFileSync(join(...names), 'utf8'))",
        "import fs from 'node:fs'\nimport { join } from 'node:path'\nimport { root } from 'p'\nimport { path } from 'q'",
      ),
    },
    ['hello', 'b {}'],
    { warnings: ['path-not-traced'] },
  )
  answers(
    'found by createRequire and require.resolve',
    {
      ...outside('p', cjs('exports.a = 1'), {}, { 'data/x.txt': 'x' }),
      'node_modules/q/package.json': '{ "name": "q" }',
      'node_modules/q/index.js': "exports.q = 'q'",
      'node_modules/q/x.txt': 'text of q',
      'lib/c.js': "exports.x = require('fs').readFileSync(require.resolve('q/x.txt'), 'utf8')",
      ...route("[createRequire(import.meta.url)('p').a, req.query.q ? 0 : c.x]", "import { createRequire } from 'node:module'\nimport c from '../../lib/c'"),
    },
    [1, 'text of q'],
  )
})

describe('workers', () => {
  const run = (what: string) =>
    `await new Promise((resolve, reject) => { const w = ${what}; w.once('message', (m) => { resolve(m); w.terminate() }); w.once('error', reject) })`
  const worker = (name: string, options = '') => run(`new Worker(new URL('${name}', import.meta.url)${options})`)
  const imports = "import { Worker } from 'node:worker_threads'\nimport path from 'node:path'"
  const posts = (expression: string, more = '') => `import { parentPort } from 'node:worker_threads'\n${more}\nparentPort!.postMessage(${expression})\n`
  const p: FileMap = { 'node_modules/p/package.json': '{ "name": "p" }', 'node_modules/p/index.js': readsByDirname, 'node_modules/p/data.json': '"of p"' }

  answers(
    'in TypeScript: imports a package, reads a file next to it',
    {
      ...p,
      'workers/w.ts': posts(
        "[data, readFileSync(new URL('./x.txt', import.meta.url), 'utf8')] as unknown[]",
        "import { readFileSync } from 'node:fs'\nimport { data } from 'p'",
      ),
      'workers/x.txt': 'x',
      ...route(worker('../../workers/w.ts'), imports),
    },
    ['of p', 'x'],
  )
  answers(
    'in CommonJS, by new URL and by path.join',
    {
      'workers/w.cjs': "const { parentPort } = require('worker_threads')\nparentPort.postMessage(require('path').basename(__filename))\n",
      'workers/v.js': "require('worker_threads').parentPort.postMessage('v')\n",
      ...route(`[${worker('../../workers/w.cjs')}, ${run("new Worker(path.join(process.cwd(), 'workers/v.js'))")}]`, imports),
    },
    ['w.cjs', 'v'],
  )
  answers(
    'two with one base name, and one that starts another',
    {
      'a/w.ts': posts("'a'"),
      'b/w.ts': posts(worker('./inner/w.ts'), imports.split('\n')[0]),
      'b/inner/w.ts': posts("'inner'"),
      ...route(`[${worker('../../a/w.ts')}, ${worker('../../b/w.ts')}]`, imports),
    },
    ['a', 'inner'],
  )
  answers(
    'of a package',
    {
      'node_modules/p/package.json': '{ "name": "p" }',
      'node_modules/p/index.js': "const { Worker } = require('worker_threads')\nexports.make = () => new Worker(require('path').join(__dirname, 'worker.js'))",
      'node_modules/p/worker.js': "require('worker_threads').parentPort.postMessage(require('q'))",
      'node_modules/q/package.json': '{ "name": "q" }',
      'node_modules/q/index.js': "module.exports = 'q'",
      ...route(run('make()'), "import { make } from 'p'"),
    },
    'q',
  )
  answers(
    'with names of every kind',
    {
      'w k/[é] 5%#?.ts': posts("'here'"),
      ...route(worker('../../w%20k/%5B%C3%A9%5D%205%25%23%3F.ts'), imports),
    },
    'here',
  )
  answers(
    'whose file is imported too',
    {
      'lib/w.ts': "import { isMainThread, parentPort } from 'node:worker_threads'\nexport const n = 1\nif (!isMainThread) parentPort!.postMessage('worker')\n",
      ...route(`[n, ${worker('../../lib/w.ts')}]`, `${imports}\nimport { n } from '../../lib/w'`),
    },
    [1, 'worker'],
  )
  answers(
    'called like the server',
    {
      'server.ts': posts("'worker'"),
      ...route(worker('../../server.ts'), imports),
    },
    'worker',
  )
})

describe('TypeScript of all kinds', () => {
  const linked = (name: string) => (project: string) => {
    mkdirSync(path.join(project, 'node_modules'), { recursive: true })
    for (const item of [name, 'reflect-metadata']) symlinkSync(path.join(import.meta.dirname, 'node_modules', item), path.join(project, 'node_modules', item))
  }
  const decorated = '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }'

  for (const flags of [[], ['--minify']]) {
    answers(
      `dependency injection with tsyringe ${flags}`,
      {
        'tsconfig.json': decorated,
        'lib/logger.ts':
          "import { singleton } from 'tsyringe'\n@singleton()\nexport class Logger { lines: string[] = []; log(line: string) { this.lines.push(line) } }\n",
        'lib/service.ts':
          "import { injectable } from 'tsyringe'\nimport { Logger } from './logger'\n@injectable()\nexport class Service { constructor(private readonly logger: Logger) {}\n  run() { this.logger.log(Service.name); return this.logger.lines } }\n",
        ...route(
          'container.resolve(Service).run()',
          "import 'reflect-metadata'\nimport { container } from 'tsyringe'\nimport { Service } from '../../lib/service'",
        ),
      },
      ['Service'],
      { flags, arrange: linked('tsyringe') },
    )
    answers(
      `class and function names are kept ${flags}`,
      {
        ...route(
          '[Named.name, named.name, arrow.name, new Named().constructor.name, (class Inner {}).name]',
          'class Named {}\nfunction named() {}\nconst arrow = () => {}',
        ),
      },
      ['Named', 'named', 'arrow', 'Named', 'Inner'],
      { flags },
    )
    answers(
      `process.env is read when it runs ${flags}`,
      route('[process.env.MINE, process.env["MINE"], process.env.NODE_ENV, process.env.NOT_SET ?? null]'),
      ['set', 'set', 'test', null],
      {
        flags,
        env: { MINE: 'set', NODE_ENV: 'test' },
      },
    )
  }

  answers(
    'types of properties, as typeorm reads them',
    {
      'tsconfig.json': '{ "extends": "./config/base.json" }',
      'config/base.json': decorated,
      'lib/kinds.ts':
        'export interface Shape { a: 1 }\nexport enum Level { low, high }\nexport enum Word { a = "a" }\nexport class Other {}\nexport type Alias = string\n',
      'lib/unused.ts': "globalThis.loaded = 'unused'\nexport interface OnlyType { a: 1 }\n",
      'lib/entity.ts': `import { Other, Level, Word } from './kinds'
import type { Shape, Alias } from './kinds'
import { type OnlyType } from './unused'
const column = (target: object, name: string) => { types[name] = Reflect.getMetadata('design:type', target, name)?.name }
export const types: Record<string, string> = {}
export class Entity {
  @column a!: string
  @column b!: number
  @column c!: Date
  @column d!: Other
  @column e!: Shape
  @column f!: Level
  @column g!: Word
  @column h!: string[]
  @column i?: boolean
  @column j!: string | null
  @column k!: Promise<Other>
  @column l!: OnlyType
  @column m!: Buffer
  set = 'own'
}\n`,
      ...route('types', "import 'reflect-metadata'\nimport { types } from '../../lib/entity'"),
    },
    {
      a: 'String',
      b: 'Number',
      c: 'Date',
      d: 'Other',
      e: 'Object',
      f: 'Object',
      g: 'Object',
      h: 'Array',
      i: 'Boolean',
      j: 'Object',
      k: 'Promise',
      l: 'Object',
      m: 'Buffer',
    },
    { arrange: linked('tsyringe') },
  )
  answers(
    'types that are imported without saying that they are types',
    {
      'tsconfig.json': decorated,
      'lib/kinds.ts': 'export interface Shape { a: 1 }\nexport type Alias = string\nexport class Other {}\nexport enum Level { low }\n',
      'lib/only.ts': '(globalThis as any).loaded = true\nexport interface Only { a: 1 }\n',
      'lib/side.ts': '(globalThis as any).side = true\nexport class Unused {}\n',
      'lib/entity.ts': `import { Other, Level, Shape, Alias } from './kinds'
import { Only } from './only'
import * as all from './kinds'
import { Unused } from './side'
const column = (target: object, name: string) => { types[name] = Reflect.getMetadata('design:type', target, name)?.name }
const args = (target: object, name: string, place?: unknown) => { types[name] = Reflect.getMetadata('design:paramtypes', target, name).map((t: any) => t.name).join() + ':' + Reflect.getMetadata('design:returntype', target, name)?.name }
export const types: Record<string, string> = {}
export class Entity {
  @column a!: Shape
  @column b!: Alias
  @column c!: Other
  @column d!: Level
  @column e!: Only
  @column f!: all.Other
  @column g!: all.Shape
  @args run(a: Shape, b: Other, c: string): Promise<Only> { return null as any }
}
export let unused: Unused | undefined\n`,
      ...route('[types, globalThis.side ?? null]', "import 'reflect-metadata'\nimport { types } from '../../lib/entity'"),
    },
    [{ a: 'Object', b: 'Object', c: 'Other', d: 'Object', e: 'Object', f: 'Other', g: 'Object', run: 'Object,Other,String:Promise' }, null],
    { arrange: linked('tsyringe') },
  )
  answers(
    'a class that is only the type of a decorated member, and what its module reads and imports',
    {
      'tsconfig.json': decorated,
      'lib/x.txt': 'x',
      'lib/files.ts': `import fs from 'node:fs'\nimport path from 'node:path'\nimport { data } from 'p'
export class Files { read() { return [fs.readFileSync(path.join(__dirname, 'x.txt'), 'utf8'), data] } }\n`,
      'node_modules/p/package.json': '{ "name": "p" }',
      'node_modules/p/index.js': readsByDirname,
      'node_modules/p/data.json': '"of p"',
      'lib/service.ts': `import { Files } from './files'\nconst inject = (t: any, name: string) => { t[name] = new (Reflect.getMetadata('design:type', t, name))() }
export class Service { @inject files: Files }\n`,
      ...route('Service.prototype.files.read()', "import 'reflect-metadata'\nimport { Service } from '../../lib/service'"),
    },
    ['x', 'of p'],
    { arrange: linked('tsyringe') },
  )
  answers(
    'decorators in a file that reads a file next to it',
    {
      'tsconfig.json': decorated,
      'lib/x.txt': 'x',
      'lib/a.ts':
        "import fs from 'node:fs'\nconst mark = (t: any, name: string) => { t.type = Reflect.getMetadata('design:type', t, name).name }\nexport class A { @mark p!: string; read() { return fs.readFileSync(new URL('./x.txt', import.meta.url), 'utf8') } }\n",
      ...route('[new A().read(), A.prototype.type]', "import 'reflect-metadata'\nimport { A } from '../../lib/a'"),
    },
    ['x', 'String'],
    { arrange: linked('tsyringe') },
  )

  answers(
    'a package of the workspace: its own tsconfig, JSX, and data',
    {
      '../packages/ui/package.json': '{ "name": "@w/ui", "exports": { ".": "./src/index.tsx", "./deep/*": "./src/deep/*.ts" } }',
      '../packages/ui/tsconfig.json': '{ "compilerOptions": { "jsx": "react", "jsxFactory": "h", "experimentalDecorators": true } }',
      '../packages/ui/src/index.tsx':
        "import fs from 'node:fs'\nconst h = (name: string) => `<${name}>`\nconst mark = (t: any) => { t.marked = true }\n@mark class Marked {}\nexport const ui = [<b />, (Marked as any).marked, fs.readFileSync(new URL('../data.txt', import.meta.url), 'utf8')]\n",
      '../packages/ui/src/deep/x.ts': "export const x: string = 'deep'\n",
      '../packages/ui/data.txt': 'of ui',
      ...route('[ui, x]', "import { ui } from '@w/ui'\nimport { x } from '@w/ui/deep/x'"),
    },
    [['<b>', true, 'of ui'], 'deep'],
    {
      arrange: (project) => {
        mkdirSync(path.join(project, 'node_modules/@w'), { recursive: true })
        symlinkSync('../../../packages/ui', path.join(project, 'node_modules/@w/ui'))
      },
    },
  )
  answers(
    'paths, baseUrl, jsx, and extends from a package',
    {
      'tsconfig.json': '{ "extends": "@config/base/tsconfig.json", "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["lib/*"], "#x": ["lib/x.ts"] } } }',
      'node_modules/@config/base/package.json': '{ "name": "@config/base" }',
      'node_modules/@config/base/tsconfig.json': '{ "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "tiny" } }',
      'node_modules/tiny/package.json': '{ "name": "tiny" }',
      'node_modules/tiny/jsx-runtime.js': 'exports.jsx = (type) => `<${type}>`\n',
      'lib/x.ts': "export const x = 'x'\n",
      'lib/y.tsx': 'export const y = <i />\n',
      ...route('[a, b, y]', "import { x as a } from '#x'\nimport { x as b } from 'lib/x'\nimport { y } from '@/y'"),
    },
    ['x', 'x', '<i>'],
  )
})

describe('what the build says', () => {
  /** `code file:line:column` of each, in order. */
  function says(name: string, files: FileMap, expected: readonly string[], flags: readonly string[] = []): void {
    it(name, async () => {
      const { stderr, stdout } = await build(files, { flags })
      const found = [...`${stderr}${stdout}`.matchAll(/^(?:error|warning)\[([\w-]+)\].*(?:\n(?! *-->).*)*\n *--> (.*)$/gm)].map(
        ([, code, at]) => `${code} ${at}`,
      )
      assert.deepEqual(found, expected, stderr)
    })
  }

  says(
    'imports of a name that only the running program knows',
    {
      ...route('1', 'export const a = (n) => import(n)\nexport const b = async (n) => [await import(n + ".js"), await import("./x/" + n + ".js")]\n'),
      'pages/api/x/y.js': 'export default () => {}',
      'lib/c.js': 'exports.c = (n) => require(n)',
      'pages/api/d.js': "const { c } = require('../../lib/c')\nmodule.exports = () => c",
    },
    ['import-not-static lib/c.js:1:20', 'import-not-static pages/api/a.ts:2:25', 'import-not-static pages/api/a.ts:3:38'],
  )
  says(
    'a path that only the running program knows',
    {
      ...route('(n) => fs.readFileSync(path.join(process.cwd(), n))', "import fs from 'node:fs'\nimport path from 'node:path'"),
    },
    ['path-not-traced pages/api/a.ts:4:68'],
  )

  const withAddon = (bytes: Uint8Array, more: FileMap = {}): FileMap => ({
    'node_modules/p/package.json': '{ "name": "p" }',
    'node_modules/p/index.js': "exports.load = () => require('./build/a.node')",
    'node_modules/p/build/a.node': bytes,
    ...more,
    ...route('1', "import { load } from 'p'\nexport { load }"),
  })
  says('an addon for the target', withAddon(elf(183)), [], ['--target', 'linux-arm64'])
  says('an addon for another processor', withAddon(elf(62)), ['addon-platform node_modules/p/build/a.node'], ['--target', 'linux-arm64'])
  says('an addon for another C library', withAddon(elf(62, 'libc.musl-x86_64.so.1')), ['addon-platform node_modules/p/build/a.node'], ['--target', 'linux-x64'])
  says('an addon that has a sibling for the target', withAddon(elf(62), { 'node_modules/p/prebuilds/arm64.node': elf(183) }), [], ['--target', 'linux-arm64'])

  says('--verify: all is well', route('1'), [], ['--verify'])
  says(
    '--verify: a variable that is not set',
    { ...route('1', "if (!process.env.DATABASE_URL) throw new Error('DATABASE_URL is not set')"), 'pages/api/b.ts': 'export default () => {}\n' },
    ['route-not-loading pages/api/a.ts:1:1'],
    ['--verify'],
  )
  says(
    '--verify: a package that asks at its top level for what is not installed',
    {
      'node_modules/p/package.json': '{ "name": "p", "peerDependencies": { "gone": "1" } }',
      'node_modules/p/index.js': "exports.gone = require('gone')",
      ...route('p', "import p from 'p'"),
    },
    ['route-not-loading pages/api/a.ts:1:1'],
    ['--verify'],
  )
  says('--verify: a program that ends itself', route('1', 'process.exit(7)'), ['route-not-loading pages/api/a.ts:1:1'], ['--verify'])
})
