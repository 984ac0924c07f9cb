// The packages as npm would publish them: complete, well-formed, and working from an empty folder.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { publint } from 'publint'
import { type Finished, runProgram } from './support/run-program.ts'
import { startServer } from './support/server.ts'
import { temporaryFolder, writeFiles } from './support/temporary.ts'

const packages = ['runtime', 'compiler'].map((name) => path.join(import.meta.dirname, '../packages', name))
const tools = path.join(import.meta.dirname, 'node_modules', '.bin')

async function run(program: string, args: readonly string[], cwd: string): Promise<Finished> {
  const finished = await runProgram(program, args, { cwd })
  assert.equal(finished.code, 0, `${program} ${args.join(' ')} ended with ${finished.code}:\n${finished.stdout}${finished.stderr}`)
  return finished
}

describe('npm pack', () => {
  const tarballs = temporaryFolder()

  before(async () => {
    for (const folder of packages) await run('npm', ['pack', '--pack-destination', tarballs], folder)
  })

  const archives = () => readdirSync(tarballs).map((name) => path.join(tarballs, name))

  it('publint finds nothing', async () => {
    for (const archive of archives()) {
      const { buffer } = new Uint8Array(readFileSync(archive))
      const { messages } = await publint({ pack: { tarball: buffer }, strict: true })
      assert.deepEqual(messages, [], archive)
    }
  })

  it('arethetypeswrong finds nothing', async () => {
    for (const archive of archives()) await run(path.join(tools, 'attw'), [archive, '--profile', 'esm-only'], tarballs)
  })

  it('gives no test, source or build record to users', async () => {
    for (const archive of archives()) {
      const { stdout } = await run('tar', ['-tzf', archive], tarballs)
      assert.doesNotMatch(stdout, /\.test\.|\/src\/|tsbuildinfo|samples|testing/)
      assert.match(stdout, /package\/LICENSE/)
      assert.match(stdout, /package\/README\.md/)
    }
  })

  it('installs into an empty folder and works from there', async (t) => {
    const project = path.join(temporaryFolder(), 'fresh')
    writeFiles(project, {
      'package.json': '{ "private": true }',
      'pages/api/hello.ts': `import type { ApiRequest, ApiResponse } from 'apiroutes'\nexport default (req: ApiRequest, res: ApiResponse) => res.json({ hello: req.query.name })\n`,
    })
    await run('npm', ['install', '--no-audit', '--no-fund', ...archives()], project)
    const { stdout } = await run('npx', ['apiroutes', 'build'], project)
    assert.match(stdout, /\n\/api\/hello +pages\/api\/hello\.ts [\s\S]*\ndist\/server\.js {2}[\d.]+ kB {2}in \d+ ms\n$/)
    const server = await startServer(path.join(project, 'dist'))
    t.after(() => server.stop())
    assert.equal(await (await server.fetch('/api/hello?name=you')).text(), '{"hello":"you"}')
  })
})
