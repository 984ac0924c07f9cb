/** A page in a file, of PAGE_CACHE_DIR or made by `--prerender`. */

import { createHash } from 'node:crypto'
import type { CachedPage } from './cache-store.ts'

/** What no file of another program begins with. */
const FORMAT = 'apiroutes page 1'

export interface PageFile {
  readonly key: string
  readonly page: CachedPage
  /** The number that the edition covers, among those of one process. */
  readonly covers?: { readonly process: string; readonly number: number }
}

/** The name of the file for a key: whatever the key, one that every file system takes. */
export function pageFileName(key: string): string {
  return `${createHash('sha256').update(key).digest('hex').slice(0, 40)}.json`
}

/** A line that tells whether the rest is whole, and the rest. */
export function pageFileText(file: PageFile): string {
  const text = JSON.stringify(file)
  return `${FORMAT} ${digestOf(text)}\n${text}\n`
}

/** @returns undefined for anything but the whole text of a page with this key. */
export function parsePageFile(text: string, key: string): PageFile | undefined {
  const end = text.indexOf('\n')
  const rest = text.slice(end + 1, -1)
  if (!text.endsWith('\n') || text.slice(0, end) !== `${FORMAT} ${digestOf(rest)}`) return undefined
  const file = JSON.parse(rest) as PageFile // as it was written, by its digest
  return file.key === key ? file : undefined
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
