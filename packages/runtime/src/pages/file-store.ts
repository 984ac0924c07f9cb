import { randomUUID } from 'node:crypto'
import type { BigIntStats } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { CacheStore, StoredPage } from './cache-store.ts'
import { createLocalClaims } from './memory-store.ts'
import { type PageFile, pageFileName, pageFileText, parsePageFile } from './page-file.ts'

/**
 * A file for each page, in a folder that one process has for itself: what an earlier one has left there is served again. A file that is not whole, or
 * is not ours, is as if it were not there.
 * @param warn is told of each such file, once.
 */
export function createFileStore(folder: string, warn: (text: string) => void): CacheStore {
  const claims = createLocalClaims()
  const process = randomUUID()
  const said = new Set<string>()

  async function load(key: string): Promise<StoredPage | undefined> {
    const place = join(folder, pageFileName(key))
    const found = await readWithVersion(place)
    if (!found) return undefined
    const file = parsePageFile(found.text, key)
    if (file) return { version: found.version, covers: file.covers?.process === process ? file.covers.number : 0, page: file.page }
    if (!said.has(place)) warn(`${place} is not whole, or is not by this server. It is ignored, and written anew with the page ${key}.`)
    said.add(place)
    return undefined
  }

  return {
    async read(key, known) {
      if (known !== undefined && known === (await orUndefined(versionAt(join(folder, pageFileName(key)))))) return 'unchanged'
      return load(key)
    },
    ask: async () => claims.ask(),
    async claim(key) {
      const current = await load(key)
      return claims.claim(key, current, (page, number) => write(folder, { key, page, covers: { process, number } }))
    },
    async close() {},
  }
}

/** Whole or not at all, also when the power fails. @returns the version. */
async function write(folder: string, file: PageFile): Promise<string> {
  const place = join(folder, pageFileName(file.key))
  const draft = `${place}.${randomUUID()}`
  await mkdir(folder, { recursive: true })
  try {
    const handle = await open(draft, 'wx')
    try {
      await handle.writeFile(pageFileText(file))
      await handle.sync()
      const version = versionOf(await handle.stat({ bigint: true }))
      await rename(draft, place)
      return version
    } finally {
      await handle.close()
    }
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** Another file by the same name is another version: a rename changes none of this. */
function versionOf({ ino, size, mtimeNs }: BigIntStats): string {
  return `${ino}-${size}-${mtimeNs}`
}

async function versionAt(place: string): Promise<string> {
  return versionOf(await stat(place, { bigint: true }))
}

/** The version is looked at before the text, so that it is never newer than the text. */
async function readWithVersion(place: string): Promise<{ text: string; version: string } | undefined> {
  return orUndefined(versionAt(place).then(async (version) => ({ version, text: await readFile(place, 'utf8') })))
}

async function orUndefined<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
