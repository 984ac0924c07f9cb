import { isBuiltin } from 'node:module'
import type { Plugin } from 'esbuild'
import { nearestBuiltin } from './packages.ts'

/**
 * esbuild takes any name with `node:` for a module of Node.js. One that is nearly the name of a module is a slip; any other may be a module of
 * a newer Node.js than this one.
 */
export const builtinModules: Plugin = {
  name: 'apiroutes-builtin-modules',
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path }) =>
      isBuiltin(path) || nearestBuiltin(path) === undefined ? undefined : { errors: [{ text: `Could not resolve ${JSON.stringify(path)}` }] },
    )
  },
}
