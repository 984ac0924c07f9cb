// A config that only the running server can know: checked by the rules of the build, in its words.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { build, diagnosticCodes } from './support/build.ts'
import { startServer } from './support/server.ts'

const files = {
  'pages/api/limited.ts':
    'export const config = { api: { bodyParser: { sizeLimit: process.env.LIMIT as any } } }\nexport default (req: any, res: any) => res.json(req.body)\n',
  'pages/api/imported.ts':
    "import { limits } from '../../lib/limits'\nexport const config = { api: { bodyParser: limits.upload } }\nexport default (req: any, res: any) => res.json(req.body)\n",
  'pages/api/fine.ts': 'export default (req: any, res: any) => res.json(1)\n',
  'lib/limits.ts': "const kb = (n: number) => `${n}kb`\nexport const limits = { upload: { sizeLimit: kb(1) }, other: '1mb' }\n",
}

it('a config that the build cannot know', async (t) => {
  const built = await build(files)
  assert.deepEqual([built.code, diagnosticCodes(built)], [0, ['config-not-static', 'config-not-static']])
  assert.match(built.stderr, /\^{17}\n/) // process.env.LIMIT, and no more
  assert.match(built.stderr, /note: .*\n +--> lib\/limits\.ts:2:46\n/)

  await t.test('is an error with --strict', async () => assert.equal((await build(built.dir, { flags: ['--strict'] })).code, 1))

  const post = (server: Awaited<ReturnType<typeof startServer>>, route: string, bytes: number) =>
    server.fetch(`/api/${route}`, { method: 'POST', body: 'x'.repeat(bytes) }).then(({ status }) => status)

  await t.test('is read when the route loads', async (t) => {
    const server = await startServer(built.dist, { env: { LIMIT: '2kb' } })
    t.after(() => server.stop())
    assert.deepEqual([await post(server, 'limited', 2048), await post(server, 'limited', 2049)], [200, 413])
    assert.deepEqual([await post(server, 'imported', 1024), await post(server, 'imported', 1025)], [200, 413])
  })

  await t.test('fails its route, and no other, when it is wrong', async (t) => {
    const server = await startServer(built.dist, { env: { LIMIT: 'lots' } })
    t.after(() => server.stop())
    assert.deepEqual([await post(server, 'limited', 1), await post(server, 'fine', 1)], [500, 200])
    await server.waitForLog(
      /ConfigError: `config\.api\.bodyParser\.sizeLimit` must be a size in bytes such as 512000, or a string such as '500kb' .*, got "lots"/,
    )
  })
})

it('a wrong value that the build knows is said in the same words', async () => {
  const built = await build({
    ...files,
    'pages/api/limited.ts': "export const config = { api: { bodyParser: { sizeLimit: 'lots' } } }\nexport default () => {}\n",
  })
  assert.match(built.stderr, /`config\.api\.bodyParser\.sizeLimit` must be a size in bytes such as 512000, or a string such as '500kb' .*, got "lots"/)
})
