/** `node server.js --verify`: does every route load? What `apiroutes build --verify` runs. */

import type { App } from './dispatch.ts'

/** How long a module may take to load, in milliseconds. */
const LOAD_TIMEOUT = 30_000

/** What a line of the output begins with, whatever else the app's modules print while they load. */
const MARK = 'apiroutes-verify '

/** Loads the routes one after another, prints a line of JSON for each, one more for each that fails, and one with their number. @returns the exit code. */
export async function verify({ manifest, routes, log }: App): Promise<number> {
  let failed = 0
  for (const [index, { pattern, file }] of manifest.leaves.entries()) {
    console.log(MARK + JSON.stringify({ path: pattern, file })) // named should it end the process
    try {
      await Promise.race([routes.get(index), tooSlow()])
    } catch (error) {
      failed++
      console.log(MARK + JSON.stringify({ path: pattern, file, error: log.print(error) }))
    }
  }
  console.log(MARK + JSON.stringify({ routes: manifest.leaves.length, failed }))
  return failed === 0 ? 0 : 1
}

function tooSlow(): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error(`it has not loaded within ${LOAD_TIMEOUT / 1000} seconds`)), LOAD_TIMEOUT).unref()
  })
}
