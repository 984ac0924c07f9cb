/** Decides what stays out of the bundle, what is copied beside it, and where. */

import { statSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { type Module, type ModuleGraph, reachable } from '../module-graph.ts'
import { filesBelow } from './files-below.ts'
import { loadsAddon, mayBeNative } from './native-packages.ts'
import type { OwnFiles } from './own-files.ts'
import { handsOutItsPlace, packagesWithLostFiles } from './own-folder.ts'
import { isBelow, type Package, type Packages } from './packages.ts'
import { type Placement, placePackages } from './placement.ts'
import type { References } from './references.ts'
import type { Texts } from './texts.ts'
import { isSecret, type Trace, trace, withAddons } from './trace.ts'

export interface Plan {
  /** Packages that run from their own files. */
  readonly outside: ReadonlySet<Package>
  /** Where a file lies in the output, or would lie: relative, with `/`. */
  placeOf(file: string): string
  /** What is copied, by its place in the output. */
  readonly copies: ReadonlyMap<string, Copy>
}

export interface Copy {
  /** Absolute. */
  readonly from: string
  /** What it is copied for, as people read it. */
  readonly why: string
  /** Does the code that reads it start from the working folder? */
  readonly isRelative: boolean
}

export interface PlanInput {
  readonly graph: ModuleGraph
  readonly references: References
  readonly texts: Texts
  readonly ownFiles: ReadonlyMap<string, OwnFiles>
  readonly packages: Packages
  readonly root: string
  /** Packages the user wants outside: they are copied whole. */
  readonly external: readonly string[]
  /** The platform that the output is for. */
  readonly target: string
  /** The user's files that are bundled on their own, hence not copied. */
  readonly workers: ReadonlySet<string>
}

export async function makePlan(input: PlanInput): Promise<Plan> {
  const { root, packages } = input
  const { outside, whole, traced, roots, reasons } = await findOutside(input)
  const kept = reachable(input.graph, (file) => isIn(outside, file, packages))
  const readers = kept.filter(({ file }) => input.references.has(file))
  const owners = [...roots, ...readers.flatMap(({ file }) => input.references.get(file) ?? [])].flatMap((file) => packages.of(file) ?? [])
  const placement = placePackages([...new Set(owners)], traced.needs)
  const placeOf = (file: string) => placeIn(file, root, packages, placement)
  const copies = new Map<string, Copy>()
  for (const [item, folders] of placement) {
    const files = new Set([...(traced.files.get(item) ?? []), ...(whole.has(item) ? filesBelow(item.dir) : [])])
    for (const file of files) {
      for (const folder of folders)
        copies.set(`${folder}/${slashes(relative(item.dir, file))}`, { from: file, why: reasons.get(item) ?? 'needed by another package', isRelative: false })
    }
  }
  for (const { file } of readers) {
    for (const asked of (input.references.get(file) ?? []).flatMap(filesAt)) {
      const to = placeOf(asked)
      const known = copies.get(to)
      if (input.workers.has(asked) || isSecret(asked) || (isBelow(file, root) && isBeyond(asked, root, packages))) continue
      const isRelative =
        isBelow(asked, root) &&
        (/\bprocess\.cwd\b/.test(input.texts.get(file) ?? '') || input.ownFiles.get(file)?.files.some((own) => isBelow(asked, own)) === true)
      copies.set(to, { from: asked, why: `read by ${nameOf(file)}`, ...known, isRelative: isRelative || known?.isRelative === true })
    }
  }
  return { outside, placeOf, copies }

  function nameOf(file: string): string {
    const item = packages.of(file)
    return item ? `${item.name}/${slashes(relative(item.dir, file))}` : slashes(relative(root, file))
  }
}

interface Outside {
  readonly outside: ReadonlySet<Package>
  /** Those of them of which nobody knows what they read. */
  readonly whole: ReadonlySet<Package>
  readonly traced: Trace
  /** The files by which the bundle enters them. */
  readonly roots: readonly string[]
  readonly reasons: ReadonlyMap<Package, string>
}

/** A package with an addon or with code that is found by a path; and, so that nothing exists twice, what these need. */
async function findOutside({ graph, references, texts, packages, root, external, target, workers }: PlanInput): Promise<Outside> {
  const outside = new Set<Package>()
  const whole = new Set<Package>()
  const reasons = new Map<Package, string>()
  const cache = {}
  const add = (item: Package, why: string) => {
    if (!reasons.has(item)) reasons.set(item, why)
    outside.add(item)
  }
  for (;;) {
    const inside = reachable(graph, (file) => isIn(outside, file, packages))
    const before = outside.size
    for (const module of inside) {
      const item = packages.of(module.file)
      if (!item?.isInstalled || outside.has(item)) continue
      const isWanted = external.includes(item.name)
      const code = codeAskedFor(module, references)
      const isNative = mayBeNative(item) && loadsAddon(item, texts.get(module.file) ?? '')
      if (isWanted) add(item, '--external')
      else if (isNative) add(item, 'native addon')
      else if (code !== undefined) add(item, `code found by its path: ${slashes(relative(item.dir, code))}`)
      else if (isLost(module)) add(item, `${slashes(relative(item.dir, module.file))} hands out its folder`)
      if (isWanted || (outside.has(item) && code === undefined && !isNative)) whole.add(item)
    }
    if (outside.size > before) continue

    const roots = [...new Set(inside.flatMap((module) => entriesFrom(module)))].toSorted()
    const traced = roots.length > 0 ? withAddons(await trace(roots, root, packages, cache), target, packages) : { files: new Map(), needs: new Map() }
    for (const { file } of inside) {
      const item = packages.of(file)
      if (item?.isInstalled && traced.files.has(item)) add(item, 'needed by another package')
    }
    if (outside.size > before) continue
    for (const item of await packagesWithLostFiles(traced.files, root)) whole.add(item)
    return { outside, whole, traced, roots, reasons }
  }

  /** A place that leads to no file we know of. */
  function isLost({ file }: Module): boolean {
    const text = texts.get(file)
    return text !== undefined && !references.has(file) && handsOutItsPlace(file, text)
  }

  /** Files of packages outside that this module imports, or finds by their path. */
  function entriesFrom({ file, imports }: Module): string[] {
    const asked = (references.get(file) ?? []).filter((path) => isCode(path) && !workers.has(path))
    const imported = imports.flatMap(({ target }) => (target !== undefined && isIn(outside, target, packages) ? [target] : []))
    return [...asked, ...imported].filter((path) => packages.of(path)?.isInstalled)
  }
}

function codeAskedFor({ file, imports }: Module, references: References): string | undefined {
  const addon = imports.find(({ target }) => target?.endsWith('.node'))
  return addon?.target ?? (references.get(file) ?? []).find(isCode)
}

export function isCode(path: string): boolean {
  return /\.(node|[cm]?[jt]sx?)$/.test(path) && !/\.d\.[cm]?ts$/.test(path)
}

export function isIn(outside: ReadonlySet<Package>, file: string, packages: Packages): boolean {
  const item = packages.of(file)
  return item !== undefined && outside.has(item)
}

function placeIn(file: string, root: string, packages: Packages, placement: Placement): string {
  const item = packages.of(file)
  if (!item) return slashes(relative(root, file)).replaceAll('../', '__/')
  return `${placement.get(item)?.[0] ?? `node_modules/${item.name}`}/${slashes(relative(item.dir, file))}`
}

/** A file of the machine, `/etc/hosts`, or beside the project: from a copy in the output, no path of the project's leads there. */
function isBeyond(file: string, root: string, packages: Packages): boolean {
  return !isBelow(file, root) && packages.of(file) === undefined
}

/** A folder that is asked for is all that lies in it. */
function filesAt(path: string): string[] {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? filesBelow(path) : [path]
}

function slashes(path: string): string {
  return path.replaceAll(sep, '/')
}
