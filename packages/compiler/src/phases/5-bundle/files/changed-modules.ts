/** Modules whose text in the bundle is another one than on disk. */

import { dirname, extname } from 'node:path'
import type { Loader, Plugin } from 'esbuild'
import { encodePath } from './encode-path.ts'
import { AT } from './source-edits.ts'

export interface ChangedModule {
  readonly contents: string
  readonly loader: Loader
}

/** @param changed by absolute path. */
export function changedModules(changed: ReadonlyMap<string, ChangedModule>): Plugin {
  return {
    name: 'apiroutes-changed',
    setup(build) {
      if (changed.size === 0) return
      build.onLoad({ filter: new RegExp(`^(?:${[...changed.keys()].map(quote).join('|')})$`), namespace: 'file' }, ({ path }) => {
        const found = changed.get(path)
        return found && { ...found, resolveDir: dirname(path) }
      })
    },
  }
}

/** An addon of the project itself, or of a package in its workspace, is copied and loaded from its place. */
export function addons(placeOf: (file: string) => string): Plugin {
  return {
    name: 'apiroutes-addons',
    setup(build) {
      build.onLoad({ filter: /\.node$/, namespace: 'file' }, ({ path }) => ({
        contents: `const place = ${AT}(${JSON.stringify(encodePath(placeOf(path)))})\nmodule.exports = place.require(place.filename)`,
        loader: 'js',
      }))
    },
  }
}

/** As esbuild-options.ts has it: JSX in .js files. */
export function loaderOf(file: string): Loader {
  const extension = extname(file).slice(1).replace(/^[cm]/, '')
  return extension === 'js' ? 'jsx' : (extension as Loader)
}

export function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
