/** Pages that the build has made (`--prerender`): files beside server.js. */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CachedPage, CacheStore } from './cache-store.ts'
import { pageFileName, pageFileText, parsePageFile } from './page-file.ts'

/** The folder beside server.js. */
const FOLDER = 'prerendered'
/** The version of a page that the build has made. */
const BUILT = 'built'

/** @param folder that of server.js, here and below. */
export function hasPrerendered(folder: string): boolean {
  return existsSync(join(folder, FOLDER))
}

export function writePrerendered(folder: string, key: string, page: CachedPage): void {
  mkdirSync(join(folder, FOLDER), { recursive: true })
  writeFileSync(join(folder, FOLDER, pageFileName(key)), pageFileText({ key, page }))
}

/** A store that has these pages from the beginning. Once a page was made anew, the one of the build is never used again. */
export function withPrerendered(store: CacheStore, folder: string): CacheStore {
  const replaced = new Set<string>()

  async function built(key: string): Promise<CachedPage | undefined> {
    if (replaced.has(key)) return undefined
    const text = await readFile(join(folder, FOLDER, pageFileName(key)), 'utf8').catch(() => undefined) // most pages have none
    return text === undefined ? undefined : parsePageFile(text, key)?.page
  }

  return {
    ...store,
    async read(key, known) {
      const found = await store.read(key, known)
      if (found !== undefined) return found
      if (known === BUILT && !replaced.has(key)) return 'unchanged'
      const page = await built(key)
      return page && { version: BUILT, covers: 0, page }
    },
    async claim(key) {
      const claim = await store.claim(key)
      if (!claim) return undefined
      const current = claim.current ?? ((await built(key)) && { version: BUILT, covers: 0 })
      return {
        ...claim,
        current,
        async store(page) {
          const edition = await claim.store(page)
          if (edition) replaced.add(key)
          return edition
        },
      }
    },
  }
}
