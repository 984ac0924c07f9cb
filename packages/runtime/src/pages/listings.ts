/** The lists of paths that `getStaticPaths` gives, one for each page with params. */

import type { PageLeaf } from '../manifest.ts'
import type { PreparedPage } from './answer.ts'
import type { PageCache, Recipe } from './page-cache.ts'
import type { PageModule } from './page-module.ts'
import { checkStaticPaths, type StaticPaths } from './static-paths.ts'

export interface Listings {
  /** Has the page this path? The list is made once for a build, as in Next.js. */
  has(module: PageModule, key: string): Promise<boolean>
  /** A list is kept as pages are, so that all instances of a build have the same. */
  recipe(module: PageModule): Recipe
}

/** To look up in: a list may have any length. */
interface KnownPaths {
  readonly keys: ReadonlySet<string>
  readonly isOpen: boolean
}

/** @param answers has the page this path? */
export function createListings(cache: PageCache<PreparedPage>, answers: (leaf: PageLeaf, path: string) => boolean): Listings {
  const known = new Map<PageLeaf, KnownPaths>()

  function recipe({ leaf, getStaticPaths }: PageModule): Recipe {
    return {
      key: `paths of ${leaf.pattern}`,
      async make() {
        const made = Date.now()
        const paths = checkStaticPaths(await getStaticPaths?.({}), leaf, (path) => answers(leaf, path))
        return { status: 200, body: JSON.stringify(paths), revalidate: false, made }
      },
    }
  }

  async function pathsOf(module: PageModule): Promise<KnownPaths> {
    const found = known.get(module.leaf)
    if (found) return found
    const { copy, state } = await cache.get(recipe(module))
    const { keys, isOpen }: StaticPaths = JSON.parse(copy.page.body)
    const paths = { keys: new Set(keys), isOpen }
    if (state !== 'STALE') known.set(module.leaf, paths) // a list of this instance alone may not be that of the others
    return paths
  }

  return {
    recipe,
    async has(module, key) {
      if (!module.getStaticPaths) return true
      const { isOpen, keys } = await pathsOf(module)
      return isOpen || keys.has(key)
    },
  }
}
