/** The stores of this package keep the promises of CacheStore, and some of their own. */

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it, type TestContext } from 'node:test'
import fc from 'fast-check'
import { type DatabaseServer, redisOrThrow, startRedis } from '../../../../e2e/support/database-servers.ts'
import type { CachedPage, CacheStore } from './cache-store.ts'
import { testCacheStore } from './cache-store-contract.ts'
import { createFileStore } from './file-store.ts'
import { createMemoryStore } from './memory-store.ts'
import { openStore, type StoreParts } from './open-store.ts'
import { pageFileName, pageFileText, parsePageFile } from './page-file.ts'
import { withPrerendered, writePrerendered } from './prerendered.ts'
import { connectToRedis, script } from './redis-connection.ts'
import { createRedisStore } from './redis-store.ts'

const build = 'build'
const PAGE: CachedPage = { status: 200, body: 'one', revalidate: false, made: 1 }

function temporaryFolder(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'apiroutes-pages-'))
  test.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function put(store: CacheStore, key: string, body: string): Promise<void> {
  assert.ok(await (await store.claim(key))?.store({ ...PAGE, body }))
}

async function bodyOf(store: CacheStore, key: string): Promise<string | undefined> {
  const found = await store.read(key)
  return found === 'unchanged' ? found : found?.page.body
}

/** The store, with a page that the build has made. */
function withBuilt(test: TestContext, store: CacheStore, key: string): CacheStore {
  const place = { folder: temporaryFolder(test), build }
  writePrerendered(place, key, { ...PAGE, body: 'built' })
  return withPrerendered(store, place)
}

testCacheStore('the store in memory', async () => [createMemoryStore(10_000_000)])
testCacheStore('the store in files', async (test) => [createFileStore(temporaryFolder(test), assert.fail)])
testCacheStore('the store in memory, with pages of the build', async (test) => [withBuilt(test, createMemoryStore(10_000_000), '/of the build')])

describe('the store in memory', () => {
  it('drops what nobody has asked for the longest, by bytes', async () => {
    const store = createMemoryStore(10_000)
    for (const key of ['/a', '/b', '/c']) await put(store, key, 'x'.repeat(2500))
    await store.read('/a')
    await put(store, '/d', 'x'.repeat(2500))
    assert.deepEqual(await Promise.all(['/a', '/b', '/c', '/d'].map(async (key) => (await bodyOf(store, key))?.length)), [2500, undefined, 2500, 2500])
  })

  it('does not keep what is larger than all of it', async () => {
    const store = createMemoryStore(1000)
    await put(store, '/a', 'x'.repeat(2000))
    assert.equal(await store.read('/a'), undefined)
  })
})

describe('the store in files', () => {
  it('has its pages again after a restart, covering nothing that is asked now', async (test) => {
    const folder = temporaryFolder(test)
    const first = createFileStore(folder, assert.fail)
    for (let i = 0; i < 3; i++) await first.ask('/a')
    await put(first, '/a', 'kept')
    const second = createFileStore(folder, assert.fail)
    const found = await second.read('/a')
    assert.ok(found !== 'unchanged' && found?.page.body === 'kept')
    assert.ok(found.covers < (await second.ask('/a')))
  })

  it('makes its folder, and leaves nothing but pages in it', async (test) => {
    const folder = join(temporaryFolder(test), 'a/b')
    const store = createFileStore(folder, assert.fail)
    assert.equal(await store.read('/a'), undefined)
    for (let i = 0; i < 5; i++) await put(store, '/a', String(i))
    assert.deepEqual(readdirSync(folder), [pageFileName('/a')])
  })

  it('keeps the old page, and no draft, when the new one cannot be written', async (test) => {
    const folder = temporaryFolder(test)
    const store = createFileStore(folder, assert.fail)
    mkdirSync(join(folder, pageFileName('/a'), 'in the way'), { recursive: true })
    const claim = await store.claim('/b')
    await put(createFileStore(join(folder, 'x'), assert.fail), '/b', 'elsewhere')
    assert.ok(await claim?.store(PAGE))
    await assert.rejects(async () => store.claim('/a'), { code: 'EISDIR' })
    assert.deepEqual(readdirSync(folder).toSorted(), [pageFileName('/a'), pageFileName('/b'), 'x'].toSorted())
  })

  const whole = pageFileText({ key: '/a', page: PAGE })
  function ignores(name: string, text: string): void {
    it(`ignores ${name}, says so once, and replaces it`, async (test) => {
      const folder = temporaryFolder(test)
      const said: string[] = []
      const store = createFileStore(folder, (line) => said.push(line))
      writeFileSync(join(folder, pageFileName('/a')), text)
      assert.deepEqual([await store.read('/a'), await store.read('/a'), await store.read('/a', 'known')], [undefined, undefined, undefined])
      assert.equal(said.length, 1)
      assert.ok(said[0]?.includes(join(folder, pageFileName('/a'))), said[0])
      await put(store, '/a', 'new')
      assert.equal(await bodyOf(store, '/a'), 'new')
    })
  }
  ignores('an empty file', '')
  ignores('a torn one', whole.slice(0, -10))
  ignores('one without its last byte', whole.slice(0, -1))
  ignores('one with more at its end', `${whole}x`)
  ignores('one with another body', whole.replace('one', 'two'))
  ignores('the JSON of another program', '{"key":"/a","page":{"body":"x"}}\n')
  ignores('one of another key', pageFileText({ key: '/b', page: PAGE }))
  ignores('one of another format', whole.replace('page 1', 'page 2'))
  ignores('a first half that another write has been put behind', whole.slice(0, 40) + whole)

  it('reads what it has written, and nothing else', () => {
    const page = fc.record(
      { status: fc.constant(200), body: fc.string({ unit: 'binary' }), revalidate: fc.constant<false>(false), made: fc.nat() },
      { noNullPrototype: true },
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), page, fc.nat(), (key, made, cut) => {
        const text = pageFileText({ key, page: made })
        assert.deepEqual(parsePageFile(text, key), { key, page: made })
        assert.equal(parsePageFile(text.slice(0, cut % text.length), key), undefined)
        assert.equal(parsePageFile(text, `${key}x`), undefined)
      }),
    )
  })
})

describe('pages that the build has made', () => {
  it('are there before anything is made', async (test) => {
    const store = withBuilt(test, createMemoryStore(10_000), '/a')
    const found = await store.read('/a')
    assert.ok(found !== 'unchanged' && found?.page.body === 'built')
    assert.equal(await store.read('/a', found.version), 'unchanged')
    assert.equal((await store.claim('/a'))?.current?.version, found.version)
    assert.equal(await store.read('/b'), undefined)
  })

  it('never come back once they were replaced, not even when the new page was dropped', async (test) => {
    const store = withBuilt(test, createMemoryStore(5000), '/a')
    await put(store, '/a', 'new')
    for (const key of ['/b', '/c', '/d']) await put(store, key, 'x'.repeat(3000))
    assert.equal(await store.read('/a'), undefined)
    assert.equal(await store.read('/a', 'built'), undefined)
    assert.equal((await store.claim('/a'))?.current, undefined)
  })

  it('stay when a claim is released', async (test) => {
    const store = withBuilt(test, createMemoryStore(5000), '/a')
    await (await store.claim('/a'))?.release()
    assert.equal(await bodyOf(store, '/a'), 'built')
  })

  it('are no longer used after a restart when the store has a newer one', async (test) => {
    const folder = temporaryFolder(test)
    const pages = temporaryFolder(test)
    writePrerendered({ folder, build }, '/a', { ...PAGE, body: 'built' })
    await put(withPrerendered(createFileStore(pages, assert.fail), { folder, build }), '/a', 'new')
    assert.equal(await bodyOf(withPrerendered(createFileStore(pages, assert.fail), { folder, build }), '/a'), 'new')
    const [name = ''] = readdirSync(join(folder, 'prerendered'))
    assert.ok(readFileSync(join(folder, 'prerendered', name), 'utf8').includes('built'))
  })

  it('are not those of another build in the same folder', async (test) => {
    const folder = temporaryFolder(test)
    for (const by of ['one', 'two']) writePrerendered({ folder, build: by }, '/a', { ...PAGE, body: by })
    for (const by of ['one', 'two']) assert.equal(await bodyOf(withPrerendered(createMemoryStore(5000), { folder, build: by }), '/a'), by)
    const store = withPrerendered(createMemoryStore(5000), { folder, build: 'one' })
    rmSync(folder, { recursive: true })
    assert.equal(await store.read('/a'), undefined)
  })
})

describe('pages that the build has made are not used, which is said,', () => {
  const env = { maxBytes: 5000, folder: undefined, redisUrl: undefined, trust: 0, token: undefined }
  function says(where: string, store: StoreParts['sources']['store'], redisUrl?: string): void {
    it(`where pages live ${where}`, async (test) => {
      const place = { folder: temporaryFolder(test), build }
      writePrerendered(place, '/a', PAGE)
      const said: string[] = []
      const log = { info: (text: string) => said.push(text), warn: assert.fail }
      const opened = await openStore({ sources: { build, store }, env: { ...env, redisUrl }, log, folder: place.folder })
      assert.deepEqual(said, [`pages live ${where}, so those that the build has made are not used`])
      if (store) assert.equal(await opened.read('/a'), undefined)
    })
  }
  says('in the store of --page-store', async () => ({ default: () => createMemoryStore(5000) }))
  says('in Redis (REDIS_URL)', undefined, 'redis://h')
})

/** What it gives when Redis is there again. */
async function untilReached<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch {
      await new Promise(setImmediate)
    }
  }
}

const redis = await startRedis()
const skip = 'missing' in redis && redis.missing
const { url } = skip ? { url: '' } : (redis as DatabaseServer)

describe('Redis', { skip }, async () => {
  let builds = 0
  const newBuild = () => `build-${++builds}`
  const connection = connectToRedis(url)
  after(async () => {
    connection.close()
    if ('stop' in redis) await redis.stop()
  })
  const run = (text: string, keys: readonly string[] = [], values: readonly string[] = []) => connection.run(script(text), () => keys, values)

  const runId = skip ? '' : /^run_id:(\w+)/m.exec(String(await run(`return redis.call('INFO', 'server')`)))?.[1]

  testCacheStore('the store in Redis', async () => {
    const build = newBuild()
    return [createRedisStore(url, build), createRedisStore(url, build)]
  })

  function opened(test: TestContext): { a: CacheStore; b: CacheStore; claimKey: string; pageKey: string } {
    const build = newBuild()
    const [a, b] = [createRedisStore(url, build), createRedisStore(url, build)]
    test.after(() => Promise.all([a.close(), b.close()]))
    return { a, b, claimKey: `apiroutes:{${build}:/a}:${runId}:claim`, pageKey: `apiroutes:{${build}:/a}:${runId}:page` }
  }

  it('keeps builds apart', async (test) => {
    const { a } = opened(test)
    const { b } = opened(test)
    await put(a, '/a', 'of a')
    assert.equal(await b.read('/a'), undefined)
    await put(b, '/a', 'of b')
    assert.equal(await bodyOf(a, '/a'), 'of a')
  })

  it('does not let a late writer replace a newer page', async (test) => {
    const { a, b, claimKey } = opened(test)
    const late = await a.claim('/a')
    await run(`return redis.call('DEL', KEYS[1])`, [claimKey]) // as when its time was over
    await put(b, '/a', 'newer')
    assert.equal(await late?.store({ ...PAGE, body: 'late' }), undefined)
    assert.equal(await bodyOf(a, '/a'), 'newer')
  })

  it('nor while somebody else has the claim, which stays theirs', async (test) => {
    const { a, b, claimKey } = opened(test)
    const late = await a.claim('/a')
    await run(`return redis.call('DEL', KEYS[1])`, [claimKey])
    const theirs = await b.claim('/a')
    assert.equal(await late?.store({ ...PAGE, body: 'late' }), undefined)
    await late?.release()
    assert.equal(await a.claim('/a'), undefined)
    assert.ok(await theirs?.store(PAGE))
  })

  it('nor after Redis has lost everything', async (test) => {
    const { a, pageKey, claimKey } = opened(test)
    const late = await a.claim('/a')
    await run(`return redis.call('DEL', KEYS[1], KEYS[2])`, [pageKey, claimKey])
    assert.equal(await late?.store(PAGE), undefined)
    assert.equal(await a.read('/a'), undefined)
  })

  it('nor after the page was evicted: its number could be taken for a later one', async (test) => {
    const { a, b, pageKey } = opened(test)
    for (let i = 0; i < 3; i++) await a.ask('/a')
    const early = await a.claim('/a')
    await run(`return redis.call('DEL', KEYS[1])`, [pageKey])
    const number = await b.ask('/a')
    assert.equal(await early?.store(PAGE), undefined)
    const next = await b.claim('/a')
    await next?.release()
    assert.ok(next && !next.current && next.covers >= number, 'who asked gets a page that was made since')
  })

  it('has no page that Redis saved before it was killed: there may have been a newer one', async () => {
    await using own = await redisOrThrow()
    const store = createRedisStore(own.url, 'b')
    await put(store, '/a', 'saved')
    const late = await store.claim('/a')
    assert.equal(await own.command('SAVE'), '+OK\r\n')
    assert.ok(await late?.store({ ...PAGE, body: 'newer' }))
    await own.restart()
    assert.notEqual(await own.command('KEYS *page'), '*0\r\n', 'Redis has it')
    assert.equal(await untilReached(() => store.read('/a')), undefined)
    const claim = await store.claim('/a')
    await claim?.release()
    assert.ok(claim, 'nor the claim')
    await store.close()
  })

  it('needs no right to ask Redis about itself', async () => {
    await using own = await redisOrThrow()
    assert.equal(await own.command('ACL SETUSER limited on >secret ~apiroutes:* +eval +evalsha +@hash +@keyspace +@string'), '+OK\r\n')
    const store = createRedisStore(own.url.replace('//', '//limited:secret@'), 'b')
    await put(store, '/a', 'x')
    assert.equal(await bodyOf(store, '/a'), 'x')
    await store.close()
  })

  it('lets a writer be late when nobody else wanted to write', async (test) => {
    const { a, b, claimKey } = opened(test)
    const late = await a.claim('/a')
    await run(`return redis.call('DEL', KEYS[1])`, [claimKey])
    assert.ok(await late?.store({ ...PAGE, body: 'late' }))
    assert.equal(await bodyOf(b, '/a'), 'late')
  })

  it('leaves nothing of a page that could not be made', async (test) => {
    const { a, pageKey, claimKey } = opened(test)
    await (await a.claim('/a'))?.release()
    assert.equal(await run(`return redis.call('EXISTS', KEYS[1], KEYS[2])`, [pageKey, claimKey]), 0)
  })

  it('lets a claim end by itself, and prolongs it for as long as its holder lives', async (test) => {
    const { a, claimKey } = opened(test)
    const claim = await a.claim('/a')
    const remaining = () => run(`return redis.call('PTTL', KEYS[1])`, [claimKey]).then(Number)
    const first = await remaining()
    assert.ok(first > 0 && first <= 3000, `${first} ms`)
    let before = first
    for (let now = await remaining(); now <= before; now = await remaining()) before = now // until it has been prolonged
    await claim?.release()
    assert.equal(await remaining(), -2)
  })

  it('forgets what nobody has asked for in 30 days, and nothing else', async (test) => {
    const { a, pageKey } = opened(test)
    const days = async () => Number(await run(`return redis.call('PTTL', KEYS[1])`, [pageKey])) / 86_400_000
    await a.ask('/a')
    assert.ok(Math.abs((await days()) - 30) < 0.1)
    await put(a, '/a', 'x')
    assert.ok(Math.abs((await days()) - 30) < 0.1)
    await run(`return redis.call('PEXPIRE', KEYS[1], 86400000 * 14)`, [pageKey])
    await a.read('/a')
    assert.ok(Math.abs((await days()) - 30) < 0.1)
  })

  it('takes one round trip for a read, whether the page has changed or not', async (test) => {
    const { a } = opened(test)
    await put(a, '/a', 'x')
    const found = await a.read('/a')
    assert.ok(found && found !== 'unchanged')
    const calls = async () => Number(/cmdstat_evalsha:calls=(\d+)/.exec(String(await run(`return redis.call('INFO', 'commandstats')`)))?.[1] ?? 0)
    const before = await calls()
    await a.read('/a', found.version)
    await a.read('/a', 'other')
    assert.equal((await calls()) - before, 2)
  })

  it('rejects at once and says why when nobody is there, and never shows the password', async () => {
    const store = createRedisStore('redis://user:pass-word@127.0.0.1:1', 'b')
    const started = performance.now()
    for (const attempt of [() => store.read('/a'), () => store.ask('/a'), () => store.claim('/a')]) {
      await assert.rejects(
        attempt,
        (error: Error) => /^no connection to Redis \(.*ECONNREFUSED/.test(error.message) && !String(error.stack).includes('pass-word'),
      )
    }
    assert.ok(performance.now() - started < 2000)
    await store.close()
    await assert.rejects(store.read('/a'), /the server is ending/)
  })

  it('waits once for one that does not answer, then no more', async (test) => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const store = createRedisStore(`redis://127.0.0.1:${(silent.address() as AddressInfo).port}`, 'b')
    test.after(() => store.close().then(() => silent.close()))
    await assert.rejects(store.read('/a'), /^Error: no connection to Redis/)
    const started = performance.now()
    await assert.rejects(store.read('/a'), /^Error: no connection to Redis/)
    assert.ok(performance.now() - started < 500)
  })

  it('is connected to only when it is asked, and again when it was lost', async (test) => {
    const sockets: Socket[] = []
    const { port, hostname } = new URL(url)
    const between = createServer((socket) => {
      sockets.push(socket)
      const to = connect(Number(port), hostname)
      socket
        .on('error', () => {})
        .pipe(to.on('error', () => {}))
        .pipe(socket)
    }).listen(0, '127.0.0.1')
    await once(between, 'listening')
    const store = createRedisStore(`redis://127.0.0.1:${(between.address() as AddressInfo).port}`, newBuild())
    test.after(() => store.close().then(() => between.close()))
    await new Promise(setImmediate)
    assert.equal(sockets.length, 0)
    await put(store, '/a', 'one')
    assert.equal(sockets.length, 1)
    sockets[0]?.destroy()
    await once(between, 'connection')
    let found: string | undefined
    while (found === undefined) {
      await new Promise(setImmediate)
      found = await bodyOf(store, '/a').catch(() => undefined)
    }
    assert.equal(found, 'one')
  })
})
