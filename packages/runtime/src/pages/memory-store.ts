import { randomUUID } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { CachedPage, CacheStore, Claim, Edition, StoredPage } from './cache-store.ts'

/** What a page costs besides its text, in bytes: objects and keys. */
const OVERHEAD = 500

/** Pages by key. When there are more than `maxBytes`, those go that nobody has asked for the longest; one that is larger by itself is not kept. */
export function pagesBySize<Item extends { readonly page: CachedPage }>(maxBytes: number): LRUCache<string, Item> {
  return new LRUCache({
    maxSize: maxBytes,
    sizeCalculation: ({ page: { body, location = '' } }, key) => OVERHEAD + key.length + Buffer.byteLength(body) + location.length,
  })
}

/** In this process alone. */
export function createMemoryStore(maxBytes: number): CacheStore {
  const pages = pagesBySize<StoredPage>(maxBytes)
  const claims = createLocalClaims()
  return {
    async read(key, known) {
      const found = pages.get(key)
      return found !== undefined && found.version === known ? 'unchanged' : found
    },
    ask: async () => claims.ask(),
    claim: async (key) =>
      claims.claim(key, pages.peek(key), async (page, covers) => {
        const version = randomUUID()
        pages.set(key, { version, covers, page })
        return version
      }),
    async close() {},
  }
}

/** Numbers and claims for a store that one process has for itself. */
export interface LocalClaims {
  ask(): number
  /**
   * @param current what is stored.
   * @param write stores another edition. @returns its version.
   */
  claim(key: string, current: Edition | undefined, write: (page: CachedPage, covers: number) => Promise<string>): Claim | undefined
}

export function createLocalClaims(): LocalClaims {
  const held = new Set<string>()
  let asked = 0 // for all keys, since it has only to rise
  return {
    ask: () => ++asked,
    claim(key, current, write) {
      if (held.has(key)) return undefined
      held.add(key)
      const covers = asked
      return {
        current,
        covers,
        async store(page) {
          try {
            return { version: await write(page, covers), covers }
          } finally {
            held.delete(key)
          }
        },
        async release() {
          held.delete(key)
        },
      }
    },
  }
}
