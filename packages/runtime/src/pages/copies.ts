/** Copies of what is in the store, in this process. */

import type { CachedPage, CacheStore, StoredPage } from './cache-store.ts'
import { pagesBySize } from './memory-store.ts'

export interface Kept<Copy> {
  readonly version: string
  readonly page: CachedPage
  readonly copy: Copy
  /** When the store was last asked whether it is current, by `performance.now()`. */
  checked: number
  /** Not made in the background before this, by `Date.now()`. */
  retryAt: number
}

export interface CopyOptions<Copy> {
  readonly store: CacheStore
  /** How much memory they may take, in bytes. */
  readonly maxBytes: number
  /** How long a copy is served without asking the store, in milliseconds. */
  readonly trust: number
  /** What is worth keeping of a page for the answers to come. */
  readonly copyOf: (page: CachedPage) => Copy
}

export interface Copies<Copy> {
  /** @param checked when the store was asked, by `performance.now()`. */
  keep(key: string, stored: Pick<StoredPage, 'version' | 'page'>, checked: number): Kept<Copy>
  /** What is stored, as of after this was called; unless there is a copy young enough to be trusted. */
  lookUp(key: string): Promise<Kept<Copy> | undefined>
  /** The copy, whatever the store has. */
  peek(key: string): Kept<Copy> | undefined
}

export function createCopies<Copy>({ store, maxBytes, trust, copyOf }: CopyOptions<Copy>): Copies<Copy> {
  const copies = pagesBySize<Kept<Copy>>(maxBytes)

  function keep(key: string, { version, page }: Pick<StoredPage, 'version' | 'page'>, checked: number): Kept<Copy> {
    const kept = { version, page, copy: copyOf(page), checked, retryAt: 0 }
    copies.set(key, kept)
    return kept
  }

  return {
    keep,
    peek: (key) => copies.get(key),
    async lookUp(key) {
      const copy = copies.get(key)
      const now = performance.now()
      if (copy && now - copy.checked < trust) return copy
      const found = await store.read(key, copy?.version)
      if (found === 'unchanged') {
        if (copy) copy.checked = now
        return copy
      }
      if (found) return keep(key, found, now)
      copies.delete(key)
      return undefined
    },
  }
}
