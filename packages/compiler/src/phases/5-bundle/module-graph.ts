/** What esbuild has bundled, as a graph of files. */

import { resolve } from 'node:path'
import type { Metafile } from 'esbuild'

export interface ModuleGraph {
  /** By absolute path; the modules that are not the user's by the id esbuild has for them. */
  readonly modules: ReadonlyMap<string, Module>
  readonly entries: readonly string[]
}

export interface Module {
  /** Absolute. */
  readonly file: string
  /** False for what exists only in the bundle, the runtime included. */
  readonly isFile: boolean
  readonly imports: readonly Import[]
}

export interface Import {
  /** As it is written in the source. */
  readonly specifier: string
  /** The key of a module; undefined for what stays outside. */
  readonly target: string | undefined
  /** Does it want a `require`d value rather than a namespace? */
  readonly isRequire: boolean
}

/** Namespaces of virtual-modules.ts, which esbuild writes before a colon. */
export const VIRTUAL = /^(apiroutes|external|missing|addon):/

export function graphOf({ inputs, outputs }: Metafile, root: string): ModuleGraph {
  const key = (path: string) => (VIRTUAL.test(path) ? path : resolve(root, path))
  const modules = Object.entries(inputs).map(([path, { imports }]): Module => {
    return {
      file: key(path),
      isFile: !VIRTUAL.test(path),
      imports: imports.map((item) => ({
        specifier: item.original ?? item.path,
        target: item.external ? undefined : key(item.path),
        isRequire: item.kind === 'require-call' || item.kind === 'require-resolve',
      })),
    }
  })
  const entries = Object.values(outputs).flatMap(({ entryPoint }) => (entryPoint === undefined ? [] : [key(entryPoint)]))
  return { modules: new Map(modules.map((module) => [module.file, module])), entries }
}

/** What is left in the bundle when some of its modules stay outside. */
export function reachable({ modules, entries }: ModuleGraph, isOutside: (file: string) => boolean): Module[] {
  const seen = new Set(entries)
  const found: Module[] = []
  for (const file of seen) {
    const module = modules.get(file)
    if (!module || isOutside(file)) continue
    found.push(module)
    for (const { target } of module.imports) if (target !== undefined) seen.add(target) // a Set goes on with what is added to it
  }
  return found
}
