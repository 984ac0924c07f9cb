// res.revalidate for pages of another server, by dist/server.js as it is built: e2e/next/revalidate.js asks a real Next.js.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { after, describe, it, type TestContext } from 'node:test'
import { buildOrThrow } from './support/build.ts'
import { freePort } from './support/free-port.ts'
import { runProgram } from './support/run-program.ts'
import { type Server, type ServerOptions, startServer } from './support/server.ts'

const TOKEN = '5ec2e7aaaaaaaaaaaaaaaaaaaaaaaaaa'
const timesOut = { REVALIDATE_TIMEOUT: '0.05' }

const files = {
  'lib/again.ts': `export const again = (res: any, path: any, options: any) => res.revalidate(path, options)\n`,
  'pages/api/again.ts': `import { again } from '../../lib/again'

export default async function handler(req: any, res: any) {
  const { path, options } = req.body
  try {
    await again(res, path, options)
    res.json('ok')
  } catch (error: any) {
    res.json(error.message)
  }
}
`,
  'pages/api/throws.ts': `export default async (req: any, res: any) => {\n  await res.revalidate('/posts/1')\n  res.json('ok')\n}\n`,
}

/** A stand-in for a site; the answer is that of Next.js to a request with the right token. */
const site: RequestListener = ({ method, url, headers }, res) => {
  const isTrusted = headers['x-prerender-revalidate'] === TOKEN
  const onlyGenerated = headers['x-prerender-revalidate-if-generated'] === '1'
  if (url === '/silent') return
  if (url?.startsWith('/api/revalidate')) res.statusCode = url === `/api/revalidate?secret=${TOKEN}&path=%2Fposts%2F1` ? 200 : 401
  else if (url === '/missing' || onlyGenerated) res.statusCode = 404
  else if (url === '/throws') res.statusCode = 500
  else res.setHeader('x-nextjs-cache', method === 'HEAD' && isTrusted ? 'REVALIDATED' : 'HIT')
  res.end()
}

async function startSite(): Promise<{ readonly origin: string; readonly asked: string[] }> {
  const asked: string[] = []
  const server = createServer((req: IncomingMessage, res) => {
    asked.push(`${req.method} ${req.url}`)
    site(req, res)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

async function start(t: TestContext, dist: string, options: ServerOptions): Promise<Server> {
  const server = await startServer(dist, options)
  t.after(() => server.stop())
  return server
}

describe('res.revalidate', async () => {
  const { dist } = await buildOrThrow(files, { flags: ['--minify'] })
  const { origin, asked } = await startSite()
  const dead = `http://127.0.0.1:${await freePort()}`
  const byOrigin = { REVALIDATE_ORIGIN: origin, REVALIDATE_TOKEN: TOKEN }
  const byUrl = { REVALIDATE_URL: `${origin}/api/revalidate?secret=${TOKEN}&path={path}` }

  /** What the handler is told, and which requests the site got; neither that nor the log has the secret. */
  function says(name: string, env: Record<string, string>, body: object, expected: string, ...requests: readonly string[]) {
    it(name, async (t) => {
      asked.length = 0
      const server = await start(t, dist, { env })
      const answer = await server.fetch('/api/again', { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
      const said = String(await answer.json())
      assert.equal(said.replaceAll(origin, 'site').replaceAll(dead, 'dead'), expected)
      assert.deepEqual(asked, requests)
      assert.doesNotMatch(said + server.log.stdout + server.log.stderr, /5ec2e7/)
    })
  }
  const failed = (why: string, urlPath = '/posts/1') => `Failed to revalidate ${urlPath}: ${why}`
  const invalid = (received: unknown) => `Invalid urlPath provided to revalidate(), must be a path e.g. /blog/post-1, received ${received}`
  const post = { path: '/posts/1' }

  says('makes a page new', byOrigin, post, 'ok', 'HEAD /posts/1')
  says('by a URL', byUrl, post, 'ok', `GET /api/revalidate?secret=${TOKEN}&path=%2Fposts%2F1`)
  says('leaves one alone that nobody has asked for', byOrigin, { ...post, options: { unstable_onlyGenerated: true } }, 'ok', 'HEAD /posts/1')
  says('of a page that does not exist', byOrigin, { path: '/missing' }, failed('site answered 404: it has no such page', '/missing'), 'HEAD /missing')
  says(
    'of a page that cannot be made',
    byOrigin,
    { path: '/throws' },
    failed('site answered 500 (2 tries): getStaticProps has thrown, or the site is not well. Its log says more', '/throws'),
    ...['HEAD /throws', 'HEAD /throws'],
  )
  says(
    'of a page that takes too long',
    { ...byOrigin, ...timesOut },
    { path: '/silent' },
    failed('site did not answer (2 tries): nothing came within 0.05 s', '/silent'),
    ...['HEAD /silent', 'HEAD /silent'],
  )
  says(
    'with another token',
    { ...byOrigin, REVALIDATE_TOKEN: '5ec2e7bb' },
    post,
    failed(
      'site answered 200: it did not take REVALIDATE_TOKEN (preview.previewModeId in .next/prerender-manifest.json of the build that runs there), or the page has no getStaticProps',
    ),
    'HEAD /posts/1',
  )
  says(
    'with another secret',
    { REVALIDATE_URL: `${origin}/api/revalidate?secret=5ec2e7bb&path={path}` },
    post,
    failed('site answered 401 to REVALIDATE_URL, where 2xx is a success. The log of that server may say more'),
    'GET /api/revalidate?secret=5ec2e7bb&path=%2Fposts%2F1',
  )
  says(
    'of two sites, one of them dead',
    { ...byOrigin, REVALIDATE_ORIGIN: `${dead},${origin}` },
    post,
    failed('dead did not answer (2 tries): ECONNREFUSED. 1 of 2 sites have made it new'),
    'HEAD /posts/1',
  )
  says(
    'without a site',
    {},
    post,
    failed(
      'no server is known that has it. For a page of a Next.js site elsewhere set REVALIDATE_ORIGIN and REVALIDATE_TOKEN, or REVALIDATE_URL. ' +
        'For a page of this project build with `apiroutes build --pages`.',
    ),
  )
  says('of a relative path', byOrigin, { path: 'posts/1' }, invalid('posts/1'))
  says('of a URL', byOrigin, { path: `${origin}/posts/1` }, invalid('site/posts/1'))
  says('of nothing', byOrigin, {}, invalid(undefined))
  says('of a number', byOrigin, { path: 1 }, invalid(1))

  it('logs a rejection that the handler leaves to the server, without the secret', async (t) => {
    const server = await start(t, dist, { env: { ...byOrigin, REVALIDATE_ORIGIN: dead } })
    assert.equal((await server.fetch('/api/throws')).status, 500)
    await server.waitForLog(/\/api\/throws.*: Error: Failed to revalidate \/posts\/1: http:\/\/127\.0\.0\.1:\d+ did not answer \(2 tries\): ECONNREFUSED/)
    assert.doesNotMatch(server.log.stdout + server.log.stderr, /5ec2e7/)
  })

  function refuses(env: Record<string, string>, ...lines: readonly string[]) {
    it(`does not start with ${Object.keys(env)}`, async () => {
      const { code, stderr } = await runProgram(process.execPath, [path.join(dist, 'server.js')], { env: { PORT: '0', HOST: '127.0.0.1', ...env } })
      assert.deepEqual([code, stderr], [1, lines.map((line) => `apiroutes: ${line}\n`).join('')])
    })
  }
  refuses(
    { REVALIDATE_ORIGIN: origin },
    'REVALIDATE_ORIGIN needs REVALIDATE_TOKEN: preview.previewModeId in .next/prerender-manifest.json of the build that runs there',
  )
  refuses({ ...byOrigin, ...byUrl }, 'REVALIDATE_ORIGIN and REVALIDATE_URL exclude each other: unset one of them')
  refuses(
    { REVALIDATE_URL: `https://site/?secret=${TOKEN}` },
    'REVALIDATE_URL must be an http:// or https:// URL with {path} after its host, without user name, and #. Example: REVALIDATE_URL=https://example.com/api/revalidate?secret=s&path={path}',
  )

  it('is in --help', async () => {
    const { stdout } = await runProgram(process.execPath, [path.join(dist, 'server.js'), '--help'])
    for (const name of ['ORIGIN', 'TOKEN', 'URL', 'TIMEOUT']) assert.match(stdout, new RegExp(`^REVALIDATE_${name}=`, 'm'))
  })

  it('and not in that of an app that never calls it, which takes no notice of its variables', async (t) => {
    const other = await buildOrThrow({ 'pages/api/hello.ts': `export default (req: any, res: any) => res.send('ok')\n` })
    const { stdout } = await runProgram(process.execPath, [path.join(other.dist, 'server.js'), '--help'])
    assert.doesNotMatch(stdout, /REVALIDATE/)
    const server = await start(t, other.dist, { env: { REVALIDATE_ORIGIN: origin } })
    assert.equal(await (await server.fetch('/api/hello')).text(), 'ok')
  })
})

it('the routes of docs/revalidate.md run as shown, one of them in place of a site', async (t) => {
  const page = readFileSync(path.join(import.meta.dirname, '../docs/revalidate.md'), 'utf8')
  const block = (file: string) =>
    page
      .split('```')
      .find((text) => text.startsWith(`ts\n// ${file}`))
      ?.slice('ts'.length) ?? ''
  const { dist } = await buildOrThrow({
    'lib/posts.ts': `export const posts = { update: async (id: unknown, body: unknown) => console.log('updated', id, body) }\n`,
    'pages/api/posts/[id].ts': block('pages/api/posts/[id].ts'),
    'pages/api/revalidate.ts': block('pages/api/revalidate.ts'),
  })
  const { origin, asked } = await startSite()
  const theirs = await start(t, dist, { env: { REVALIDATE_SECRET: 's', REVALIDATE_ORIGIN: origin, REVALIDATE_TOKEN: TOKEN } })
  const REVALIDATE_URL = `http://127.0.0.1:${theirs.port}/api/revalidate?secret=s&path={path}`
  const ours = await start(t, dist, { env: { REVALIDATE_URL } })
  const answer = await ours.fetch('/api/posts/1', { method: 'POST', body: 'new' })
  assert.deepEqual(await answer.json(), { revalidated: true })
  assert.match(ours.log.stdout, /updated 1 new/)
  assert.deepEqual(asked, ['HEAD /posts/1'])
  assert.equal((await theirs.fetch('/api/revalidate?secret=wrong&path=/posts/1')).status, 401)
})
