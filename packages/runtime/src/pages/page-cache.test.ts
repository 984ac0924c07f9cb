import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import type { CachedPage, CacheStore, Claim } from './cache-store.ts'
import { createMemoryStore } from './memory-store.ts'
import { createPageCache, type PageCache, type Reason, type Recipe } from './page-cache.ts'
import { gate } from './testing-site.ts'

interface Parts {
  readonly store?: CacheStore
  readonly trust?: number
}

interface Tested {
  readonly cache: PageCache<string>
  readonly failed: string[]
  readonly reached: boolean[]
}

function createCache(test: TestContext, { store = createMemoryStore(1_000_000), trust = 0 }: Parts = {}): Tested {
  const failed: string[] = []
  const reached: boolean[] = []
  const cache = createPageCache({
    store,
    trust,
    maxBytes: 1_000_000,
    copyOf: ({ body }) => body,
    failed: (key, error) => failed.push(`${key}: ${(error as Error).message}`),
    unreachable: (_operation, error) => reached.push(error === undefined),
  })
  test.after(() => cache.idle())
  return { cache, failed, reached }
}

/** Makes 1, 2, 3, …; an Error in `results` is thrown instead. */
function counter({
  key = '/a',
  revalidate = false,
  results = {},
}: {
  key?: string
  revalidate?: number | false
  results?: Record<number, Error | Promise<unknown>>
} = {}) {
  const reasons: Reason[] = []
  const recipe: Recipe = {
    key,
    async make(reason) {
      reasons.push(reason)
      const number = reasons.length
      const result = results[number]
      const made = Date.now()
      if (result instanceof Error) throw result
      await result
      return { status: 200, body: String(number), revalidate, made }
    },
  }
  return { recipe, reasons }
}

const say = ({ copy, state }: { copy: string; state: string }) => `${state} ${copy}`

describe('a page', () => {
  it('is made at the first read, and kept', async (test) => {
    const { cache } = createCache(test)
    const { recipe, reasons } = counter()
    assert.deepEqual([say(await cache.get(recipe)), say(await cache.get(recipe))], ['MISS 1', 'HIT 1'])
    assert.deepEqual(reasons, ['stale'])
  })

  it('is made once for all who wait for it', async (test) => {
    const { cache } = createCache(test)
    const { recipe, reasons } = counter()
    const found = await Promise.all(Array.from({ length: 100 }, () => cache.get(recipe)))
    assert.ok(found.every(({ copy }) => copy === '1'))
    assert.equal(reasons.length, 1)
  })

  it('that cannot be made is an error each time, until it can', async (test) => {
    const { cache, failed } = createCache(test)
    const { recipe } = counter({ results: { 1: new Error('first'), 2: new Error('second') } })
    await assert.rejects(cache.get(recipe), /^Error: first$/)
    await assert.rejects(cache.get(recipe), /^Error: second$/)
    assert.equal(say(await cache.get(recipe)), 'MISS 3')
    assert.deepEqual(failed, [])
  })

  it('is there after it was made, not before', async (test) => {
    const { cache } = createCache(test)
    assert.equal(await cache.has('/a'), false)
    await cache.get(counter().recipe)
    assert.deepEqual([await cache.has('/a'), await cache.has('/b')], [true, false])
  })
})

describe('a page whose time is over', () => {
  it('is served as it is, made anew once in the background, then served anew', async (test) => {
    const { cache } = createCache(test)
    const made = gate()
    const { recipe, reasons } = counter({ revalidate: 10, results: { 2: made.opened } })
    test.mock.timers.enable({ apis: ['Date'] })
    assert.equal(say(await cache.get(recipe)), 'MISS 1')
    test.mock.timers.tick(9_999)
    assert.equal(say(await cache.get(recipe)), 'HIT 1')
    test.mock.timers.tick(1)
    for (let i = 0; i < 5; i++) assert.equal(say(await cache.get(recipe)), 'STALE 1')
    made.open()
    await cache.idle()
    assert.equal(say(await cache.get(recipe)), 'HIT 2')
    assert.deepEqual(reasons, ['stale', 'stale'])
  })

  /** After a failure: not tried again before this many seconds. */
  function pauses(revalidate: number, seconds: number): void {
    it(`of ${revalidate} s stays as it is when it cannot be made, and is tried again after ${seconds} s`, async (test) => {
      const { cache, failed } = createCache(test)
      const { recipe, reasons } = counter({ revalidate, results: { 2: new Error('no data') } })
      test.mock.timers.enable({ apis: ['Date'] })
      await cache.get(recipe)
      test.mock.timers.tick(revalidate * 1000)
      assert.equal(say(await cache.get(recipe)), 'STALE 1')
      await cache.idle()
      assert.deepEqual(failed, ['/a: no data'])
      test.mock.timers.tick(seconds * 1000 - 1)
      assert.equal(say(await cache.get(recipe)), 'STALE 1')
      await cache.idle()
      assert.equal(reasons.length, 2)
      test.mock.timers.tick(1)
      assert.equal(say(await cache.get(recipe)), 'STALE 1')
      await cache.idle()
      assert.equal(say(await cache.get(recipe)), 'HIT 3')
    })
  }
  pauses(1, 3)
  pauses(10, 10)
  pauses(3600, 30)
})

describe('a page that is renewed', () => {
  it('is another one when that resolves', async (test) => {
    const { cache } = createCache(test)
    const { recipe, reasons } = counter()
    await cache.get(recipe)
    assert.equal(await cache.renew(recipe), '2')
    assert.equal(say(await cache.get(recipe)), 'HIT 2')
    assert.deepEqual(reasons, ['stale', 'on-demand'])
  })

  it('is made even if nobody has asked for it before', async (test) => {
    const { cache } = createCache(test)
    const { recipe } = counter()
    assert.equal(await cache.renew(recipe), '1')
    assert.equal(say(await cache.get(recipe)), 'HIT 1')
  })

  it('stays as it was when it cannot be made, and the reason is told', async (test) => {
    const { cache, failed } = createCache(test)
    const { recipe } = counter({ results: { 2: new Error('no data') } })
    await cache.get(recipe)
    await assert.rejects(cache.renew(recipe), /^Error: no data$/)
    assert.deepEqual(failed, ['/a: no data'])
    assert.equal(say(await cache.get(recipe)), 'HIT 1')
    assert.equal(await cache.renew(recipe), '3')
  })

  it('is served as it was while it is made', async (test) => {
    const { cache } = createCache(test)
    const made = gate()
    const { recipe } = counter({ results: { 2: made.opened } })
    await cache.get(recipe)
    const renewing = cache.renew(recipe)
    assert.equal(say(await cache.get(recipe)), 'HIT 1')
    made.open()
    await renewing
  })

  it('is not the one that was being made when it was asked for', async (test) => {
    const { cache } = createCache(test)
    const made = gate()
    const { recipe, reasons } = counter({ results: { 1: made.opened } })
    const first = cache.renew(recipe)
    while (reasons.length === 0) await new Promise(setImmediate)
    const later = Array.from({ length: 50 }, () => cache.renew(recipe))
    made.open()
    assert.equal(await first, '1')
    assert.deepEqual(new Set(await Promise.all(later)), new Set(['2']), 'one for all who have come meanwhile')
    assert.equal(reasons.length, 2)
  })

  it('nor when that one is for a read', async (test) => {
    const { cache } = createCache(test)
    const made = gate()
    const { recipe, reasons } = counter({ results: { 1: made.opened } })
    const read = cache.get(recipe)
    while (reasons.length === 0) await new Promise(setImmediate)
    const renewed = cache.renew(recipe)
    made.open()
    assert.deepEqual([say(await read), await renewed], ['MISS 1', '2'])
  })

  it('again after one that failed, for those who came while it ran', async (test) => {
    const { cache } = createCache(test)
    const made = gate()
    const fails = made.opened.then(() => assert.fail('no data'))
    const { recipe, reasons } = counter({ results: { 1: fails } })
    const first = assert.rejects(cache.renew(recipe), /no data/)
    while (reasons.length === 0) await new Promise(setImmediate)
    const second = cache.renew(recipe)
    made.open()
    await first
    assert.equal(await second, '2')
  })

  it('does not wait for others', async (test) => {
    const { cache } = createCache(test)
    const made = gate()
    const slow = cache.renew(counter({ results: { 1: made.opened } }).recipe)
    assert.equal(await cache.renew(counter({ key: '/b' }).recipe), '1')
    made.open()
    await slow
  })
})

/** Stands between instances and their store. */
function shared() {
  const inner = createMemoryStore(1_000_000)
  const state = { isDown: false, reads: 0 }
  const up = <T>(run: () => Promise<T>): Promise<T> => (state.isDown ? Promise.reject(new Error('is down')) : run())
  const store: CacheStore = {
    read: (key, known) => {
      state.reads++
      return up(() => inner.read(key, known))
    },
    ask: (key) => up(() => inner.ask(key)),
    claim: (key) =>
      up(async () => {
        const claim = await inner.claim(key)
        return claim && { ...claim, store: (page: CachedPage) => up(() => claim.store(page)), release: () => up(() => claim.release()) }
      }),
    close: () => inner.close(),
  }
  return { store, state, inner }
}

describe('several instances', () => {
  it('see a page as soon as one of them has renewed it', async (test) => {
    const { store } = shared()
    const [a, b] = [createCache(test, { store }).cache, createCache(test, { store }).cache]
    const { recipe } = counter()
    assert.deepEqual([say(await a.get(recipe)), say(await b.get(recipe))], ['MISS 1', 'HIT 1'])
    await a.renew(recipe)
    assert.equal(say(await b.get(recipe)), 'HIT 2')
  })

  it('make it one at a time, and share what was asked for before it began', async (test) => {
    const { store } = shared()
    const caches = [1, 2, 3, 4].map(() => createCache(test, { store }).cache)
    let active = 0
    const { recipe, reasons } = counter()
    const watched: Recipe = {
      key: recipe.key,
      async make(reason) {
        assert.equal(++active, 1, 'nobody else makes it')
        await new Promise((resolve) => setTimeout(resolve, 5))
        active--
        return recipe.make(reason)
      },
    }
    await Promise.all(caches.flatMap((cache) => [cache.get(watched), cache.renew(watched), cache.renew(watched)]))
    assert.ok(reasons.length <= 6, `${reasons.length} times for 12 who wanted it`)
  })

  it('do not ask the store for as long as they may trust their copy', async (test) => {
    const { store, state } = shared()
    const [a, b] = [createCache(test, { store }).cache, createCache(test, { store, trust: 60_000 }).cache]
    const { recipe } = counter()
    await b.get(recipe)
    await a.renew(recipe)
    const before = state.reads
    assert.equal(say(await b.get(recipe)), 'HIT 1')
    assert.equal(state.reads, before)
    assert.equal(await b.renew(recipe), '3')
    assert.equal(say(await b.get(recipe)), 'HIT 3')
  })
})

describe('without its store', () => {
  it('an instance serves what it has, marked', async (test) => {
    const { store, state } = shared()
    const { cache, reached } = createCache(test, { store })
    const { recipe } = counter()
    await cache.get(recipe)
    state.isDown = true
    assert.deepEqual([say(await cache.get(recipe)), say(await cache.get(recipe))], ['STALE 1', 'STALE 1'])
    assert.equal(reached.at(-1), false)
    state.isDown = false
    assert.equal(say(await cache.get(recipe)), 'HIT 1')
    assert.equal(reached.at(-1), true)
  })

  it('makes for itself what it does not have, once, and drops it when the store is back', async (test) => {
    const { store, state } = shared()
    const [cut, other] = [createCache(test, { store }).cache, createCache(test, { store: store }).cache]
    const { recipe, reasons } = counter()
    state.isDown = true
    assert.deepEqual((await Promise.all([cut.get(recipe), cut.get(recipe)])).map(say), ['STALE 1', 'STALE 1'])
    assert.equal(say(await cut.get(recipe)), 'STALE 1')
    assert.equal(reasons.length, 1)
    state.isDown = false
    assert.equal(say(await other.get(recipe)), 'MISS 2')
    assert.equal(say(await cut.get(recipe)), 'HIT 2')
  })

  it('serves a page that it could only not store, without making it twice', async (test) => {
    const { store } = shared()
    const full: CacheStore = {
      ...store,
      async claim(key) {
        const claim = await store.claim(key)
        return claim && { ...claim, store: () => claim.release().then(() => Promise.reject(new Error('no space left'))) }
      },
    }
    const { cache } = createCache(test, { store: full })
    const { recipe, reasons } = counter()
    assert.equal(say(await cache.get(recipe)), 'STALE 1')
    assert.equal(reasons.length, 1)
    await assert.rejects(cache.renew(recipe), /no space left/)
  })

  it('takes a claim of a class', async (test) => {
    class OwnClaim implements Claim {
      readonly #claim: Claim
      constructor(claim: Claim) {
        this.#claim = claim
      }
      get current() {
        return this.#claim.current
      }
      get covers() {
        return this.#claim.covers
      }
      store(page: CachedPage) {
        return this.#claim.store(page)
      }
      release() {
        return this.#claim.release()
      }
    }
    const { store } = shared()
    const claim = async (key: string) => {
      const found = await store.claim(key)
      return found && new OwnClaim(found)
    }
    const { cache } = createCache(test, { store: { ...store, claim } })
    const { recipe, reasons } = counter()
    await Promise.all([cache.get(recipe), cache.get(recipe)])
    assert.equal(await cache.renew(recipe), '2')
    assert.equal(reasons.length, 2)
  })

  it('does not renew', async (test) => {
    const { store, state } = shared()
    const { cache, failed } = createCache(test, { store })
    const { recipe, reasons } = counter()
    await cache.get(recipe)
    state.isDown = true
    await assert.rejects(cache.renew(recipe), /^UnreachableError: the page cache cannot be reached: is down$/)
    await assert.rejects(cache.has('/a'), /is down/)
    assert.equal(reasons.length, 1)
    assert.deepEqual(failed, [], 'it is no failure of the page')
  })

  it('does not take an error of the page for one of the store', async (test) => {
    const { store, state } = shared()
    const { cache } = createCache(test, { store })
    state.isDown = true
    await assert.rejects(cache.get(counter({ results: { 1: new Error('no data') } }).recipe), /^Error: no data$/)
  })

  it('rejects when it is lost while the page is made; the old one stays', async (test) => {
    const { store, state } = shared()
    const { cache } = createCache(test, { store })
    const made = gate()
    const { recipe, reasons } = counter({ results: { 2: made.opened } })
    await cache.get(recipe)
    const renewing = cache.renew(recipe)
    while (reasons.length < 2) await new Promise(setImmediate)
    state.isDown = true
    made.open()
    await assert.rejects(renewing, /is down/)
    assert.equal(say(await cache.get(recipe)), 'STALE 1')
  })
})

it('a page whose claim was lost while it was made is made again, but not for ever', async (test) => {
  const inner = createMemoryStore(1_000_000)
  let lost = 4
  const store: CacheStore = {
    ...inner,
    async claim(key) {
      const claim = await inner.claim(key)
      const giveUp = async (): Promise<undefined> => {
        await claim?.release()
        return undefined
      }
      return claim && ({ ...claim, store: (page) => (lost-- > 0 ? giveUp() : claim.store(page)) } satisfies Claim)
    },
  }
  const { cache } = createCache(test, { store })
  const { recipe } = counter()
  assert.equal(say(await cache.get(recipe)), 'MISS 5')
  lost = 1
  assert.equal(await cache.renew(recipe), '7')
  assert.equal(say(await cache.get(recipe)), 'HIT 7')
  lost = Number.POSITIVE_INFINITY
  await assert.rejects(cache.renew(recipe), /^Error: it was made 5 times, and each time its claim was lost meanwhile/)
  assert.equal(say(await cache.get(recipe)), 'HIT 7')
})
