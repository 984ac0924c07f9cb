// Static pages of many instances that share a Redis: once `res.revalidate` has resolved on one, no other serves the old page, whatever happens to them.
import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { buildOrThrow } from './support/build.ts'
import { findRedis, redisOrThrow } from './support/database-servers.ts'
import { findNginx } from './support/nginx.ts'
import { type NumberServer, startNumberServer } from './support/number-server.ts'
import { type Cluster, startCluster } from './support/page-cluster.ts'
import { impossibleReads, overlaps, promising, type StaleRead, staleReads } from './support/page-history.ts'
import { type Load, startLoad } from './support/page-load.ts'
import { type Server, startServer } from './support/server.ts'
import { startTcpProxy } from './support/tcp-proxy.ts'
import { temporaryFolder } from './support/temporary.ts'

/** @param time what a page of it returns as `revalidate`. */
const page = (time: string) => `
  import { ask, pause } from '../../lib/data'
  export const getStaticPaths = () => ({ paths: [], fallback: 'blocking' })
  export async function getStaticProps({ params: { id } }) {
    const { number, making } = await ask('/begin?id=' + id + '&pid=' + process.pid)
    await pause(5 + Math.random() * 30)
    await ask('/end?making=' + making)
    return { props: { number }, revalidate: ${time} }
  }
  export default ({ number }) => '<p>number ' + number + '</p>'`

const app = {
  'package.json': '{ "type": "module" }',
  'lib/data.js': `
    export const ask = async (path) => (await fetch(process.env.DATA_URL + path)).json()
    export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))`,
  'pages/page/[id].js': page('false'),
  'pages/timed/[id].js': page('4'),
  'pages/api/bump.js': `
    import { ask } from '../../lib/data'
    export default async function handler(req, res) {
      const { id } = req.query
      const { number } = await ask('/raise?id=' + id)
      try {
        await res.revalidate('/page/' + id)
        res.json({ number })
      } catch (error) {
        res.status(500).send(error.message)
      }
    }`,
}

const [nginx, redisProgram] = [findNginx(), findRedis()]
const skip = (typeof nginx === 'object' && nginx.missing) || (typeof redisProgram === 'object' && redisProgram.missing)
const { dist } = skip ? { dist: '' } : await buildOrThrow(app, { flags: ['--pages'] })

/** What fails while instances die and Redis is lost: what nginx says of an instance that is gone or stopped, and what an instance says of Redis. */
const EXPECTED = /: (50[24] |socket hang up|read ECONNRESET|500 Failed to revalidate \/page\/#: the page cache cannot be reached: .+)$/

describe('four instances behind nginx, with one Redis', { skip }, () => {
  const start = (env: Readonly<Record<string, string>> = {}, changed = dist) => startCluster({ program: String(nginx), dist: changed, env })

  it('serve no page that is older than a revalidation that has resolved, though they die and Redis is lost', async (test) => {
    await using cluster = await start()
    await using load = startLoad(cluster)
    for (const disturb of [
      ...[cluster.killMaker, cluster.restartRedis, cluster.stopMaker, cluster.killMaker, cluster.restartRedis],
      ...[cluster.stopRedis, cluster.saveRedis, cluster.killAny, cluster.restartRedis, cluster.killMaker, cluster.restartRedis],
    ]) {
      await load.answers(500)
      await disturb()
    }
    await load.stopAfter({ reads: 15_000, bumps: 3_000 })
    test.diagnostic(summary(load, cluster))

    const { history, failures } = load
    const made = cluster.data.generations(cluster.deaths)
    assert.deepEqual(staleReads(history).map(inWords), [])
    assert.deepEqual(impossibleReads(history), [])
    assert.deepEqual(overlaps(made, cluster.disturbances), [], 'one at a time makes a page')
    assert.ok(made.length < history.bumps.length / 2, `${made.length} pages were made for ${history.bumps.length} revalidations`)
    const current = promising(history.reads)
    assert.ok(current.filter(({ state }) => state === 'HIT').length > 0.9 * current.length, 'most pages come from the cache')
    assert.deepEqual(
      [...failures.keys()].filter((why) => !EXPECTED.test(why)),
      [],
    )
    assert.ok(failures.size > 0, 'the disturbances disturb')
  })

  it('serve pages that are as much older as PAGE_CACHE_LOCAL allows, and no more', async (test) => {
    await using cluster = await start({ PAGE_CACHE_LOCAL: '1s' })
    await using load = startLoad(cluster)
    await load.stopAfter({ reads: 5000, bumps: 800 })
    test.diagnostic(summary(load, cluster))
    assert.deepEqual(staleReads(load.history, { allowance: 1000 }).map(inWords), [])
    assert.notEqual(staleReads(load.history).length, 0, 'it is used')
  })

  describe('fail this test', () => {
    async function fails(cluster: Cluster, test: TestContext): Promise<void> {
      await using load = startLoad(cluster)
      await load.stopAfter({ reads: 1500, bumps: 250 })
      test.diagnostic(summary(load, cluster))
      assert.deepEqual(impossibleReads(load.history), [])
      assert.ok(staleReads(load.history).length > 10, 'pages that are too old')
    }

    it('when they do not ask Redis for five seconds', async (test) => {
      await using cluster = await start({ PAGE_CACHE_LOCAL: '5s' })
      await fails(cluster, test)
    })

    it('when Redis does not compare versions', async (test) => {
      await using cluster = await start({}, changedServer('if version == ARGV[1] then return 1 end', `if ARGV[1] ~= '' then return 1 end`))
      await fails(cluster, test)
    })
  })
})

describe('an instance that is cut off from Redis', { skip }, () => {
  for (const way of ['cut', 'hang'] as const) {
    it(`serves what it has, and says so: ${way === 'cut' ? 'connections are refused' : 'nothing comes back'}`, async () => {
      await using redis = await redisOrThrow({ password: 'secret-word' })
      await using proxy = await startTcpProxy(redis.port)
      await using data = await startNumberServer()
      await using others = await serve(data, redis.url)
      await using server = await serve(data, redis.url.replace(String(redis.port), String(proxy.port)))
      await expect(server, 'a', { number: 0, state: 'MISS' })
      await expect(server, 'a', { number: 0, state: 'HIT' })

      await proxy[way]()
      assert.equal(await bump(others, 'a'), '200 {"number":1}')
      await expect(others, 'a', { number: 1, state: 'HIT' })
      const firstTime = await expect(server, 'a', { number: 0, state: 'STALE' })
      assert.ok(firstTime < 3000, `${firstTime} ms`)
      for (const id of ['a', 'not-there-before', 'not-there-before', 'a']) {
        const time = await expect(server, id, { number: 0, state: 'STALE' })
        assert.ok(time < 1000, `${id} took ${time} ms`)
      }
      assert.match(await bump(server, 'a'), /^500 Failed to revalidate \/page\/a: the page cache cannot be reached: (?!.*secret-word)/)
      await expect(others, 'a', { number: 1, state: 'HIT' })

      await proxy.restore()
      await untilCurrent(server, 'a')
      await expect(server, 'a', { number: 1, state: 'HIT' })
      assert.equal(await bump(server, 'a'), '200 {"number":3}')
      await expect(others, 'a', { number: 3, state: 'HIT' })
      const log = server.log.stdout + server.log.stderr
      for (const said of ['the page cache cannot be reached: ', 'the page cache can be reached again']) assert.equal(log.split(said).length, 2, log)
      assert.ok(!log.includes('secret-word'), log)
    })
  }
})

describe('a page with a time', { skip }, () => {
  it('is made once for all instances when it is over, and nobody waits for it', async () => {
    await using redis = await redisOrThrow()
    await using data = await startNumberServer()
    await using servers = await serveAll(data, [redis.url, redis.url, redis.url, redis.url])
    const readAll = () => Promise.all(servers.list.map((server) => read(server, '/timed/a')))
    await readAll()
    const begin = data.generations()[0]?.begin ?? 0
    data.raise('a')
    const release = data.hold('a')
    await delay(begin + 4100 - performance.now())
    assert.deepEqual((await readAll()).map(shown), Array(4).fill('0 STALE'))
    while (data.generations().length < 2) await readAll()
    release()
    for (const server of servers.list) await untilCurrent(server, 'a', '/timed/')
    assert.deepEqual((await readAll()).map(shown), Array(4).fill('1 HIT'))
    assert.equal(data.generations().length, 2)
  })
})

describe('two builds with one Redis', { skip }, () => {
  it('have nothing to do with each other, though they differ by one byte', async () => {
    const other = await buildOrThrow({ ...app, 'pages/page/[id].js': app['pages/page/[id].js'].replace('<p>number', '<b>number') }, { flags: ['--pages'] })
    await using redis = await redisOrThrow()
    await using data = await startNumberServer()
    await using old = await serve(data, redis.url)
    await using next = await serve(data, redis.url, other.dist)
    await expect(old, 'a', { number: 0, state: 'MISS' })
    await expect(next, 'a', { number: 0, state: 'MISS' })
    assert.equal(await bump(next, 'a'), '200 {"number":1}')
    await expect(old, 'a', { number: 0, state: 'HIT' })
    await expect(next, 'a', { number: 1, state: 'HIT' })
    assert.match((await read(old, '/page/a')).text, /<p>number 0/)
    assert.match((await read(next, '/page/a')).text, /<b>number 1/)
  })
})

function summary({ history: { reads, bumps }, failures }: Load, { data, deaths, disturbances }: Cluster): string {
  const made = data.generations(deaths)
  const states = ['HIT', 'MISS', 'STALE'].map((state) => `${reads.filter((item) => item.state === state).length} ${state}`)
  const failed = [...failures.values()].reduce((sum, count) => sum + count, 0)
  return `${reads.length} reads (${states.join(', ')}), ${bumps.length} revalidations, ${failed} failed, ${made.length} pages made, ${overlaps(made, []).length} overlaps (${overlaps(made, disturbances).length} without a reason), ${staleReads({ reads, bumps }).length} too old`
}

function inWords({ read, bump }: StaleRead): string {
  const of = ({ start, end, number, instance }: StaleRead['read'] | StaleRead['bump']) => `${number} of ${instance} from ${start} to ${end}`
  return `${read.id}: ${of(read)} (${read.state}), after ${of(bump)}`
}

/** A copy of the build in which this text is another. */
function changedServer(text: string, other: string): string {
  const folder = path.join(temporaryFolder(), 'dist')
  cpSync(dist, folder, { recursive: true })
  const file = path.join(folder, 'server.js')
  const code = readFileSync(file, 'utf8')
  assert.equal(code.split(text).length, 2, `server.js has it once: ${text}`)
  writeFileSync(file, code.replace(text, other))
  return folder
}

type Instance = Server & AsyncDisposable

async function serve(data: NumberServer, url: string, folder = dist): Promise<Instance> {
  const server = await startServer(folder, { env: { REDIS_URL: url, DATA_URL: data.url, SHUTDOWN_DELAY: '0' } })
  return { ...server, [Symbol.asyncDispose]: async () => void (await server.stop()) }
}

async function serveAll(data: NumberServer, urls: readonly string[]): Promise<{ readonly list: Instance[] } & AsyncDisposable> {
  const list = await Promise.all(urls.map((url) => serve(data, url)))
  return { list, [Symbol.asyncDispose]: async () => void (await Promise.all(list.map((server) => server.stop()))) }
}

interface Seen {
  readonly text: string
  readonly number: number
  readonly state: string
}

const shown = ({ number, state }: Seen) => `${number} ${state}`

async function read(server: Server, target: string): Promise<Seen> {
  const response = await server.fetch(target, { signal: AbortSignal.timeout(30_000) })
  const text = await response.text()
  assert.equal(response.status, 200, text)
  return { text, number: Number(/number (\d+)/.exec(text)?.[1]), state: String(response.headers.get('x-apiroutes-cache')) }
}

/** @returns how long it took, in milliseconds. */
async function expect(server: Server, id: string, { number, state }: Omit<Seen, 'text'>): Promise<number> {
  const start = performance.now()
  assert.equal(shown(await read(server, `/page/${id}`)), `${number} ${state}`, id)
  return performance.now() - start
}

/** Asks until the answer is not STALE. */
async function untilCurrent(server: Server, id: string, folder = '/page/'): Promise<void> {
  while ((await read(server, folder + id)).state === 'STALE') await delay(20)
}

async function bump(server: Server, id: string): Promise<string> {
  const response = await server.fetch(`/api/bump?id=${id}`, { signal: AbortSignal.timeout(30_000) })
  return `${response.status} ${await response.text()}`
}
