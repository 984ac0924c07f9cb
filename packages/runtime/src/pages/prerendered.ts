/** Pages that the build has made (`--prerender`): files beside server.js. */

import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CachedPage, CacheStore } from './cache-store.ts'
import { pageFileName, pageFileText, parsePageFile } from './page-file.ts'

/** The folder beside server.js. */
const FOLDER = 'prerendered'
/** The version of a page that the build has made. */
const BUILT = 'built'

/** Where they are, and whose they are: a build that has replaced this one in its folder has other pages. */
export interface PrerenderedPlace {
  /** That of server.js. */
  readonly folder: string
  readonly build: string
}

export function hasPrerendered({ folder }: Pick<PrerenderedPlace, 'folder'>): boolean {
  return existsSync(join(folder, FOLDER))
}

export function writePrerendered({ folder, build }: PrerenderedPlace, key: string, page: CachedPage): void {
  const own = keyIn(build, key)
  mkdirSync(join(folder, FOLDER), { recursive: true })
  writeFileSync(join(folder, FOLDER, pageFileName(own)), pageFileText({ key: own, page }))
}

function keyIn(build: string, key: string): string {
  return `${build} ${key}`
}

/** A store that has these pages from the beginning. Once a page was made anew, the one of the build is never used again. */
export function withPrerendered(store: CacheStore, { folder, build }: PrerenderedPlace): CacheStore {
  const current = new Set(hasPrerendered({ folder }) ? readdirSync(join(folder, FOLDER)) : []) // not those replaced: there may be any number of pages
  if (current.size === 0) return store
  const nameOf = (key: string) => pageFileName(keyIn(build, key))

  async function built(key: string): Promise<CachedPage | undefined> {
    if (!current.has(nameOf(key))) return undefined
    const text = await readFile(join(folder, FOLDER, nameOf(key)), 'utf8').catch(() => undefined) // the folder may be another one by now
    return text === undefined ? undefined : parsePageFile(text, keyIn(build, key))?.page
  }

  return {
    ...store,
    async read(key, known) {
      const found = await store.read(key, known)
      if (found !== undefined) return found
      if (known === BUILT && current.has(nameOf(key))) return 'unchanged'
      const page = await built(key)
      return page && { version: BUILT, covers: 0, page }
    },
    async claim(key) {
      const claim = await store.claim(key)
      if (!claim) return undefined
      return {
        ...claim,
        current: claim.current ?? ((await built(key)) && { version: BUILT, covers: 0 }),
        async store(page) {
          const edition = await claim.store(page)
          if (edition) current.delete(nameOf(key))
          return edition
        },
      }
    },
  }
}
