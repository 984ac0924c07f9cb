/** Loads routes that nobody has asked for yet, so that the first request does not wait for it. */

import type { App } from './dispatch.ts'

/** How many modules may be on their way at a time: those with top-level await wait for something else than this process. */
const AT_A_TIME = 4

/** How long a module may take before that is said, in milliseconds. */
export const LOAD_TIMEOUT = 30_000

/** How far it has come. By the patterns of the routes. */
export interface Preload {
  readonly loading: ReadonlySet<string>
  readonly failed: readonly string[]
  /** Every route has been tried. */
  readonly done: boolean
}

/** Nothing is loaded before it is asked for (`lazy`). */
export const NO_PRELOAD: Preload = { loading: new Set(), failed: [], done: true }

/** Begins to load, one module a turn of the event loop, so that what has arrived meanwhile is answered first. */
export function preload({ manifest, routes, log }: App, onFailure: () => void): Preload {
  const state = { loading: new Set<string>(), failed: [] as string[], done: false }

  async function load(index: number, pattern: string, file: string): Promise<void> {
    state.loading.add(pattern)
    const timer = setTimeout(() => log.warn(`${pattern} (${file}) has not loaded within ${LOAD_TIMEOUT / 1000} s`), LOAD_TIMEOUT).unref()
    try {
      await routes.get(index)
    } catch (error) {
      state.failed.push(pattern)
      log.error(`${pattern} (${file}) does not load, so that it answers 500`, error)
      onFailure()
    }
    clearTimeout(timer)
    state.loading.delete(pattern)
  }

  async function loadAll(): Promise<void> {
    const active = new Set<Promise<void>>()
    for (const [index, { pattern, file }] of manifest.leaves.entries()) {
      await new Promise(setImmediate)
      const loading = load(index, pattern, file).finally(() => active.delete(loading))
      active.add(loading)
      if (active.size === AT_A_TIME) await Promise.race(active)
    }
    await Promise.all(active)
    state.done = true
  }

  void loadAll()
  return state
}
