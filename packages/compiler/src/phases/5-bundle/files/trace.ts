/** What the packages outside of the bundle need in order to run from a folder of their own. */

import { lstatSync, readFileSync, realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { nodeFileTrace } from '@vercel/nft'
import { filesBelow } from './files-below.ts'
import { addonFilesOf, loadsAddon, mayBeNative, platformPackagesOf } from './native-packages.ts'
import type { Package, Packages } from './packages.ts'

export interface Trace {
  /** By package: its files, absolute, links followed. */
  readonly files: ReadonlyMap<Package, ReadonlySet<string>>
  /** By package: what it needs, by the name it asks for. */
  readonly needs: ReadonlyMap<Package, ReadonlyMap<string, Package>>
}

/** What @vercel/nft has read and parsed, for the next time. */
export type TraceCache = object

/** Follows every import, addon and file from these files on. */
export async function trace(roots: readonly string[], root: string, packages: Packages, cache: TraceCache): Promise<Trace> {
  const base = parse(root).root
  const { reasons } = await nodeFileTrace([...roots], {
    base,
    processCwd: root,
    cache,
    conditions: ['node', 'module-sync'],
    ignore: (path) => isSecret(path),
    readFile: (path) => readFile(path).catch(() => null),
  })
  const files = new Map<Package, Set<string>>()
  const needs = new Map<Package, Map<string, Package>>()
  const plain: [asker: Package, owner: Package][] = []
  for (const [path, { ignored, parents }] of reasons) {
    const file = join(base, path)
    if (ignored || !lstatSync(file, { throwIfNoEntry: false })) continue
    const real = realpathSync(file)
    const isFolder = lstatSync(real).isDirectory()
    const owner = packages.of(isFolder ? join(real, 'package.json') : real)
    if (!owner) continue
    if (!isFolder) files.set(owner, (files.get(owner) ?? new Set()).add(real))
    for (const parent of parents) {
      const asker = packages.of(realpathSync(join(base, parent)))
      if (!asker || asker === owner) continue
      const link = isFolder ? packages.of(join(file, 'package.json')) : undefined // a link has the name that it is asked for by
      if (link) needs.set(asker, (needs.get(asker) ?? new Map()).set(link.name, owner))
      else plain.push([asker, owner])
    }
  }
  for (const [asker, owner] of plain) {
    const known = needs.get(asker) ?? new Map<string, Package>()
    if (![...known.values()].includes(owner)) needs.set(asker, known.set(owner.name, owner))
  }
  for (const [{ dir }, own] of files) {
    const manifest = join(dir, 'package.json')
    if (lstatSync(manifest, { throwIfNoEntry: false })) own.add(manifest)
  }
  return { files, needs }
}

/** With the addons of native packages for the target, whether they could be traced or not, and the packages for one platform that these name. */
export function withAddons({ files, needs }: Trace, target: string, packages: Packages): Trace {
  const allFiles = new Map(files)
  const allNeeds = new Map(needs)
  const open = [...files].flatMap(([item, own]) =>
    mayBeNative(item) && [...own].some((file) => isScript(file) && loadsAddon(item, readFileSync(file, 'utf8'))) ? [item] : [],
  )
  for (const item of open) {
    allFiles.set(item, new Set([...(allFiles.get(item) ?? []), ...addonFilesOf(item)]))
    for (const other of platformPackagesOf(item, target, packages)) {
      allNeeds.set(item, new Map([...(allNeeds.get(item) ?? []), [other.name, other]]))
      if (!open.includes(other)) open.push(other)
      allFiles.set(other, new Set(filesBelow(other.dir)))
    }
  }
  return { files: allFiles, needs: allNeeds }
}

/** `.env` and its like never go into an output, whoever asks for them. */
export function isSecret(path: string): boolean {
  return /(^|[\\/])\.env(\.[^\\/]*)?$/.test(path)
}

function isScript(file: string): boolean {
  return /\.[cm]?js$/.test(file)
}
