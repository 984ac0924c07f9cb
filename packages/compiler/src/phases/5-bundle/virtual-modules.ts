/** Modules that esbuild cannot find by itself: the generated ones, and those that stay outside. */

import { join } from 'node:path'
import type { Plugin, PluginBuild } from 'esbuild'
import type { GeneratedModule } from '../../model.ts'
import { quote } from './files/changed-modules.ts'

const EXTERNAL = 'external'

export function virtualModules(modules: readonly GeneratedModule[], projectRoot: string, externals: readonly string[]): Plugin {
  return {
    name: 'apiroutes',
    setup(build) {
      resolveFiles(build, projectRoot)
      resolveExternals(build, externals)
      resolveGenerated(build, modules, projectRoot)
    },
  }
}

/** Files that esbuild cannot be asked for by a path. */
function resolveFiles(build: PluginBuild, projectRoot: string): void {
  const prefix = 'apiroutes:file:'
  build.onResolve({ filter: /^apiroutes:file:/ }, ({ path }) => ({ path: join(projectRoot, path.slice(prefix.length)) }))
}

/**
 * An external package that is not installed stays a name, looked for when the server runs; as CommonJS, since esbuild hoists an external
 * `import` to the top of the file, where a package that is missing would take all routes down.
 */
function resolveExternals(build: PluginBuild, packages: readonly string[]): void {
  if (packages.length === 0) return
  build.onResolve({ filter: new RegExp(`^(?:${packages.map(quote).join('|')})(?:/|$)`) }, async ({ path, pluginData, ...from }) => {
    if (pluginData === ASKED) return undefined
    if (from.namespace === EXTERNAL) return { path, external: true }
    const { importer, resolveDir, kind } = from
    const found = await build.resolve(path, { importer, resolveDir, kind, pluginData: ASKED })
    return found.errors.length === 0 && /[\\/]node_modules[\\/]/.test(found.path) ? { path: found.path } : { path, namespace: EXTERNAL }
  })
  build.onLoad({ filter: /.*/, namespace: EXTERNAL }, ({ path }) => ({ contents: `module.exports = require(${JSON.stringify(path)})`, loader: 'js' }))
}

/** Marks a resolution that `resolveExternals` has asked for itself. */
const ASKED = Symbol('asked')

/** The code of packages that stay outside is not looked at. */
export function placeholders(packages: readonly string[]): Plugin {
  return {
    name: 'apiroutes-placeholders',
    setup(build) {
      if (packages.length === 0) return
      build.onLoad({ filter: new RegExp(`/(?:${packages.map(quote).join('|')})/`), namespace: 'file' }, ({ path }) => {
        const [, name] = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(path) ?? []
        return name !== undefined && packages.includes(name) ? { contents: 'module.exports = {}', loader: 'js' } : undefined
      })
    },
  }
}

function resolveGenerated(build: PluginBuild, modules: readonly GeneratedModule[], resolveDir: string): void {
  const sources = new Map(modules.map(({ id, code }) => [id, code]))
  build.onResolve({ filter: /^apiroutes:/ }, ({ path, kind }) =>
    sources.has(path) ? { path: path.slice('apiroutes:'.length), namespace: 'apiroutes', sideEffects: kind === 'entry-point' } : undefined,
  )
  build.onLoad({ filter: /.*/, namespace: 'apiroutes' }, ({ path }) => ({ contents: sources.get(`apiroutes:${path}`) ?? '', loader: 'js', resolveDir }))
}
