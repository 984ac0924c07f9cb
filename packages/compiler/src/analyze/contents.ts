/** What esbuild has put into server.js, under the names that people know it by. */

import type { Metafile } from 'esbuild'
import type { Bundled, LinkedRoute } from '../model.ts'
import { VIRTUAL } from '../phases/5-bundle/module-graph.ts'

export interface Contents {
  /** Of server.js, as are all sizes here. */
  readonly bytes: number
  /** By esbuild's name. */
  readonly modules: ReadonlyMap<string, Module>
  /** The module of each route. */
  readonly routes: ReadonlyMap<LinkedRoute, string>
}

export interface Module {
  /** Unlike any other's; the folders group it: `routes/api/users/[id]`, `project/lib/db.ts`, `packages/zod/index.js`. */
  readonly name: string
  /** The package it is of, `the project` or `apiroutes`. */
  readonly owner: string
  /** 0 when nothing of it was needed. */
  readonly bytes: number
  /** Modules by esbuild's name, those that are loaded later included. */
  readonly imports: readonly string[]
}

/** A package, and a file's path in it. */
export interface PackageFile {
  readonly name: string
  readonly dir: string
  readonly path: string
}

/** With spaces, as no package has them. */
export const PROJECT = 'the project'
export const RUNTIME = 'the server itself'

const ENTRY = 'apiroutes:entry'
const MANIFEST = 'apiroutes:manifest'
const RUNTIME_MODULE = 'apiroutes:runtime'

/** @param packageOf for a path of esbuild's; undefined for the project's own files. */
export function contentsOf(
  { metafile: { inputs, outputs }, runtimeBytes }: Pick<Bundled, 'metafile' | 'runtimeBytes'>,
  given: readonly LinkedRoute[],
  packageOf: (path: string) => PackageFile | undefined,
): Contents {
  const server = Object.values(outputs).find(({ entryPoint }) => entryPoint === ENTRY)
  const routes = modulesOfRoutes(inputs, given)
  const patterns = new Map([...routes].map(([{ pattern }, path]) => [path, pattern]))
  const labelOf = createLabels()
  const modules = new Map<string, Module>()
  for (const [path, { imports }] of Object.entries(inputs)) {
    const targets = imports.flatMap((item) => (item.external || !Object.hasOwn(inputs, item.path) ? [] : [item.path]))
    const bytes = (server?.inputs[path]?.bytesInOutput ?? 0) + (path === RUNTIME_MODULE ? runtimeBytes : 0)
    modules.set(path, { ...nameOf(path), bytes, imports: [...new Set(targets)] })
  }
  return { bytes: server?.bytes ?? 0, modules, routes }

  function nameOf(path: string): Pick<Module, 'name' | 'owner'> {
    if (VIRTUAL.test(path)) return { name: `${RUNTIME}/${path.replace(':', '/')}`, owner: RUNTIME }
    const pattern = patterns.get(path)
    if (pattern !== undefined) return { name: `routes${pattern === '/' ? '/ (home)' : pattern}`, owner: PROJECT }
    const found = packageOf(path)
    if (!found) return { name: `project/${path}`, owner: PROJECT }
    const owner = labelOf(found)
    return { name: `packages/${owner}/${found.path}`, owner }
  }
}

/** As the manifest imports them: the file of a route may be a link to another one. */
function modulesOfRoutes(inputs: Metafile['inputs'], routes: readonly LinkedRoute[]): Map<LinkedRoute, string> {
  const imported = new Map(inputs[MANIFEST]?.imports.map(({ original = '', path }) => [original.replace(/^(?:\.\/|apiroutes:file:)/, ''), path]))
  return new Map(
    routes.flatMap((route) => {
      const path = imported.get(route.file)
      return path === undefined ? [] : [[route, path]]
    }),
  )
}

/** A package that is there more than once, in different folders, is `zod`, `zod (2)`, … */
function createLabels(): (file: PackageFile) => string {
  const folders = new Map<string, string[]>()
  return ({ name, dir }) => {
    const known = folders.get(name) ?? []
    if (!known.includes(dir)) folders.set(name, [...known, dir])
    const index = folders.get(name)?.indexOf(dir) ?? 0
    return index === 0 ? name : `${name} (${index + 1})`
  }
}
