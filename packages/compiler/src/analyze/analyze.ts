/** The page of `--analyze`: what is in server.js, by route and package. */

import { relative, resolve, sep } from 'node:path'
import type { Bundled, LinkedRoute } from '../model.ts'
import { createPackages } from '../phases/5-bundle/files/packages.ts'
import { contentsOf, type PackageFile } from './contents.ts'
import { page } from './page.ts'
import { sizesOf } from './sizes.ts'
import { treemap } from './treemap.ts'

/** Beside the output folder, not in it: what is in there gets deployed. */
export function analysisFile(outDir: string): string {
  return `${outDir.replace(/[\\/]+$/, '')}.analyze.html`
}

/** @returns HTML that needs no other file and no network. */
export async function analyze(bundled: Bundled, routes: readonly LinkedRoute[], root: string): Promise<string> {
  const packages = createPackages(root)
  const contents = contentsOf(bundled, routes, packageOf)
  return page(sizesOf(contents), await treemap(contents))

  function packageOf(path: string): PackageFile | undefined {
    const file = resolve(root, path)
    const found = packages.of(file)
    return found && { name: found.name, dir: found.dir, path: relative(found.dir, file).replaceAll(sep, '/') }
  }
}
