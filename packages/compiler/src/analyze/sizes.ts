/** How much of server.js each route and each package is. */

import type { LinkedRoute } from '../model.ts'
import { compare } from '../report.ts'
import { type Contents, type Module, RUNTIME } from './contents.ts'

export interface Sizes {
  /** Of server.js. */
  readonly bytes: number
  /** Largest first. */
  readonly routes: readonly RouteSize[]
  /** The project and the server itself included; largest first. Together with `between` they are `bytes`. */
  readonly owners: readonly OwnerSize[]
  /** What belongs to no module: wrappers and comments. */
  readonly between: number
}

export interface RouteSize {
  readonly pattern: string
  readonly file: string
  /** Of all that it imports, directly or not; without the server itself. */
  readonly total: number
  /** Of what no other route imports: so much smaller server.js is without it. */
  readonly own: number
  /** What it imports from each package; largest first. */
  readonly owners: readonly Part[]
}

export interface Part {
  readonly name: string
  readonly bytes: number
}

export interface OwnerSize extends Part {
  /** The patterns of the routes that import something of it, in the order of the route table. */
  readonly routes: readonly string[]
}

export function sizesOf({ bytes, modules, routes }: Contents): Sizes {
  const users = new Map<Module, LinkedRoute | 'many'>()
  const totals = [...routes].map(([route, path]) => {
    const parts = new Map<string, number>()
    for (const module of reachable(modules, path)) {
      if (module.owner === RUNTIME || module.bytes === 0) continue
      users.set(module, users.has(module) ? 'many' : route)
      add(parts, module.owner, module.bytes)
    }
    return { route, owners: sorted(parts) }
  })

  const own = new Map<LinkedRoute, number>()
  for (const [module, user] of users) if (user !== 'many') add(own, user, module.bytes)
  const owners = new Map<string, number>()
  for (const module of modules.values()) if (module.bytes > 0) add(owners, module.owner, module.bytes)
  const patterns = patternsByOwner(totals)
  return {
    bytes,
    routes: totals
      .map(({ route, owners }) => ({ pattern: route.pattern, file: route.file, total: sum(owners), own: own.get(route) ?? 0, owners }))
      .toSorted((a, b) => b.total - a.total || compare(a.pattern, b.pattern)),
    owners: sorted(owners).map((part) => ({ ...part, routes: patterns.get(part.name) ?? [] })),
    between: bytes - sum(sorted(owners)),
  }
}

function reachable(modules: Contents['modules'], start: string): Module[] {
  const seen = new Set([start])
  const found: Module[] = []
  for (const path of seen) {
    const module = modules.get(path)
    if (!module) continue
    found.push(module)
    for (const target of module.imports) seen.add(target) // a Set goes on with what is added to it
  }
  return found
}

function patternsByOwner(totals: readonly { readonly route: LinkedRoute; readonly owners: readonly Part[] }[]): Map<string, string[]> {
  const patterns = new Map<string, string[]>()
  for (const { route, owners } of totals) {
    for (const { name } of owners) {
      const known = patterns.get(name)
      if (known) known.push(route.pattern)
      else patterns.set(name, [route.pattern])
    }
  }
  return patterns
}

function add<Key>(sums: Map<Key, number>, key: Key, bytes: number): void {
  sums.set(key, (sums.get(key) ?? 0) + bytes)
}

function sorted(parts: ReadonlyMap<string, number>): Part[] {
  return [...parts].map(([name, bytes]) => ({ name, bytes })).toSorted((a, b) => b.bytes - a.bytes || compare(a.name, b.name))
}

function sum(parts: readonly Part[]): number {
  return parts.reduce((total, { bytes }) => total + bytes, 0)
}
