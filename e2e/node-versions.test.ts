// The built server on every Node.js that is supported. The binaries come from npm, into e2e/.cache.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { buildOrThrow } from './support/build.ts'
import { runProgram } from './support/run-program.ts'
import { startServer } from './support/server.ts'

/** 20.19.0 is the oldest that is supported. */
const VERSIONS = ['20.19.0', '22', '24', '26']

const files = {
  'lib/ready.ts': `await new Promise((resolve) => setImmediate(resolve))\nexport const ready = true\n`,
  'pages/api/echo/[...path].ts': `import { ready } from '../../../lib/ready'\nexport const config = { api: { bodyParser: { sizeLimit: '1kb' } } }\nexport default (req: any, res: any) => res.json({ ready, query: req.query, body: req.body, cookies: req.cookies })\n`,
  'pages/api/common.js': `module.exports = (req, res) => res.status(201).send(require('node:path').basename(__filename))\n`,
  'pages/api/fails.ts': `export default () => {\n  throw new Error('on purpose')\n}\n`,
  'pages/api/costs.ts': `let last = {}
export default (req: any, res: any) => {
  const before = last
  const counts = { writes: 0, ends: 0 }
  last = counts
  const { write } = req.socket
  req.socket.write = (...rest: any[]) => {
    counts.writes++
    return write.apply(req.socket, rest)
  }
  res.on('finish', () => {
    req.socket.write = write
  })
  const { emit } = req
  req.emit = (name: string, ...rest: any[]) => {
    if (name === 'end') counts.ends++
    return emit.call(req, name, ...rest)
  }
  res.json(before)
}\n`,
  'pages/api/draft.ts': `export default (req: any, res: any) => res.setDraftMode({ enable: true }).redirect('/api/common')\n`,
}

/** The path of a Node.js binary of that version, or why there is none. */
async function installNode(version: string): Promise<{ node: string } | { missing: string }> {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const folder = path.join(import.meta.dirname, '.cache', `node-${version}`)
  const node = path.join(folder, 'node_modules', name, 'bin', 'node')
  if (existsSync(node)) return { node }
  const certificates = process.env['NODE_EXTRA_CA_CERTS'] // of the registry, where it is not the public one
  const env = { ...(certificates && { NODE_EXTRA_CA_CERTS: certificates }) }
  const { code, stderr } = await runProgram('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--no-package-lock', `${name}@${version}`], {
    env,
  })
  return code === 0 && existsSync(node) ? { node } : { missing: `npm cannot install ${name}@${version}: ${stderr.trim().split('\n').slice(-3).join(' ')}` }
}

const site = {
  'pages/index.ts': `let made = 0\nexport const getStaticProps = () => ({ props: { made: ++made } })\nexport default ({ made }: any) => String(made)\n`,
  'pages/api/again.ts': `export default async (req: any, res: any) => res.json((await res.revalidate('/')) ?? 'done')\n`,
}

describe('the built server', async () => {
  const { dist } = await buildOrThrow(files)
  const { dist: withPages } = await buildOrThrow(site, { flags: ['--pages'] })
  for (const version of VERSIONS) {
    it(`works on Node.js ${version}`, async (t) => {
      const installed = await installNode(version)
      if ('missing' in installed) return t.skip(installed.missing)
      const server = await startServer(dist, installed)
      t.after(() => server.stop())

      const echo = await server.fetch('/api/echo/a/b%20c?x=1', {
        method: 'POST',
        body: '{"n":1}',
        headers: { 'content-type': 'application/json', cookie: 'k=v' },
      })
      assert.equal(await echo.text(), '{"ready":true,"query":{"x":"1","path":["a","b c"]},"body":{"n":1},"cookies":{"k":"v"}}')
      assert.equal((await server.fetch('/api/echo/a', { method: 'POST', body: 'x'.repeat(1025) })).status, 413)
      assert.equal(await (await server.fetch('/api/common')).text(), 'common.js')
      await server.fetch('/api/costs')
      assert.equal(await (await server.fetch('/api/costs')).text(), '{"writes":1,"ends":0}', 'an answer is one write, and its request is not read')
      assert.match((await server.fetch('/api/draft', { redirect: 'manual' })).headers.get('set-cookie') ?? '', /^__prerender_bypass=[0-9a-f]{32}; /)
      assert.equal((await server.fetch('/api/fails')).status, 500)
      await server.waitForLog(/GET \/api\/fails: Error: on purpose\n {4}at .*pages\/api\/fails\.ts:2:9/)
      assert.equal(await server.stop(), 0)
      assert.doesNotMatch(server.log.stderr, /Warning/)
    })

    it(`serves and revalidates pages on Node.js ${version}`, async (t) => {
      const installed = await installNode(version)
      if ('missing' in installed) return t.skip(installed.missing)
      const server = await startServer(withPages, installed)
      t.after(() => server.stop())
      const read = async () => {
        const response = await server.fetch('/')
        return `${response.headers.get('x-apiroutes-cache')} ${/<body>(.*)<\/body>/.exec(await response.text())?.[1]}`
      }
      assert.deepEqual([await read(), await read()], ['MISS 1', 'HIT 1'])
      assert.equal(await (await server.fetch('/api/again')).text(), '"done"')
      assert.equal(await read(), 'HIT 2')
      assert.equal(server.log.stderr, '')
    })
  }
})
