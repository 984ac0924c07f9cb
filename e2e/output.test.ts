// What lies in dist/, and what a build may do to the folder it writes to.
import assert from 'node:assert/strict'
import { copyFileSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { build, buildOrThrow, diagnosticCodes } from './support/build.ts'
import { runProgram } from './support/run-program.ts'
import { startServer } from './support/server.ts'
import { temporaryFolder, temporaryProject, writeFiles } from './support/temporary.ts'

const OUTPUT = ['manifest.json', 'package.json', 'server.js', 'server.js.map']
const hello = { 'pages/api/hello.ts': `export default (req: any, res: any) => res.json('hello')\n` }

function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files.map(({ parentPath, name }) => path.join(parentPath, name)).map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]),
  )
}

/** By file, where two outputs begin to differ, in both. */
function differences(one: Record<string, string>, two: Record<string, string>): string[] {
  return Object.keys({ ...one, ...two }).flatMap((name) => {
    const [a = '', b = ''] = [one[name], two[name]]
    let at = 0
    while (at < a.length && a[at] === b[at]) at++
    return a === b ? [] : [`${name}: ${[a, b].map((text) => JSON.stringify(text.slice(at, at + 60))).join(' and ')}`]
  })
}

describe('dist', () => {
  it('holds four files, and server.js alone, copied to an empty folder, serves', async (t) => {
    const { dist } = await buildOrThrow({ ...hello, 'package.json': '{ "type": "commonjs" }' })
    assert.deepEqual(readdirSync(dist).toSorted(), OUTPUT)
    const empty = temporaryFolder()
    copyFileSync(path.join(dist, 'server.js'), path.join(empty, 'server.js'))
    const server = await startServer(empty)
    t.after(() => server.stop())
    assert.equal(await (await server.fetch('/api/hello')).text(), '"hello"')
    assert.equal(server.log.stderr, '')
  })

  it('keeps the shape of a tick: what nobody calls is not in the bundle', async () => {
    const { dist } = await buildOrThrow(hello)
    assert.match(readFileSync(path.join(dist, 'server.js'), 'utf8'), /executionAsyncResource/)
  })

  it('stays within the budget for the hello example: 45 kB, the app not minified', async () => {
    const out = path.join(temporaryFolder(), 'dist')
    await buildOrThrow(path.join(import.meta.dirname, '../examples/hello'), { flags: ['--out-dir', out] })
    const { size } = statSync(path.join(out, 'server.js'))
    assert.ok(size <= 45_000, `server.js has ${size} bytes`)
  })

  it('a route more is at most 800 bytes, and waits in a function', async () => {
    const source = 'export default (_req: unknown, res: { json(value: unknown): void }) => res.json(1)\n'
    const serverOf = async (count: number) => {
      const files = Array.from({ length: count }, (_, i) => [`pages/api/group-${i % 10}/route-${i}.ts`, source])
      return readFileSync(path.join((await buildOrThrow(Object.fromEntries(files))).dist, 'server.js'), 'utf8')
    }
    const [few, many] = [await serverOf(10), await serverOf(110)]
    assert.ok(many.length - few.length <= 80_000, `100 routes more are ${many.length - few.length} bytes`)
    assert.equal(many.match(/ function init_\w+\(\) \{/g)?.length, 110)
  })

  it('has nothing of iconv-lite in it', async () => {
    const { dist } = await buildOrThrow(hello)
    const server = readFileSync(path.join(dist, 'server.js'), 'utf8')
    assert.match(server, /iconv-lite is not part of the runtime/)
    assert.doesNotMatch(server, /cp932|gb18030|shiftjis/i)
  })

  it('has nothing in it of cookie and content-type that nobody calls', async () => {
    const { dist } = await buildOrThrow(hello)
    assert.doesNotMatch(readFileSync(path.join(dist, 'server.js'), 'utf8'), /option expires is invalid|invalid parameter name/)
  })
})

describe('the same input gives the same bytes', () => {
  const project = {
    ...hello,
    'package.json': '{ "name": "app" }\n',
    'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["lib/*"] } } }\n',
    'lib/a.js': 'exports.a = __filename.length\n',
    'lib/deep/b.ts': `export { a as default } from '../a.js'\nexport class Kept {}\n`,
    'pages/api/[id].ts': `import b, { Kept } from '@/deep/b'\nimport one from 'one'\nexport default (req: any, res: any) => res.json([b, one(), Kept.name])\n`,
    'pages/api/z/[...rest].jsx': `import { two } from 'two'\nimport 'one/side'\nexport default (req, res) => res.json(two(__dirname))\n`,
    'node_modules/one/package.json': '{ "name": "one", "main": "one.js" }\n',
    'node_modules/one/one.js': `const { two } = require('two')\nmodule.exports = () => [__dirname, two(require.resolve.name)]\n`,
    'node_modules/one/side.js': 'globalThis.side = __filename\n',
    'node_modules/two/package.json': '{ "name": "two", "type": "module", "exports": "./src/index.js" }\n',
    'node_modules/two/src/index.js': `/*! a licence */\nexport const two = (x) => [x, import.meta.url]\n`,
  }

  function same(name: string, flags: readonly string[], prepare: () => { readonly dir: string; readonly cwd?: string; readonly named?: string }) {
    it(`${[name, ...flags].join(' ')}`, async () => {
      const { dist } = await buildOrThrow(project, { flags })
      const { dir, cwd, named = dir } = prepare()
      await buildOrThrow(named, { flags, ...(cwd === undefined ? {} : { cwd }) })
      assert.deepEqual(differences(contents(path.join(dir, 'dist')), contents(dist)), [])
      for (const text of Object.values(contents(dist))) assert.ok(!text.includes(process.cwd()), 'it names the folder of the compiler')
    })
  }

  const longer = () => {
    const dir = path.join(temporaryFolder(), 'a', 'much longer', 'path', '日本', 'to the project')
    writeFiles(dir, project)
    return { dir }
  }
  same('at a longer path', [], longer)
  same('at a longer path', ['--minify'], longer)
  same('at a longer path', ['--no-sourcemap'], longer)
  same('at a longer path', ['--external', 'one'], longer)
  same('files made in another order, at another time', [], () => {
    const dir = path.join(temporaryFolder(), 'project')
    for (const [name, text] of Object.entries(project).reverse()) {
      writeFiles(dir, { [name]: text })
      utimesSync(path.join(dir, name), 1_000_000, 1_000_000)
    }
    return { dir }
  })
  const linked = () => {
    const dir = temporaryProject(project)
    const named = path.join(temporaryFolder(), 'link')
    symlinkSync(dir, named)
    return { dir, named }
  }
  same('by a link to its folder', [], linked)
  same('by a link to its folder', ['--minify'], linked)
  same('from within it', [], () => {
    const dir = temporaryProject(project)
    return { dir, cwd: dir, named: '.' }
  })
  same('from below it', [], () => {
    const dir = temporaryProject(project)
    return { dir, cwd: path.join(dir, 'lib/deep'), named: '../..' }
  })
  same('below a folder with packages and a tsconfig.json of its own', [], () => {
    const outer = temporaryProject({
      'tsconfig.json': '{ "compilerOptions": { "target": "es5" } }',
      'node_modules/three/package.json': '{}',
      'package.json': '{}',
    })
    const dir = path.join(outer, 'inner')
    writeFiles(dir, project)
    return { dir }
  })

  it('a second time, over the first', async () => {
    const { dir, dist } = await buildOrThrow(project)
    const first = contents(dist)
    await buildOrThrow(dir)
    assert.deepEqual(differences(contents(dist), first), [])
  })
})

describe('the output folder', () => {
  it('is left as it was by a build that fails', async () => {
    const { dir, dist } = await buildOrThrow(hello)
    const before = contents(dist)
    writeFiles(dir, { 'pages/api/broken.ts': 'export const x = 1\n' })
    assert.equal((await build(dir)).code, 1)
    assert.deepEqual(contents(dist), before)
    assert.deepEqual(readdirSync(dir).toSorted(), ['dist', 'pages'])
  })

  it('keeps the files that are not ours', async () => {
    const { dir, dist } = await buildOrThrow(hello)
    writeFileSync(path.join(dist, 'notes.txt'), 'mine')
    await buildOrThrow(dir)
    assert.deepEqual(readdirSync(dist).toSorted(), [...OUTPUT, 'notes.txt'].toSorted())
    assert.equal(readFileSync(path.join(dist, 'notes.txt'), 'utf8'), 'mine')
  })

  it('is refused when a file in it would be overwritten that is not ours', async () => {
    const dir = temporaryProject({ ...hello, 'package.json': '{ "name": "mine" }\n' })
    const built = await build(dir, { flags: ['--out-dir', dir] })
    assert.equal(built.code, 1)
    assert.deepEqual(diagnosticCodes(built), ['output-occupied'])
    assert.deepEqual(readdirSync(dir).toSorted(), ['package.json', 'pages'])
    assert.equal(readFileSync(path.join(dir, 'package.json'), 'utf8'), '{ "name": "mine" }\n')
  })

  it('is made when it is not there, wherever --out says', async () => {
    const out = path.join(temporaryFolder(), 'a', 'b')
    await buildOrThrow(hello, { flags: ['--out-dir', out] })
    assert.deepEqual(readdirSync(out).toSorted(), OUTPUT)
    rmSync(out, { recursive: true })
  })
})

describe('starting', async () => {
  const { dist } = await buildOrThrow(hello)
  const run = (env: Record<string, string>) => runProgram(process.execPath, [path.join(dist, 'server.js')], { env })

  function refuses(name: string, env: Record<string, string>, expected: RegExp) {
    it(name, async () => {
      const { code, stderr } = await run(env)
      assert.equal(code, 1)
      assert.match(stderr, expected)
    })
  }

  refuses('a PORT that is no number', { PORT: 'http' }, /^apiroutes: PORT must be a number from 0 to 65535, got "http"\. Example: PORT=8080\n$/)
  refuses('a PORT that is too large', { PORT: '65536' }, /^apiroutes: PORT must be a number from 0 to 65535, got "65536"/)
  refuses('a HOST that is not of this machine', { PORT: '0', HOST: '203.0.113.1' }, /^apiroutes: HOST is "203\.0\.113\.1", which is no address of this machine/)

  it('says which port is in use', async (t) => {
    const server = await startServer(dist)
    t.after(() => server.stop())
    const { code, stderr } = await run({ HOST: '127.0.0.1', PORT: String(server.port) })
    assert.equal(code, 1)
    assert.match(
      stderr,
      new RegExp(`^apiroutes: 127\\.0\\.0\\.1, port ${server.port} is already in use\\. Stop the other process or set PORT to another port\\.\n$`),
    )
  })

  it('listens on IPv4 and IPv6, whatever HOSTNAME says', async (t) => {
    const server = await startServer(dist, { env: { HOST: '', HOSTNAME: '203.0.113.1' } })
    t.after(() => server.stop())
    for (const host of ['127.0.0.1', '[::1]']) assert.equal((await fetch(`http://${host}:${server.port}/api/hello`)).status, 200)
  })
})
