/**
 * What CacheStore promises, as a test: the stores of this package pass it, and any other can run it.
 *
 *     import { testCacheStore } from 'apiroutes/cache-store-contract'
 *     testCacheStore('my store', async (test) => [createStore(), createStore()])
 */

import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { CachedPage, CacheStore, Claim } from './cache-store.ts'

/** Opens an empty store, as several instances have it; only one for a store that a process has for itself. They are closed by the test. */
export type OpenStores = (test: TestContext) => Promise<readonly [CacheStore, ...CacheStore[]]>

const PAGE: CachedPage = { status: 200, body: '<h1>1</h1>', revalidate: false, made: 1_700_000_000_000 }

/** Keys that something in between might take for something else. */
const KEYS = [
  '/',
  '/a',
  '/a/',
  '/A',
  '/posts/%C3%BC',
  '/{}',
  '/}{',
  '/a b',
  'paths of /[...rest]',
  '/__proto__',
  '/constructor',
  '/..%2F..%2Fetc',
  '/*',
  '/\n',
  `/${'x'.repeat(4000)}`,
]

const PAGES: Readonly<Record<string, CachedPage>> = {
  'a page': PAGE,
  'an empty one': { ...PAGE, body: '' },
  'one with a time': { ...PAGE, revalidate: 60 },
  'not found': { ...PAGE, status: 404, body: 'Not Found', revalidate: 1 },
  'a redirect': { ...PAGE, status: 308, location: '/elsewhere?a=1#b', body: '/elsewhere?a=1#b' },
  'all kinds of characters': { ...PAGE, body: '\0\r\n\u2028"\\ü日本😀</script>' },
  'a large one': { ...PAGE, body: 'ü'.repeat(1_000_000) },
}

/** How often a writer tries to get the claim, a millisecond apart, while three others want it. */
const PATIENCE = 5_000

/** Defines the tests, in a `describe` of this name. */
export function testCacheStore(name: string, open: OpenStores): void {
  /** `a` and `b` are two instances or, where there is only one, the same. */
  function promises(what: string, check: (a: CacheStore, b: CacheStore) => Promise<void>): void {
    it(what, async (test) => {
      const stores = await open(test)
      test.after(() => Promise.all(stores.map((store) => store.close())))
      const [a, b = a] = stores
      await check(a, b)
    })
  }

  describe(name, () => {
    testReading(promises)
    testClaims(promises)
    testNumbers(promises)
    testTogether(promises)
  })
}

type Promises = (what: string, check: (a: CacheStore, b: CacheStore) => Promise<void>) => void

async function claimed(store: CacheStore, key: string): Promise<Claim> {
  const claim = await store.claim(key)
  assert.ok(claim, 'it can be claimed')
  return claim
}

async function put(store: CacheStore, key: string, page: CachedPage) {
  const edition = await (await claimed(store, key)).store(page)
  assert.ok(edition, 'it is stored')
  return edition
}

async function pageOf(store: CacheStore, key: string): Promise<CachedPage | undefined> {
  const found = await store.read(key)
  assert.notEqual(found, 'unchanged', 'nobody has asked whether it has changed')
  return found === 'unchanged' ? undefined : found?.page
}

function testReading(promises: Promises): void {
  promises('what nobody has stored is not there', async (a) => {
    assert.equal(await a.read('/a'), undefined)
    assert.equal(await a.read('/a', 'some version'), undefined)
  })
  for (const [what, page] of Object.entries(PAGES)) {
    promises(`${what} comes back as it was`, async (a, b) => {
      await put(a, '/a', page)
      assert.deepEqual(await pageOf(b, '/a'), page)
    })
  }
  promises('each key has a page of its own', async (a, b) => {
    for (const key of KEYS) await put(a, key, { ...PAGE, body: key })
    for (const key of KEYS) assert.equal((await pageOf(b, key))?.body, key)
  })
  promises('a version that is still current need not be sent again', async (a, b) => {
    const { version } = await put(a, '/a', PAGE)
    const found = await b.read('/a', version)
    assert.ok(found === 'unchanged' || found?.version === version)
    const whole = await b.read('/a')
    assert.ok(whole !== 'unchanged' && whole?.version === version, 'it is the version that `store` said')
  })
  promises('a version that is not current any more is answered with the page', async (a, b) => {
    const { version } = await put(a, '/a', PAGE)
    await put(b, '/a', { ...PAGE, body: '2' })
    const found = await a.read('/a', version)
    assert.ok(found !== 'unchanged' && found?.page.body === '2')
    assert.notEqual(found.version, version)
  })
  promises('no two editions have one version, even of the same page', async (a, b) => {
    const versions = new Set<string>()
    for (let i = 0; i < 20; i++) versions.add((await put(i % 2 ? a : b, '/a', PAGE)).version)
    assert.equal(versions.size, 20)
  })
}

function testClaims(promises: Promises): void {
  promises('one claim at a time', async (a, b) => {
    const claim = await claimed(a, '/a')
    assert.equal(await b.claim('/a'), undefined)
    assert.equal(await a.claim('/a'), undefined)
    await claim.release()
    await (await claimed(b, '/a')).store(PAGE)
    await (await claimed(a, '/a')).release()
  })
  promises('of many who want it at once, one gets it', async (a, b) => {
    const claims = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? a : b).claim('/a')))
    assert.equal(claims.filter((claim) => claim !== undefined).length, 1)
    for (const claim of claims) await claim?.release()
  })
  promises('claims of other pages do not matter', async (a, b) => {
    const claims = [await claimed(a, '/a'), await claimed(b, '/b'), await claimed(a, '/')]
    for (const claim of claims) await claim.release()
  })
  promises('a claim shows what is stored', async (a, b) => {
    const first = await claimed(a, '/a')
    assert.equal(first.current, undefined)
    const edition = await first.store(PAGE)
    const second = await claimed(b, '/a')
    assert.equal(second.current?.version, edition?.version)
    await second.release()
  })
  promises('as long as it is held, the old page is there; released, it stays', async (a, b) => {
    await put(a, '/a', PAGE)
    const claim = await claimed(a, '/a')
    assert.deepEqual(await pageOf(b, '/a'), PAGE)
    await claim.release()
    assert.deepEqual(await pageOf(b, '/a'), PAGE)
  })
}

function testNumbers(promises: Promises): void {
  promises('numbers rise, and make no page', async (a, b) => {
    const numbers = []
    for (let i = 0; i < 6; i++) numbers.push(await (i % 2 ? a : b).ask('/a'))
    for (const [i, number] of numbers.slice(1).entries()) assert.ok(number > (numbers[i] as number), String(numbers))
    assert.equal(await a.read('/a'), undefined)
  })
  promises('an edition covers what was asked before its claim, and nothing that was asked later', async (a, b) => {
    const before = await a.ask('/a')
    const claim = await claimed(b, '/a')
    const later = await a.ask('/a')
    assert.ok(claim.covers >= before && claim.covers < later)
    const edition = await claim.store(PAGE)
    assert.equal(edition?.covers, claim.covers)
    const found = await a.read('/a')
    assert.ok(found !== 'unchanged' && found !== undefined && found.covers >= before && found.covers < later)
    const next = await claimed(a, '/a')
    assert.ok(next.current && next.current.covers < later)
    assert.ok(next.covers >= later)
    await next.release()
  })
}

function testTogether(promises: Promises): void {
  /** Each writer raises the number that stands for the data, then has the page made from it. */
  promises('whoever reads after a page was stored never sees an older one', async (a, b) => {
    let data = 0
    let stored = 0
    let reads = 0
    async function write(store: CacheStore): Promise<void> {
      for (let i = 0; i < 20; i++) {
        const mine = ++data
        for (let tries = 0; ; tries++) {
          assert.ok(tries < PATIENCE, 'the claim is given back')
          const claim = await store.claim('/a')
          if (!claim) {
            await delay(1)
            continue
          }
          const made = data
          await delay(1) // making a page takes its time
          if (await claim.store({ ...PAGE, made })) break
        }
        stored = Math.max(stored, mine)
      }
    }
    let done = false
    async function read(store: CacheStore): Promise<void> {
      while (!done) {
        const least = stored
        const made = (await pageOf(store, '/a'))?.made ?? 0
        assert.ok(made >= least, `${made} was read, after ${least} had been stored`)
        reads++
        await delay(0)
      }
    }
    const reading = Promise.all([read(a), read(b), read(a)])
    try {
      await Promise.all([write(a), write(b), write(a), write(b)])
    } finally {
      done = true
      await reading
    }
    assert.ok(reads > 20)
  })
}
