// The command line as a user or a script sees it.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { build, buildOrThrow, cli } from './support/build.ts'
import { runProgram } from './support/run-program.ts'
import { startServer } from './support/server.ts'
import { temporaryProject } from './support/temporary.ts'

const good = temporaryProject({
  'pages/api/hello.ts': `export default (req: any, res: any) => res.json('hello')\n`,
  'pages/api/files/[...path].ts': `export const config = { api: { bodyParser: { sizeLimit: '500kb' }, responseLimit: false } }\nexport default () => {}\n`,
  'pages/api/upload.ts': `export const config = { api: { bodyParser: false, responseLimit: 100 } }\nexport default () => {}\n`,
})
const warned = temporaryProject({ 'pages/api/a.ts': 'export const config = { api: { bodyparser: false } }\nexport default () => {}\n' })
const broken = temporaryProject({ 'pages/api/a.ts': 'export const a = 1\n', 'pages/api/[id].ts': '\n', 'pages/api/[name].ts': 'export default () => {}\n' })
const run = (...args: string[]) => runProgram(process.execPath, [cli, ...args])

const TABLE = `
Route                 File                          Kind  Body limit     Response limit
/api/files/[...path]  pages/api/files/[...path].ts  api   500kb          none
/api/hello            pages/api/hello.ts            api   1mb (default)  4mb (default)
/api/upload           pages/api/upload.ts           api   stream         100 bytes
`.slice(1)

describe('apiroutes', () => {
  it('build ends with a table, the size and the time', async () => {
    const { code, stdout, stderr } = await run('build', good)
    assert.equal(code, 0)
    assert.equal(stderr, '')
    assert.ok(stdout.startsWith(`${TABLE}\n`), stdout)
    assert.match(stdout.slice(TABLE.length), /^\n\S*dist\/server\.js {2}\d+\.\d kB {2}in \d+ ms\n$/)
  })

  it('routes prints the table and writes nothing', async () => {
    const project = temporaryProject({ 'pages/api/hello.ts': 'export default () => {}\n' })
    const { code, stdout } = await run('routes', project)
    assert.equal(code, 0)
    assert.match(stdout, /^Route +File +Kind +Body limit +Response limit\n\/api\/hello +pages\/api\/hello\.ts +api +1mb \(default\) +4mb \(default\)\n$/)
    assert.deepEqual(readdirSync(project), ['pages'])
  })

  it('routes --json prints a route a line', async () => {
    const { stdout } = await run('routes', '--json', good)
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    assert.deepEqual(lines[0], {
      version: 1,
      type: 'route',
      kind: 'api',
      path: '/api/files/[...path]',
      file: 'pages/api/files/[...path].ts',
      params: [{ name: 'path', rest: true }],
      config: { bodyParser: { bytes: 512_000, text: '500kb' }, responseLimit: false, externalResolver: false, maxDuration: null },
      methods: null,
    })
    assert.deepEqual([lines.length, lines[3]], [4, { version: 1, type: 'routes', ok: true, routes: 3, errors: 0, warnings: 0 }])
  })

  it('routes names the file of hooks', async () => {
    const project = temporaryProject({ 'src/pages/api/a.ts': 'export default () => {}\n', 'src/instrumentation.ts': 'export function register() {}\n' })
    assert.match((await run('routes', project)).stdout, /\n\nInstrumentation {2}src\/instrumentation\.ts\n$/)
    const last = (await run('routes', '--json', project)).stdout.trim().split('\n').at(-1) ?? ''
    assert.deepEqual(JSON.parse(last), { version: 1, type: 'routes', ok: true, routes: 1, instrumentation: 'src/instrumentation.ts', errors: 0, warnings: 0 })
  })

  it('build --json prints a diagnostic a line, with its place, and what came of it', async () => {
    const { code, stdout, stderr } = await run('build', '--json', broken)
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    assert.equal(code, 1)
    assert.equal(stderr, '')
    assert.deepEqual(
      lines.map(({ type, code: name, file }) => [type, name, file]),
      [
        ['diagnostic', 'handler-missing', 'pages/api/[id].ts'],
        ['diagnostic', 'param-name-conflict', 'pages/api/[name].ts'],
        ['diagnostic', 'handler-missing', 'pages/api/a.ts'],
        ['build', undefined, undefined],
      ],
    )
    const { message, fix, notes, ...place } = lines[1]
    assert.deepEqual(place, {
      version: 1,
      type: 'diagnostic',
      severity: 'error',
      code: 'param-name-conflict',
      file: 'pages/api/[name].ts',
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 24,
    })
    assert.equal(notes[0].file, 'pages/api/[id].ts')
    assert.ok(message && fix)
    assert.equal(lines[3].ok, false)
  })

  it('build reports all mistakes of all files in one run, and counts them', async () => {
    const { code, stdout, stderr } = await run('build', broken)
    assert.equal(code, 1)
    assert.equal(stdout, '')
    assert.match(stderr, /\napiroutes: build failed: 3 errors\n$/)
    assert.equal(existsSync(path.join(broken, 'dist')), false)
  })

  it('build --strict fails for a warning and writes nothing', async () => {
    const { code, stderr } = await run('build', '--strict', warned)
    assert.equal(code, 1)
    assert.match(stderr, /apiroutes: build failed: 1 warning, and --strict allows none\n$/)
    assert.equal(existsSync(path.join(warned, 'dist')), false)
    assert.equal((await run('build', warned)).code, 0)
  })

  it('build --quiet prints nothing when all is well', async () => {
    assert.deepEqual(await run('build', '--quiet', good), { code: 0, stdout: '', stderr: '' })
  })

  it('build --no-sourcemap leaves no map behind, --minify makes it smaller, and it still serves', async (t) => {
    const functions = Array.from({ length: 1000 }, (_, i) => `export function addAll${i}(first: number, second: number) {\n  return first + second\n}\n`)
    const project = temporaryProject({
      'lib/functions.ts': functions.join(''),
      'pages/api/hello.ts': `import * as functions from '../../lib/functions'\nexport default (req: any, res: any) => res.json(Object.keys(functions).length)\n`,
    })
    const before = await buildOrThrow(project)
    const size = readFileSync(path.join(before.dist, 'server.js')).length
    assert.ok(existsSync(path.join(before.dist, 'server.js.map')))
    const { dist } = await buildOrThrow(project, { flags: ['--no-sourcemap', '--minify'] })
    assert.deepEqual(readdirSync(dist).toSorted(), ['manifest.json', 'package.json', 'server.js'])
    assert.ok(readFileSync(path.join(dist, 'server.js')).length < size * 0.7)
    const server = await startServer(dist)
    t.after(() => server.stop())
    assert.equal(await (await server.fetch('/api/hello')).text(), '1000')
  })

  it('build --external leaves a package out of the bundle, for ES modules and for CommonJS: it runs from its copy', async (t) => {
    const project = temporaryProject({
      'pages/api/a.ts': `import { who } from 'outside'\nexport default (req: any, res: any) => res.send(who)\n`,
      'pages/api/b.js': `const { who } = require('outside')\nmodule.exports = (req, res) => res.send(who)\n`,
      'node_modules/outside/package.json': '{ "name": "outside", "main": "index.js" }',
      'node_modules/outside/index.js': `exports.who = 'built in'\n`,
    })
    const { dist } = await buildOrThrow(project, { flags: ['--external', 'outside', '--external', 'bytes'] })
    writeFileSync(path.join(dist, 'node_modules/outside/index.js'), `exports.who = 'from outside'\n`)
    const server = await startServer(dist)
    t.after(() => server.stop())
    for (const route of ['/api/a', '/api/b']) assert.equal(await (await server.fetch(route)).text(), 'from outside')
  })

  function isWrong(line: string, expected: RegExp) {
    it(`exits with 2 for: ${line || '(nothing)'}`, async () => {
      const { code, stdout, stderr } = await run(...line.split(' ').filter(Boolean))
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' })
      assert.match(stderr, expected)
    })
  }
  isWrong('', /^apiroutes: a command is missing\nTry `apiroutes --help`\.\n$/)
  isWrong('bild', /there is no command "bild"/)
  isWrong('build nowhere-at-all', /there is no folder nowhere-at-all/)
  isWrong('build --outdir x', /'--outdir'/)
  isWrong('routes --minify', /routes has no option --minify/)

  it('--help and --version', async () => {
    assert.match((await run('--help')).stdout, /^apiroutes compiles/)
    assert.match((await run('--version')).stdout, /^\d+\.\d+\.\d+\n$/)
  })

  it('works from code: import { build } from "apiroutes"', async () => {
    const script = path.join(import.meta.dirname, '.cache', `build-${process.pid}.mjs`)
    mkdirSync(path.dirname(script), { recursive: true })
    writeFileSync(
      script,
      `import { build } from 'apiroutes'\nconst { ok, routes, diagnostics } = await build({ dir: ${JSON.stringify(good)}, outDir: 'from-code' })\nconsole.log(ok, routes.length, diagnostics.length)\n`,
    )
    const { stdout } = await runProgram(process.execPath, [script])
    assert.equal(stdout, 'true 3 0\n')
    assert.ok(existsSync(path.join(good, 'from-code/server.js')))
  })

  it('gives the same as code and as command', async () => {
    assert.deepEqual(
      readFileSync(path.join(good, 'from-code/manifest.json'), 'utf8'),
      readFileSync(path.join((await build(good)).dist, 'manifest.json'), 'utf8'),
    )
  })
})
