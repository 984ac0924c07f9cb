/** Pages as they are asked for: from the store or a copy of it, made once for all who wait, made anew when their time has come or somebody says so. */

import type { CachedPage, CacheStore } from './cache-store.ts'
import { type CopyOptions, createCopies, type Kept } from './copies.ts'
import { createMaking } from './making.ts'
import { createRenewals, type Renewals } from './renewals.ts'

/** Why a page is made; `stale` is also for one that nobody has asked for before. Source of the names: `revalidateReason` of Next.js. */
export type Reason = 'build' | 'stale' | 'on-demand'

/** A page that can be made: any number of times, each time anew. */
export interface Recipe {
  readonly key: string
  make(reason: Reason): Promise<CachedPage>
}

/** Where an answer has come from. STALE: its time is over, or the store cannot be reached and may have a newer one. */
export type CacheState = 'HIT' | 'STALE' | 'MISS' | 'REVALIDATED'

export interface Found<Copy> {
  readonly copy: Copy
  readonly state: CacheState
}

export interface PageCache<Copy> {
  /** The page; made first if there is none. Rejects when that fails. */
  get(recipe: Recipe): Promise<Found<Copy>>
  /** Is there one, without making it? */
  has(key: string): Promise<boolean>
  /** Makes the page anew, from what there is after this was called. Rejects when that fails or the store cannot be reached; then the page is the old one. */
  renew(recipe: Recipe): Promise<Copy>
  /** The keys of the pages that are being made. */
  underWay(): string[]
  /** Resolves when nothing is being made. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** What a store is asked to do. One that is full, or the copy of another, can do some of it. */
export type Operation = 'read' | 'ask' | 'claim' | 'store'

export interface CacheOptions<Copy> extends CopyOptions<Copy> {
  /** Told of a page that could not be made anew. */
  readonly failed: (key: string, error: unknown) => void
  /** Told each time why the store cannot be reached; undefined: it can. */
  readonly unreachable: (operation: Operation, error: unknown) => void
}

/** After how many seconds what has failed in the background is tried again, at least and at most. As in Next.js. */
const RETRY = { least: 3, most: 30 }

/** The store rejected. */
class UnreachableError extends Error {
  static override readonly name = 'UnreachableError' // that of the class is a letter in server.js
  override name = 'UnreachableError'
}

export function createPageCache<Copy>({ failed, unreachable, ...options }: CacheOptions<Copy>): PageCache<Copy> {
  const store = watched(options.store, unreachable)
  const copies = createCopies({ ...options, store })
  const { obtain, replace } = createMaking(store, copies)
  const filling = new Map<string, Promise<Found<Copy>>>()
  const refreshing = new Map<string, Promise<void>>()
  const renewals = new Map<string, Renewals<Copy>>()

  /** A page that this instance has made for itself, and does not trust. */
  function own(key: string, page: CachedPage): Found<Copy> {
    return { copy: copies.keep(key, { version: '', page }, Number.NEGATIVE_INFINITY).copy, state: 'STALE' }
  }

  /** What there is without the store. */
  async function withoutStore({ key, make }: Recipe): Promise<Found<Copy>> {
    const kept = copies.peek(key)
    return kept ? { copy: kept.copy, state: 'STALE' } : own(key, await make('stale'))
  }

  async function fill({ key, make }: Recipe): Promise<Found<Copy>> {
    let page: CachedPage | undefined
    const remembered = async (reason: Reason) => {
      page = await make(reason)
      return page
    }
    try {
      const { copy } = await obtain({ key, make: remembered }, 'stale', () => true)
      return { copy, state: 'MISS' }
    } catch (error) {
      if (!page || !(error instanceof UnreachableError)) throw error
      return own(key, page) // it has only not been stored
    }
  }

  async function refresh(recipe: Recipe, kept: Kept<Copy>): Promise<void> {
    try {
      await replace(recipe, kept)
    } catch (error) {
      kept.retryAt = Date.now() + 1000 * Math.min(Math.max(Number(kept.page.revalidate), RETRY.least), RETRY.most)
      if (!(error instanceof UnreachableError)) failed(recipe.key, error)
    }
  }

  async function renewNow(recipe: Recipe): Promise<Copy> {
    try {
      const number = await store.ask(recipe.key)
      const { copy } = await obtain(recipe, 'on-demand', ({ covers }) => covers >= number)
      return copy
    } catch (error) {
      if (!(error instanceof UnreachableError)) failed(recipe.key, error)
      throw error
    }
  }

  const underWay = () => [...new Set([...filling.keys(), ...refreshing.keys(), ...renewals.keys()])]

  return {
    async get(recipe) {
      const { key } = recipe
      try {
        const kept = await copies.lookUp(key)
        if (!kept) return await once(filling, key, () => fill(recipe))
        if (!isOver(kept.page)) return { copy: kept.copy, state: 'HIT' }
        if (Date.now() >= kept.retryAt) void once(refreshing, key, () => refresh(recipe, kept))
        return { copy: kept.copy, state: 'STALE' }
      } catch (error) {
        if (!(error instanceof UnreachableError)) throw error
        return once(filling, key, () => withoutStore(recipe))
      }
    },
    has: async (key) => (await copies.lookUp(key)) !== undefined,
    renew(recipe) {
      const found = renewals.get(recipe.key) ?? createRenewals(() => renewals.delete(recipe.key))
      renewals.set(recipe.key, found)
      return found.next(() => renewNow(recipe))
    },
    underWay,
    async idle() {
      while (underWay().length > 0) {
        await Promise.allSettled([...filling.values(), ...refreshing.values(), ...[...renewals.values()].map(({ last }) => last())])
      }
    },
    close: () => options.store.close(),
  }
}

function isOver({ revalidate, made }: CachedPage): boolean {
  return revalidate !== false && Date.now() >= made + revalidate * 1000
}

/** What is under way by this key; begun if nothing is. */
function once<T>(running: Map<string, Promise<T>>, key: string, begin: () => Promise<T>): Promise<T> {
  const found = running.get(key) ?? begin().finally(() => running.delete(key))
  running.set(key, found)
  return found
}

/** Tells a rejection of the store from one of the page, and whether the store answers. */
function watched(store: CacheStore, unreachable: CacheOptions<unknown>['unreachable']): CacheStore {
  async function told<T>(operation: Operation, result: Promise<T>): Promise<T> {
    try {
      const value = await result
      unreachable(operation, undefined)
      return value
    } catch (error) {
      unreachable(operation, error)
      throw new UnreachableError(`the page cache cannot be reached: ${error instanceof Error ? error.message : error}`, { cause: error })
    }
  }
  return {
    read: (key, known) => told('read', store.read(key, known)),
    ask: (key) => told('ask', store.ask(key)),
    async claim(key) {
      const claim = await told('claim', store.claim(key))
      if (!claim) return undefined
      const { current, covers } = claim // not by `...`, as it may be of a class
      return { current, covers, store: (page) => told('store', claim.store(page)), release: () => told('claim', claim.release()) }
    },
    close: () => store.close(),
  }
}
