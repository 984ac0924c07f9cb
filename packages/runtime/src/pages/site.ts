/** The pages of the app: what there is, how each is made, and where it is kept. */

import { UNSET_CONFIG } from '../config.ts'
import type { Log } from '../log.ts'
import type { Manifest, PageLeaf, Params } from '../manifest.ts'
import { matchRoute, noValues, paramsOf } from '../match.ts'
import type { RevalidateOptions } from '../response.ts'
import type { LoadPage } from '../routes.ts'
import { parseTarget } from '../target.ts'
import { type PreparedPage, preparePage } from './answer.ts'
import { createListings } from './listings.ts'
import { makePage } from './make-page.ts'
import { openStore, type StoreParts } from './open-store.ts'
import { createPageCache, type Operation, type PageCache, type Reason, type Recipe } from './page-cache.ts'
import { createPageHandler } from './page-handler.ts'
import { loadPageModule, type PageModule } from './page-module.ts'
import type { PageSources } from './pages.ts'
import { createRender, type Render } from './render.ts'
import { keyOfPath, type StaticPaths } from './static-paths.ts'

/** What a request for a page needs. */
export interface PageCopies {
  readonly cache: PageCache<PreparedPage>
  readonly render: Render
  /** Has the page this path? */
  has(module: PageModule, key: string): Promise<boolean>
  recipe(module: PageModule, key: string, params: Params): Recipe
}

export interface Site {
  readonly loadPage: LoadPage
  /** @returns false when no page has the path. Rejects with the reason when it could not be made. */
  revalidate(urlPath: string, options: RevalidateOptions): Promise<boolean>
  /** What can be made before anybody asks for it, page by page: the lists of paths themselves included. */
  known(leaf: PageLeaf): Promise<Recipe[]>
  readonly leaves: readonly PageLeaf[]
  /** Waits for what is being made. */
  close(): Promise<void>
}

export interface SiteParts extends StoreParts {
  readonly sources: PageSources
  readonly manifest: Manifest
  readonly log: Log
}

export async function createSite(parts: SiteParts): Promise<Site> {
  const { sources, env, manifest, log } = parts
  const leaves = manifest.leaves.filter((leaf) => leaf.kind === 'page')
  const render = createRender(sources)
  const modules = new Map<PageLeaf, Promise<PageModule>>()
  const cache = createPageCache({
    store: await openStore(parts),
    maxBytes: env.maxBytes,
    trust: env.trust,
    copyOf: preparePage,
    failed: (key, error) => log.error(`the page ${key} was not made anew`, error),
    unreachable: reachabilityLog(log),
  })

  /** A module that does not load fails each time, as that of a route does. */
  function moduleOf(leaf: PageLeaf): Promise<PageModule> {
    const found = modules.get(leaf) ?? loadPageModule(leaf)
    modules.set(leaf, found)
    return found
  }

  function leafAt(path: string): PageLeaf | undefined {
    const leaf = manifest.leaves[matchRoute(manifest.tree, path)]
    return leaf?.kind === 'page' ? leaf : undefined
  }

  function paramsAt(leaf: PageLeaf, path: string): Params {
    const values = noValues()
    matchRoute(manifest.tree, path, values)
    return paramsOf(leaf, path, values)
  }

  const listings = createListings(cache, (leaf, path) => leafAt(path) === leaf)

  const copies: PageCopies = {
    cache,
    render,
    has: (module, key) => listings.has(module, key),
    recipe: (module, key, params) => ({ key, make: (reason: Reason) => makePage(module, params, { revalidateReason: reason }, render) }),
  }

  return {
    leaves,
    async loadPage(leaf) {
      const handler = createPageHandler(await moduleOf(leaf), copies, env.token)
      return { leaf, handler, config: { ...UNSET_CONFIG, bodyParser: false, responseLimit: false } }
    },
    async revalidate(urlPath, { unstable_onlyGenerated = false }) {
      const path = pathOf(urlPath)
      const leaf = leafAt(path)
      if (!leaf) return false
      const key = keyOfPath(path)
      const module = await moduleOf(leaf)
      if (!(await copies.has(module, key))) throw new Error(`getStaticPaths of ${leaf.file} does not list it, and has fallback: false`)
      if (unstable_onlyGenerated && !(await cache.has(key))) return true
      await cache.renew(copies.recipe(module, key, paramsAt(leaf, path)))
      return true
    },
    async known(leaf) {
      const module = await moduleOf(leaf)
      if (!module.getStaticPaths) return [copies.recipe(module, leaf.pattern.split('/').map(encodeURIComponent).join('/'), {})] // it is as the file is named
      const list = listings.recipe(module)
      const { keys }: StaticPaths = JSON.parse((await list.make('build')).body)
      return [list, ...keys.map((key) => copies.recipe(module, key, paramsAt(leaf, key)))]
    },
    async close() {
      const keys = cache.underWay()
      if (keys.length > 0) log.info(`waiting for what is being made: ${keys.slice(0, 5).join(', ')}${keys.length > 5 ? `, and ${keys.length - 5} more` : ''}`)
      await cache.idle()
      await cache.close()
    },
  }
}

/** Of a path as handlers write it: a trailing slash and a query do not matter. @throws Error when it is not percent-encoded UTF-8. */
function pathOf(urlPath: string): string {
  const target = parseTarget(urlPath)
  if (target.kind === 'redirect') return pathOf(target.location)
  try {
    keyOfPath(target.path)
    return target.path
  } catch {
    throw new Error('it is not percent-encoded UTF-8')
  }
}

/** Says it once when the store is lost, and once when it is back. A store that can still be read is back when it does again what it did not. */
export function reachabilityLog(log: Pick<Log, 'info' | 'warn'>): (operation: Operation, error: unknown) => void {
  const failing = new Set<Operation>()

  function works(operation: Operation): void {
    if (!failing.delete(operation)) return
    if (operation === 'read') failing.clear()
    if (failing.size === 0) log.info('the page cache can be reached again')
  }

  function fails(operation: Operation, error: unknown): void {
    if (failing.has(operation) || failing.has('read')) return
    const isNews = failing.size === 0 || operation === 'read'
    failing.add(operation)
    const reason = String(error instanceof Error ? error.message : error).replace(/\.$/, '')
    if (isNews) log.warn(`the page cache cannot be reached: ${reason}. Pages are served as this instance has them, marked STALE.`)
  }

  return (operation, error) => (error === undefined ? works(operation) : fails(operation, error))
}
