import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { EnvError } from '../env.ts'
import type { Log } from '../log.ts'
import type { CacheStore } from './cache-store.ts'
import { createFileStore } from './file-store.ts'
import { createMemoryStore } from './memory-store.ts'
import type { PageEnv } from './page-env.ts'
import { property } from './page-module.ts'
import type { PageSources } from './pages.ts'
import { hasPrerendered, withPrerendered } from './prerendered.ts'
import { createRedisStore } from './redis-store.ts'

export interface StoreParts {
  readonly sources: Pick<PageSources, 'build' | 'store'>
  readonly env: PageEnv
  readonly log: Pick<Log, 'info' | 'warn'>
  /** Of server.js. */
  readonly folder: string
}

/** The store that the build or the environment names. @throws EnvError when it cannot be used. */
export async function openStore({ sources: { build, store }, env, log, folder }: StoreParts): Promise<CacheStore> {
  const place = { folder, build }
  if (store || env.redisUrl !== undefined) {
    // Of a page that is not there nobody knows whether it was ever made anew: the store may have lost it.
    const where = store ? 'in the store of --page-store' : 'in Redis (REDIS_URL)'
    if (hasPrerendered(place)) log.info(`pages live ${where}, so those that the build has made are not used`)
    return store ? customStore(await store(), build) : createRedisStore(env.redisUrl ?? '', build)
  }
  if (env.folder === undefined) return withPrerendered(createMemoryStore(env.maxBytes), place)
  return withPrerendered(createFileStore(writableFolder(env.folder, build), log.warn), place)
}

function writableFolder(given: string, build: string): string {
  const folder = join(given, build)
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return folder
  } catch (error) {
    throw new EnvError(
      `PAGE_CACHE_DIR is ${JSON.stringify(given)}, which cannot be written to: ${(error as Error).message}. Let the server write there, or name another folder.`,
    )
  }
}

async function customStore(module: unknown, build: string): Promise<CacheStore> {
  const outer = property(module, 'default')
  const create = property(outer, 'default') ?? outer
  if (typeof create !== 'function') throw new TypeError(`the default export of --page-store must be a function that returns a CacheStore, got ${typeof create}`)
  const store: unknown = await create({ build })
  const missing = ['read', 'ask', 'claim', 'close'].filter((name) => typeof property(store, name) !== 'function')
  if (missing.length > 0) throw new TypeError(`the store of --page-store has no method ${missing.join(', ')}`)
  return store as CacheStore
}
