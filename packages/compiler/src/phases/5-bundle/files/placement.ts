/** Where packages lie in the output, so that Node.js finds each of them from each of the others: as npm would install them. */

import type { Package } from './packages.ts'
import type { Trace } from './trace.ts'

/** By package, every folder (relative to the output) that holds it; the first is the one that `server.js` uses. */
export type Placement = ReadonlyMap<Package, readonly [string, ...string[]]>

interface Folder {
  readonly path: string
  readonly parent: Folder | undefined
  /** The package that it is the node_modules of. */
  readonly owner?: Package
  readonly packages: Map<string, Package>
}

/** @param roots what the bundle itself asks for; these get the top level, the first of each name its plain name. */
export function placePackages(roots: readonly Package[], needs: Trace['needs']): Placement {
  const placed = new Map<Package, [string, ...string[]]>()
  const top: Folder = { path: '', parent: undefined, packages: new Map() }
  const open: { item: Package; inside: Folder }[] = []

  function put(item: Package, name: string, folder: Folder): void {
    folder.packages.set(name, item)
    const path = `${folder.path}node_modules/${name}`
    const places = placed.get(item)
    if (places) places.push(path)
    else placed.set(item, [path])
    open.push({ item, inside: { path: `${path}/`, parent: folder, owner: item, packages: new Map() } })
  }

  for (const item of roots) if (!top.packages.has(item.name)) put(item, item.name, top)
  // a second version of a name that is taken: the bundle finds it by its path
  for (const [i, item] of roots.entries())
    if (!placed.has(item)) put(item, item.name, { path: `node_modules/.versions/${i}/`, parent: top, packages: new Map() })

  // Breadth first: all that a package needs has its place before anything that those need in turn could come between.
  for (const { item, inside } of open) {
    for (const [name, needed] of needs.get(item) ?? []) {
      const found = find(name, inside)
      if (found !== needed && !isWithin(needed, inside)) put(needed, name, found === undefined ? top : inside)
    }
  }
  return placed
}

/** Versions that need each other in a circle would nest without end: no tree of folders is right for them. */
function isWithin(item: Package, folder: Folder | undefined): boolean {
  return folder !== undefined && (folder.owner === item || isWithin(item, folder.parent))
}

function find(name: string, folder: Folder | undefined): Package | undefined {
  return folder && (folder.packages.get(name) ?? find(name, folder.parent))
}
