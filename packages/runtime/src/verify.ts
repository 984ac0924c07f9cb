/** `node server.js --verify`: does every route load? What `apiroutes build --verify` runs. */

import type { App } from './dispatch.ts'
import { LOAD_TIMEOUT } from './preload.ts'

/** What a line of the output begins with, whatever else the app's modules print while they load. */
const MARK = 'apiroutes-verify '

/**
 * Awaits `register()` of instrumentation.ts, then loads the routes one after another. Prints a line of JSON for each, one more for each that
 * fails, and one with the number of routes. @returns the exit code.
 */
export async function verify({ manifest, routes, log, instrumentation }: App): Promise<number> {
  const steps = manifest.leaves.map(({ pattern, file }, index) => ({ path: pattern, file, load: async () => routes.get(index) as unknown }))
  if (instrumentation) steps.unshift({ path: 'register()', file: instrumentation.file, load: instrumentation.register })
  let failed = 0
  for (const { path, file, load } of steps) {
    console.log(MARK + JSON.stringify({ path, file })) // named should it end the process
    try {
      await Promise.race([load(), tooSlow()])
    } catch (error) {
      failed++
      console.log(MARK + JSON.stringify({ path, file, error: log.print(error) }))
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
