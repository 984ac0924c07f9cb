// res.revalidate of dist/server.js, asked of the real Next.js: two instances of one site, as `next start` runs them.
// Prints each check; exits 0 when all hold. Takes a minute, and needs the npm registry. Part of `npm run test:next`.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { cpSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { after, describe, it, type TestContext } from 'node:test'
import { buildOrThrow } from '../support/build.ts'
import { freePort } from '../support/free-port.ts'
import { startServer } from '../support/server.ts'
import { writeFiles } from '../support/temporary.ts'
import { buildNext, cache, install, type NextSite, startNext } from './next-project.ts'

const SECRET = '5ec2e7-of-the-site'

/** Each page shows what the server of numbers says of it when it is made. */
const pages = {
  'pages/number.js': `import { numberOf } from '../lib/numbers'
export const getStaticProps = async () => ({ props: { number: await numberOf('number') }, revalidate: false })
export default ({ number }) => <p>number {number}!</p>
`,
  'pages/posts/[id].js': `import { numberOf } from '../../lib/numbers'
export const getStaticPaths = () => ({ paths: [], fallback: 'blocking' })
export async function getStaticProps({ params: { id } }) {
  const number = await numberOf(id)
  if (id === 'gone') return { notFound: true }
  if (id === 'moved') return { redirect: { destination: '/number', permanent: false } }
  return { props: { id, number } }
}
export default ({ id, number }) => <p>post {id}, number {number}!</p>
`,
  'pages/plain.js': 'export default () => <p>plain</p>\n',
  'pages/api/revalidate.js': `export default async function handler(req, res) {
  if (req.query.secret !== process.env.REVALIDATE_SECRET) return res.status(401).json({ got: req.query.secret })
  await res.revalidate(req.query.path)
  res.json({ revalidated: true })
}
`,
  'lib/numbers.js': `export async function numberOf(id) {
  const response = await fetch(process.env.NUMBERS + '/' + id)
  if (!response.ok) throw new Error('no number')
  return response.text()
}
`,
}

const route = {
  'pages/api/again.ts': `export default async function handler(req: any, res: any) {
  try {
    await res.revalidate(req.query.path, { unstable_onlyGenerated: Boolean(req.query.onlyGenerated) })
    res.send('ok')
  } catch (error: any) {
    res.send(error.message)
  }
}
`,
}

/** Next.js keeps the answers of `fetch` too: nothing of an earlier run may be left. */
async function buildSite(env: Record<string, string>): Promise<string> {
  const built = path.join(cache, 'site')
  for (const folder of ['pages', 'lib', '.next']) rmSync(path.join(built, folder), { recursive: true, force: true })
  await install(built)
  writeFiles(built, pages)
  await buildNext(built, env)
  return built
}

/** The same build at another place, as each instance writes new pages into its folder. */
function copyOf(built: string, name: string): string {
  const copy = path.join(cache, name)
  rmSync(copy, { recursive: true, force: true })
  cpSync(built, copy, { recursive: true, filter: (source) => path.basename(source) !== 'node_modules' })
  symlinkSync(path.join(built, 'node_modules'), path.join(copy, 'node_modules'))
  return copy
}

async function startNumbers() {
  const state = { number: 1, isBroken: false, asked: [] as string[] }
  const server = createServer((req, res) => {
    state.asked.push(req.url ?? '')
    res.statusCode = state.isBroken ? 500 : 200
    res.end(String(state.number))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { state, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

describe('res.revalidate and Next.js', async () => {
  const { state, origin: numbers } = await startNumbers()
  const env = { NUMBERS: numbers, REVALIDATE_SECRET: SECRET }
  const built = await buildSite(env)
  const { dist } = await buildOrThrow(route)
  const { previewModeId } = JSON.parse(readFileSync(path.join(built, '.next/prerender-manifest.json'), 'utf8')).preview
  const sites = await Promise.all(['site-one', 'site-two'].map((name) => startNext(copyOf(built, name), env)))
  const [one, two] = sites as [NextSite, NextSite]
  after(() => Promise.all(sites.map((site) => site.stop())))
  const dead = `http://127.0.0.1:${await freePort()}`
  const both = { REVALIDATE_ORIGIN: `${one.origin},${two.origin}`, REVALIDATE_TOKEN: previewModeId }

  /** Calls res.revalidate in a server of ours with this environment. */
  async function revalidate(t: TestContext, env: Record<string, string>, target: string): Promise<string> {
    const server = await startServer(dist, { env })
    t.after(() => server.stop())
    const said = await (await server.fetch(`/api/again?path=${target}`)).text()
    const secrets = new RegExp([previewModeId, SECRET].join('|'))
    assert.doesNotMatch(said + server.log.stdout + server.log.stderr, secrets)
    return said.replaceAll(one.origin, 'one').replaceAll(two.origin, 'two').replaceAll(dead, 'dead')
  }
  const textOf = async (site: NextSite, urlPath: string) =>
    /<p>.*?<\/p>/.exec(await (await fetch(site.origin + urlPath)).text())?.[0].replace(/<!-- -->|<\/?p>/g, '')
  const texts = (urlPath: string) => Promise.all([textOf(one, urlPath), textOf(two, urlPath)])

  it('a page is new on both sites once it has resolved', async (t) => {
    assert.deepEqual(await texts('/number'), ['number 1!', 'number 1!'])
    state.number = 2
    assert.deepEqual(await texts('/number'), ['number 1!', 'number 1!'])
    assert.equal(await revalidate(t, both, '/number'), 'ok')
    assert.deepEqual(await texts('/number'), ['number 2!', 'number 2!'])
  })

  it('so is one of a dynamic route, be it there already or not', async (t) => {
    assert.equal(await textOf(one, '/posts/1'), 'post 1, number 2!')
    state.number = 3
    assert.equal(await revalidate(t, both, '/posts/1'), 'ok')
    assert.deepEqual(await texts('/posts/1'), ['post 1, number 3!', 'post 1, number 3!'])
  })

  for (const [id, status] of [
    ['gone', 404],
    ['moved', 307],
  ] as const) {
    it(`a page that answers ${status} is a success`, async (t) => {
      assert.equal(await revalidate(t, both, `/posts/${id}`), 'ok')
      assert.equal((await fetch(`${one.origin}/posts/${id}`, { redirect: 'manual' })).status, status)
    })
  }

  const notTaken =
    'it did not take REVALIDATE_TOKEN (preview.previewModeId in .next/prerender-manifest.json of the build that runs there), or the page has no getStaticProps'

  it('with a wrong token it rejects, and the page is as it was', async (t) => {
    state.number = 4
    const wrong = { REVALIDATE_ORIGIN: one.origin, REVALIDATE_TOKEN: '0'.repeat(32) }
    assert.equal(await revalidate(t, wrong, '/number'), `Failed to revalidate /number: one answered 200: ${notTaken}`)
    assert.equal(await textOf(one, '/number'), 'number 2!')
  })

  it('of a page without getStaticProps it rejects', async (t) => {
    assert.equal(await revalidate(t, { ...both, REVALIDATE_ORIGIN: one.origin }, '/plain'), `Failed to revalidate /plain: one answered 200: ${notTaken}`)
  })

  it('of a page that does not exist it rejects', async (t) => {
    assert.equal(
      await revalidate(t, { ...both, REVALIDATE_ORIGIN: one.origin }, '/nowhere'),
      'Failed to revalidate /nowhere: one answered 404: it has no such page',
    )
  })

  it('only generated: resolves for a page that nobody has asked for, and makes none', async (t) => {
    state.asked = []
    assert.equal(await revalidate(t, both, '/posts/new&onlyGenerated=1'), 'ok')
    assert.deepEqual(state.asked, [])
  })

  it('only generated: a page that is there is new', async (t) => {
    state.number = 5
    assert.equal(await revalidate(t, both, '/posts/1&onlyGenerated=1'), 'ok')
    assert.deepEqual(await texts('/posts/1'), ['post 1, number 5!', 'post 1, number 5!'])
  })

  it('when getStaticProps throws it rejects after two tries, and the page is as it was', async (t) => {
    state.isBroken = true
    state.asked = []
    const thrown = 'one answered 500 (2 tries): getStaticProps has thrown, or the site is not well. Its log says more'
    assert.equal(await revalidate(t, { ...both, REVALIDATE_ORIGIN: one.origin }, '/posts/1'), `Failed to revalidate /posts/1: ${thrown}`)
    assert.deepEqual(state.asked, ['/1', '/1'])
    assert.equal(await textOf(one, '/posts/1'), 'post 1, number 5!')
    state.isBroken = false
  })

  it('of two sites, one of them dead, it names that one, and the other one has the new page', async (t) => {
    state.number = 6
    const said = await revalidate(t, { ...both, REVALIDATE_ORIGIN: `${dead},${two.origin}` }, '/number')
    assert.equal(said, 'Failed to revalidate /number: dead did not answer (2 tries): ECONNREFUSED. 1 of 2 sites have made it new')
    assert.deepEqual(await texts('/number'), ['number 2!', 'number 6!'])
  })

  const byUrl = (secret: string) => ({ REVALIDATE_URL: `${one.origin}/api/revalidate?secret=${secret}&path={path}` })

  it('by REVALIDATE_URL a page is new', async (t) => {
    state.number = 7
    assert.equal(await revalidate(t, byUrl(SECRET), '/number'), 'ok')
    assert.deepEqual(await texts('/number'), ['number 7!', 'number 6!'])
  })

  it('by REVALIDATE_URL with a wrong secret it rejects', async (t) => {
    const said = await revalidate(t, byUrl('wrong'), '/number')
    assert.equal(said, 'Failed to revalidate /number: one answered 401 to REVALIDATE_URL, where 2xx is a success. The log of that server may say more')
  })
})
