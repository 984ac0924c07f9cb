/**
 * Modules that are not the user's: the generated ones, and the runtime with its dependencies. The latter are named by
 * package, not by where they are installed, so that the same input gives the same bundle in any folder.
 */

import { readFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin, PluginBuild } from 'esbuild'
import type { GeneratedModule } from '../../model.ts'
import { quote } from './files/changed-modules.ts'

const RUNTIME = 'runtime'
const STUB = 'stub'
const EXTERNAL = 'external'

/**
 * What raw-body asks for and the runtime has no use for, by package. Its decoding is done by TextDecoder, and iconv-lite's
 * tables would be 590 KB in every bundle; limits are numbers by now, so `bytes` has nothing to parse; of http-errors (23 KB
 * with its dependencies) it needs an Error with properties; and every stream of today can unpipe.
 */
const STUBS: Readonly<Record<string, string>> = {
  'iconv-lite': `exports.getDecoder = () => { throw new Error('apiroutes: iconv-lite is not part of the runtime') }`,
  bytes: 'exports.parse = (limit) => limit',
  'http-errors': 'module.exports = (status, message, properties) => Object.assign(new Error(message), { status }, properties)',
  unpipe: 'module.exports = (stream) => stream.unpipe()',
}

export function virtualModules(modules: readonly GeneratedModule[], projectRoot: string, externals: readonly string[]): Plugin {
  return {
    name: 'apiroutes',
    setup(build) {
      resolveFiles(build, projectRoot)
      resolveExternals(build, externals)
      resolveGenerated(build, modules, projectRoot)
      resolveRuntime(build)
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
    if (from.namespace === RUNTIME || pluginData === ASKED) return undefined
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

function resolveRuntime(build: PluginBuild): void {
  build.onResolve({ filter: /^@apiroutes\/runtime(\/|$)/, namespace: 'apiroutes' }, ({ path }) => runtimeModule(fileURLToPath(import.meta.resolve(path))))
  build.onLoad({ filter: /.*/, namespace: STUB }, ({ path }) => ({ contents: STUBS[path] ?? '', loader: 'js' }))
  // By Node.js itself: neither the project's tsconfig nor its externals are about the runtime.
  build.onResolve({ filter: /.*/, namespace: RUNTIME }, ({ path, importer, pluginData }) => {
    if (isBuiltin(path)) return { path, external: true, sideEffects: false }
    if (importer.startsWith('raw-body/') && path in STUBS) return { path, namespace: STUB }
    return runtimeModule(createRequire(pluginData.file).resolve(path))
  })
  build.onLoad({ filter: /.*/, namespace: RUNTIME }, ({ pluginData }) => ({
    contents: readFileSync(pluginData.file),
    loader: pluginData.file.endsWith('.json') ? 'json' : 'js',
    pluginData,
  }))
}

function runtimeModule(file: string) {
  const path = file.replaceAll('\\', '/')
  const name = path.includes('/node_modules/')
    ? path.slice(path.lastIndexOf('/node_modules/') + '/node_modules/'.length)
    : `@apiroutes/runtime/${path.slice(path.lastIndexOf('/dist/') + 1)}`
  return { path: name, namespace: RUNTIME, pluginData: { file } }
}
