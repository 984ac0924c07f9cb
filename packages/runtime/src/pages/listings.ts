/** The lists of paths that `getStaticPaths` gives, one for each page with params. */

import type { PageLeaf } from '../manifest.ts'
import type { PreparedPage } from './answer.ts'
import type { PageCache, Recipe } from './page-cache.ts'
import type { PageModule } from './page-module.ts'
import { checkStaticPaths, type StaticPaths } from './static-paths.ts'

export interface Listings {
  /** Made once for a build, as in Next.js. */
  pathsOf(module: PageModule): Promise<StaticPaths>
  /** A list is kept as pages are, so that all instances of a build have the same. */
  recipe(module: PageModule): Recipe
}

/** @param answers has the page this path? */
export function createListings(cache: PageCache<PreparedPage>, answers: (leaf: PageLeaf, segments: readonly string[]) => boolean): Listings {
  const known = new Map<PageLeaf, StaticPaths>()

  function recipe({ leaf, getStaticPaths }: PageModule): Recipe {
    return {
      key: `paths of ${leaf.pattern}`,
      async make() {
        const made = Date.now()
        const paths = checkStaticPaths(await getStaticPaths?.({}), leaf, (segments) => answers(leaf, segments))
        return { status: 200, body: JSON.stringify(paths), revalidate: false, made }
      },
    }
  }

  return {
    recipe,
    async pathsOf(module) {
      const found = known.get(module.leaf)
      if (found) return found
      const { copy, state } = await cache.get(recipe(module))
      const paths: StaticPaths = JSON.parse(copy.page.body)
      if (state !== 'STALE') known.set(module.leaf, paths) // a list of this instance alone may not be that of the others
      return paths
    },
  }
}
