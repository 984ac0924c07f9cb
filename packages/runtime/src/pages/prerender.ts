/** `node server.js --prerender`: makes every page whose path is known. What `apiroutes build --prerender` runs. */

import type { Log } from '../log.ts'
import type { Recipe } from './page-cache.ts'
import { type PrerenderedPlace, writePrerendered } from './prerendered.ts'
import type { Site } from './site.ts'

/** What a line of the output begins with, whatever else the app's modules print. */
const MARK = 'apiroutes-prerender '

/** How many pages are made at a time: most of them wait for a database. */
const AT_A_TIME = 8
/** How long one of them may take, in milliseconds, so that what never comes has a name. As in Next.js. */
const TIMEOUT = 60_000

/**
 * Prints a line of JSON for each page (`path`, `file`), with `error` if it could not be made, and one with the number of `pages` and of those that `failed`.
 * @param place where the files go.
 * @returns the exit code.
 */
export async function prerender({ leaves, known }: Site, place: PrerenderedPlace, print: Log['print']): Promise<number> {
  const counts = { pages: 0, failed: 0 }
  const say = (line: object) => console.log(MARK + JSON.stringify(line))

  async function make(file: string, path: string, work: () => Promise<void>): Promise<void> {
    try {
      await inTime(work())
    } catch (error) {
      counts.failed++
      say({ path, file, error: print(error) })
    }
  }

  for (const leaf of leaves) {
    let recipes: readonly Recipe[] = []
    await make(leaf.file, leaf.pattern, async () => {
      recipes = await known(leaf)
    })
    const work = recipes.values()
    const worker = async () => {
      for (const recipe of work) {
        await make(leaf.file, recipe.key, async () => {
          writePrerendered(place, recipe.key, await recipe.make('build'))
          if (!recipe.key.startsWith('/')) return // a list of paths
          counts.pages++
          say({ path: recipe.key, file: leaf.file })
        })
      }
    }
    await Promise.all(Array.from({ length: AT_A_TIME }, worker))
  }
  say(counts)
  return counts.failed === 0 ? 0 : 1
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`it was not made within ${TIMEOUT / 1000} s`)), TIMEOUT)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
