// `--pages`, `--prerender` and `--page-store`, as commands.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { cli } from './support/build.ts'
import { runProgram } from './support/run-program.ts'
import { startServer } from './support/server.ts'
import { temporaryProject } from './support/temporary.ts'

const page = (more = '') => `export default ({ id }) => 'hello ' + id\nexport const getStaticProps = ({ params }) => ({ props: { id: 0, ...params } })\n${more}`
const files = {
  'pages/index.ts': page(),
  'pages/posts/[id].ts': page("export const getStaticPaths = () => ({ paths: ['/posts/1', '/posts/2'], fallback: false })\n"),
  'pages/api/a.ts': 'export default () => {}\n',
}
const good = temporaryProject(files)
const broken = temporaryProject({ ...files, 'pages/about.ts': 'export default () => 1\n', 'pages/index.ts': `import './a.css'\n${page()}` })
const run = (...args: string[]) => runProgram(process.execPath, [cli, ...args])
const jsonLines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

const TABLE = `
Route        File                 Kind  Body limit     Response limit
/            pages/index.ts       page
/api/a       pages/api/a.ts       api   1mb (default)  4mb (default)
/posts/[id]  pages/posts/[id].ts  page
`.slice(1)

describe('static pages on the command line', () => {
  it('routes lists them with --pages, and not without', async () => {
    assert.equal((await run('routes', '--pages', good)).stdout, TABLE)
    assert.doesNotMatch((await run('routes', good)).stdout, /page /)
  })

  it('routes --json has their kind, and no config', async () => {
    const [home, , post] = jsonLines((await run('routes', '--pages', '--json', good)).stdout)
    assert.deepEqual(home, { version: 1, type: 'route', kind: 'page', path: '/', file: 'pages/index.ts', params: [] })
    assert.deepEqual(post.params, [{ name: 'id', rest: false }])
  })

  it('check finds their mistakes with --pages, and not without', async () => {
    const { code, stderr } = await run('check', '--pages', broken)
    assert.deepEqual([code, stderr.match(/(?<=--> ).*/g)], [1, ['pages/about.ts:1:1', 'pages/index.ts:1:8']])
    assert.deepEqual(await run('check', broken), { code: 0, stdout: 'no problems in 1 route\n', stderr: '' })
  })

  it('build says how many pages it has generated', async () => {
    const { code, stdout } = await run('build', '--pages', '--prerender', '--verify', good)
    assert.equal(code, 0)
    assert.ok(stdout.startsWith(TABLE), stdout)
    assert.match(stdout, /dist\/server\.js {2}[\d.]+ kB {2}in \d+ ms {2}\(3 pages prerendered\)\n$/)
    const names = readdirSync(path.join(good, 'dist/prerendered')).map((name) => `prerendered/${name}`)
    const manifest: string[] = JSON.parse(readFileSync(path.join(good, 'dist/manifest.json'), 'utf8')).files
    assert.deepEqual(manifest.filter((name) => name.startsWith('prerendered/')).toSorted(), names.toSorted())
  })

  it('build --json counts them, and lists none among what is copied', async () => {
    const [last] = jsonLines((await run('build', '--pages', '--prerender', '--json', good)).stdout).slice(-1)
    assert.deepEqual([last.prerendered, last.copied, last.routes], [3, [], 3])
    const [plain] = jsonLines((await run('build', '--pages', '--json', good)).stdout).slice(-1)
    assert.equal(Object.hasOwn(plain, 'prerendered'), false)
    assert.equal(existsSync(path.join(good, 'dist/prerendered')), false)
  })

  it('the result is served', async (t) => {
    await run('build', '--pages', good)
    const server = await startServer(path.join(good, 'dist'))
    t.after(() => server.stop())
    assert.match(await (await server.fetch('/posts/2')).text(), /hello 2/)
    assert.equal((await server.fetch('/posts/3')).status, 404)
  })

  function isWrong(line: string, expected: RegExp): void {
    it(`exits with 2 for: ${line}`, async () => {
      const { code, stdout, stderr } = await run(...line.split(' '), good)
      assert.deepEqual([code, stdout], [2, ''])
      assert.match(stderr, expected)
    })
  }
  isWrong('build --prerender', /^apiroutes: --prerender is for static pages, and needs --pages as well\n/)
  isWrong('build --page-store a.ts', /^apiroutes: --page-store is for static pages, and needs --pages as well\n/)
  isWrong('check --prerender', /^apiroutes: check has no option --prerender\n/)

  it('a store that is not there is an error, by its name', async () => {
    const { code, stderr } = await run('build', '--pages', '--page-store', 'lib/store.ts', good)
    assert.equal(code, 1)
    assert.match(stderr, /^error\[page-store-missing\]: there is no file lib\/store\.ts, which --page-store names\n/)
  })
})
