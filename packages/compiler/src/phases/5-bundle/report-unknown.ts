/** What the build cannot follow, said where the user can do something about it. */

import { relative } from 'node:path'
import { diagnostic, fileSpan } from '../../diagnostics/diagnostic.ts'
import type { Host } from '../../host.ts'
import type { Report } from '../../report.ts'
import type { Changes } from './change-modules.ts'
import type { Discovery } from './discover.ts'
import { isBelow, type Package, type Packages } from './files/packages.ts'
import type { Plan } from './files/plan.ts'
import { workerPlace } from './files/worker-place.ts'
import { fromEsbuild } from './from-esbuild.ts'

/** What a package asks for without saying that it can do without; once for a package and a name. */
export function reportMissing({ missing }: Discovery, packages: Packages, host: Host, report: Report): void {
  const said = new Set<string>()
  for (const { file, specifier, isOptional, message } of missing) {
    const name = packages.of(file)?.name ?? ''
    if (!isOptional && !said.has(`${name} ${specifier}`))
      report.add(diagnostic('package-import-missing', { specifier, name }, fromEsbuild(message, 'error', host).at))
    said.add(`${name} ${specifier}`)
  }
}

/** Every `require(name)` of the user's; of a package's, the first that it cannot do without. */
export function reportUnknownImports({ unknownImports }: Changes, packages: Packages, root: string, report: Report): void {
  const said = new Set<Package>()
  for (const [path, found] of unknownImports) {
    const file = relative(root, path).replaceAll('\\', '/')
    const item = packages.of(path)
    if (!item?.isInstalled) {
      for (const { start, end } of found) report.add(diagnostic('import-not-static', {}, { file, start, end }))
      continue
    }
    const first = found.find(({ isOptional }) => !isOptional)
    if (first && !said.has(item)) report.add(diagnostic('package-import-not-static', { name: item.name }, { file, start: first.start, end: first.end }))
    if (first) said.add(item)
  }
}

/** Paths of the user's that are computed, unless something in the folder they lead into goes along. */
export function reportUnknownPaths({ ownFiles }: Discovery, { copies }: Plan, root: string, report: Report): void {
  const copied = [...copies.values()].map(({ from }) => from)
  for (const [path, { unknown }] of ownFiles) {
    for (const { start, end, folder } of unknown) {
      const isWhole = folder !== root && copied.some((file) => isBelow(file, folder))
      if (!isWhole) report.add(diagnostic('path-not-traced', {}, { file: relative(root, path).replaceAll('\\', '/'), start, end }))
    }
  }
}

/** Files of the app that want the place of one of ours. */
export function reportTakenNames(plan: Plan, workers: ReadonlySet<string>, root: string, report: Report): void {
  const wanted = new Map([...plan.copies].map(([to, { from }]) => [to, from]))
  for (const file of workers) wanted.set(workerPlace(file, plan), file)
  for (const name of ['server.js', 'server.js.map', 'manifest.json']) {
    const from = wanted.get(name)
    if (from !== undefined) report.add(diagnostic('output-name-taken', { name }, fileSpan(relative(root, from).replaceAll('\\', '/'))))
  }
}
