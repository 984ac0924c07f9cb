/** Making pages under the claim of the store, so that one instance at a time makes one. */

import { setTimeout as delay } from 'node:timers/promises'
import type { CachedPage, CacheStore, Claim, Edition } from './cache-store.ts'
import type { Copies, Kept } from './copies.ts'
import type { Reason, Recipe } from './page-cache.ts'

/** How often to look whether another instance has made a page, in milliseconds: at first, and at most. */
const POLL = { first: 10, last: 100 }

/** How often a page is made, at most, when each time the claim on it was lost meanwhile. */
const TRIES = 5

export interface Making<Copy> {
  /** An edition that will do: made here, or by whoever has the claim. */
  obtain(recipe: Recipe, reason: Reason, willDo: (edition: Edition) => boolean): Promise<Kept<Copy>>
  /** Makes the page anew, unless it is another one by now or somebody is at it. */
  replace(recipe: Recipe, old: Kept<Copy>): Promise<void>
}

export function createMaking<Copy>(store: CacheStore, copies: Copies<Copy>): Making<Copy> {
  /** @returns undefined when the claim was lost, so that nothing has been stored. */
  async function makeUnder(claim: Claim, { key, make }: Recipe, reason: Reason): Promise<Kept<Copy> | undefined> {
    let page: CachedPage
    try {
      page = await make(reason)
    } catch (error) {
      await claim.release().catch(() => undefined) // the store is told to be unreachable, where the claim ends by itself
      throw error
    }
    const now = performance.now()
    const edition = await claim.store(page)
    return edition && copies.keep(key, { ...edition, page }, now)
  }

  return {
    async obtain(recipe, reason, willDo) {
      let lost = 0
      for (let wait = POLL.first; lost < TRIES; wait = Math.min(wait * 2, POLL.last)) {
        const claim = await store.claim(recipe.key)
        if (claim && !(claim.current && willDo(claim.current))) {
          const made = await makeUnder(claim, recipe, reason)
          if (made) return made
          lost++
          continue
        }
        await claim?.release()
        const now = performance.now()
        const found = await store.read(recipe.key)
        if (found && found !== 'unchanged' && willDo(found)) return copies.keep(recipe.key, found, now)
        if (!claim) await delay(wait)
      }
      throw new Error(`it was made ${TRIES} times, and each time its claim was lost meanwhile: it may keep the process busy for longer than a claim lives`)
    },
    async replace(recipe, old) {
      const claim = await store.claim(recipe.key)
      if (claim?.current?.version === old.version) await makeUnder(claim, recipe, 'stale')
      else await claim?.release()
    },
  }
}
