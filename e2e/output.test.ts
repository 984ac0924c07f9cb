// What lies in dist/, and what a build may do to the folder it writes to.
import assert from 'node:assert/strict'
import { copyFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { build, buildOrThrow, diagnosticCodes } from './support/build.ts'
import { runProgram } from './support/run-program.ts'
import { startServer } from './support/server.ts'
import { temporaryFolder, temporaryProject, writeFiles } from './support/temporary.ts'

const OUTPUT = ['manifest.json', 'package.json', 'server.js', 'server.js.map']
const hello = { 'pages/api/hello.ts': `export default (req: any, res: any) => res.json('hello')\n` }

function contents(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]))
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

  it('is the same, byte for byte, from any folder', async () => {
    const project = {
      ...hello,
      'lib/a.js': 'exports.a = __filename.length\n',
      'pages/api/[id].ts': `import { a } from '../../lib/a.js'\nexport default (req: any, res: any) => res.json(a)\n`,
    }
    const [first, second] = [await buildOrThrow(project), await buildOrThrow({ '../deeper/than/before/x': '', ...project })]
    const moved = path.join(temporaryFolder(), 'somewhere', 'else')
    writeFiles(moved, project)
    const third = await buildOrThrow(moved)
    assert.deepEqual(contents(second.dist), contents(first.dist))
    assert.deepEqual(contents(third.dist), contents(first.dist))
    assert.doesNotMatch(Object.values(contents(first.dist)).join(), new RegExp(process.cwd().replaceAll('/', '\\/')))
  })

  it('stays within the budget for the hello example: 60 KB, not minified', async () => {
    const out = path.join(temporaryFolder(), 'dist')
    await buildOrThrow(path.join(import.meta.dirname, '../examples/hello'), { flags: ['--out-dir', out] })
    const { size } = statSync(path.join(out, 'server.js'))
    assert.ok(size <= 60_000, `server.js has ${size} bytes`)
  })

  it('has nothing of iconv-lite in it', async () => {
    const { dist } = await buildOrThrow(hello)
    const server = readFileSync(path.join(dist, 'server.js'), 'utf8')
    assert.match(server, /iconv-lite is not part of the runtime/)
    assert.doesNotMatch(server, /cp932|gb18030|shiftjis/i)
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
