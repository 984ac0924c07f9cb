// `apiroutes check` and `explain`, the formats, and what the commands load.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { cli } from './support/build.ts'
import { type ProgramOptions, runProgram } from './support/run-program.ts'
import { temporaryFolder, temporaryProject } from './support/temporary.ts'

const HANDLER = 'export default () => {}\n'
const good = temporaryProject({ 'pages/api/a.ts': HANDLER, 'pages/api/[id].ts': HANDLER })
const warned = temporaryProject({ 'pages/api/a.ts': `export const config = { api: { bodyparser: false } }\n${HANDLER}` })
const broken = temporaryProject({ 'pages/api/b.ts': 'export default 5\n', 'pages/api/a.ts': 'export const a = 1\n', 'pages/api/w-[x].ts': HANDLER })
const run = (args: readonly string[], options: ProgramOptions = {}) => runProgram(process.execPath, [cli, ...args], options)
const jsonLines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('apiroutes check', () => {
  /** stdout and stderr are those of the last line; nothing else may be on stdout. */
  function ends(name: string, args: readonly string[], code: number, stdout: string, stderr: string): void {
    it(name, async () => {
      const finished = await run(['check', ...args])
      assert.deepEqual([finished.code, finished.stdout, finished.stderr.trimEnd().split('\n').at(-1)], [code, stdout, stderr])
    })
  }
  ends('nothing is wrong', [good], 0, 'no problems in 2 routes\n', '')
  ends('nothing is wrong, quiet', [good, '-q'], 0, '', '')
  ends('nothing is wrong, strict', [good, '--strict'], 0, 'no problems in 2 routes\n', '')
  ends('a warning', [warned], 0, '1 warning in 1 route\n', 'fix: Correct the name, or remove the key: it has no effect.')
  ends('a warning, quiet', [warned, '-q'], 0, '1 warning in 1 route\n', 'fix: Correct the name, or remove the key: it has no effect.')
  ends('a warning, strict', [warned, '--strict'], 1, '', 'apiroutes: check failed: 1 warning, and --strict allows none')
  ends('errors', [broken], 1, '', 'apiroutes: check failed: 2 errors, 1 warning')
  ends('no such folder', ['nowhere'], 2, '', 'apiroutes: there is no folder nowhere')

  it('writes nothing', async () => {
    await run(['check', good])
    assert.deepEqual(readdirSync(good), ['pages'])
  })
  it('says mistakes in the order of files, and where to read more', async () => {
    const { stderr } = await run(['check', broken])
    assert.deepEqual(stderr.match(/(?<=--> ).*/g), ['pages/api/a.ts:1:1', 'pages/api/b.ts:1:16', 'pages/api/w-[x].ts:1:1'])
    assert.match(stderr, /\nReasons and examples: apiroutes explain handler-missing\n.*\n$/)
  })
  it('finds what build finds before it bundles', async () => {
    const [checked, built] = await Promise.all([run(['check', broken, '--json']), run(['build', broken, '--json'])])
    assert.deepEqual(jsonLines(checked.stdout).slice(0, -1), jsonLines(built.stdout).slice(0, -1))
  })
})

describe('--format github', () => {
  it('annotates, with paths from the current folder', async () => {
    const { code, stdout, stderr } = await run(['check', '--format', 'github', path.basename(broken)], { cwd: path.dirname(broken) })
    assert.deepEqual([code, stderr], [1, 'apiroutes: check failed: 2 errors, 1 warning\n'])
    assert.deepEqual(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.slice(0, line.lastIndexOf('::'))),
      [
        '::error file=project/pages/api/a.ts,line=1,col=1,endLine=1,endColumn=1,title=handler-missing',
        '::error file=project/pages/api/b.ts,line=1,col=16,endLine=1,endColumn=17,title=handler-not-function',
        '::warning file=project/pages/api/w-[x].ts,line=1,col=1,endLine=1,endColumn=1,title=looks-dynamic',
      ],
    )
  })
  it('annotates, with paths from the repository', async () => {
    const { stdout } = await run(['build', '--format', 'github', broken], { env: { GITHUB_WORKSPACE: path.dirname(broken) } })
    assert.match(stdout, /^::error file=project\/pages\/api\/a\.ts,/)
  })
  it('build and routes end as ever', async () => {
    const built = await run(['build', '--format', 'github', warned])
    assert.match(built.stdout, /^::warning file=.*\nRoute [\s\S]*\(1 warning\)\n$/)
    const { stdout, stderr } = await run(['routes', '--format', 'github', warned])
    assert.match(stdout, /^::warning file=.*\nRoute /)
    assert.equal(stderr, 'apiroutes: 1 warning\n')
  })
})

describe('the last line counts', () => {
  it('build --quiet with a warning', async () => assert.match((await run(['build', '-q', warned])).stderr, /\napiroutes: 1 warning\n$/))
  it('routes with a warning', async () => assert.match((await run(['routes', warned])).stderr, /\napiroutes: 1 warning\n$/))
  it('routes with errors', async () => assert.match((await run(['routes', broken])).stderr, /\napiroutes: 2 errors, 1 warning\n$/))
})

describe('JSON', () => {
  const documented =
    readFileSync(new URL('../docs/cli.md', import.meta.url), 'utf8')
      .split('## JSON')[1]
      ?.split('## ')[0] ?? ''

  it('every field is documented', async () => {
    const outputs = await Promise.all([run(['build', '--json', warned]), run(['check', '--json', broken]), run(['routes', '--json', warned])])
    const lines = outputs.flatMap(({ stdout }) => jsonLines(stdout))
    assert.deepEqual([...new Set(lines.map(({ type }) => type))].toSorted(), ['build', 'check', 'diagnostic', 'route', 'routes'])
    for (const line of lines) {
      assert.equal(line.version, 1)
      for (const field of Object.keys(line)) assert.ok(documented.includes(`\`${field}\``), `${line.type}.${field}`)
    }
  })
  it('the last line of check', async () => {
    const { milliseconds, ...last } = jsonLines((await run(['check', '--json', broken])).stdout).at(-1)
    assert.deepEqual(last, { version: 1, type: 'check', ok: false, routes: 3, errors: 2, warnings: 1 })
    assert.ok(Number.isInteger(milliseconds))
  })
})

describe('explain', () => {
  it('prints a section', async () => assert.match((await run(['explain', 'route-conflict'])).stdout, /^route-conflict \(error\)\n[\s\S]*\nRight:\n/))
  it('a code that is none is a wrong command line', async () => {
    assert.deepEqual(await run(['explain', 'rout-conflict']), {
      code: 2,
      stdout: '',
      stderr: 'apiroutes: there is no code "rout-conflict"; did you mean route-conflict?\n',
    })
  })
})

describe('a command loads only what it needs', () => {
  const WATCHED = ['esbuild', 'fast-glob', 'get-east-asian-width', 'ts-morph']
  const hook = `import { appendFileSync } from 'node:fs'
export async function resolve(specifier, context, next) {
  if (${JSON.stringify(WATCHED)}.includes(specifier)) appendFileSync(process.env.LOADED, specifier + '\\n')
  return next(specifier, context)
}`
  const dataUrl = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`
  const watchRequire = `const load = Module._load; Module._load = function (name, ...more) {
  if (${JSON.stringify(WATCHED)}.includes(name)) appendFileSync(process.env.LOADED, name + '\\n')
  return load.call(this, name, ...more)
}`
  const register = dataUrl(
    `import { appendFileSync } from 'node:fs'; import Module, { register } from 'node:module'; register(${JSON.stringify(dataUrl(hook))}); ${watchRequire}`,
  )

  function loads(args: readonly string[], expected: readonly string[]): void {
    it(path.basename(args.join(' ')), async () => {
      const LOADED = path.join(temporaryFolder(), 'loaded')
      await runProgram(process.execPath, ['--import', register, cli, ...args], { env: { LOADED } })
      const names = existsSync(LOADED) ? readFileSync(LOADED, 'utf8').trim().split('\n') : []
      assert.deepEqual([...new Set(names)].toSorted(), expected)
    })
  }
  loads(['--help'], [])
  loads(['--version'], [])
  loads(['nonsense'], [])
  loads(['explain', 'route-conflict'], [])
  loads(['check', good], ['get-east-asian-width', 'ts-morph'])
  loads(['routes', good], ['get-east-asian-width', 'ts-morph'])
  loads(['build', good], ['esbuild', 'get-east-asian-width', 'ts-morph'])
  loads(['build', good, '--include', 'package.json'], WATCHED)
})
