/** The modules whose text has to change so that they work beside the files they ask for. */

import { dirname, resolve } from 'node:path'
import type { Discovery } from './discover.ts'
import { type ChangedModule, loaderOf } from './files/changed-modules.ts'
import { standIn } from './files/outside-modules.ts'
import type { Packages } from './files/packages.ts'
import { isIn, type Plan } from './files/plan.ts'
import { editSource, NEEDS_EDITS, type UnknownImport } from './files/source-edits.ts'
import { jsName } from './files/worker-place.ts'
import { reachable } from './module-graph.ts'

export interface Changes {
  /** By absolute path. */
  readonly modules: ReadonlyMap<string, ChangedModule>
  /** By module. */
  readonly unknownImports: ReadonlyMap<string, readonly UnknownImport[]>
}

export async function changeModules(
  { graph, texts, compiled: compiledModules, workers }: Discovery,
  plan: Plan,
  packages: Packages,
  root: string,
): Promise<Changes> {
  const modules = new Map<string, ChangedModule>()
  const unknownImports = new Map<string, readonly UnknownImport[]>()
  const entered = new Map<string, boolean>() // files of packages outside, and whether something `require`s them
  const isOutside = (file: string) => isIn(plan.outside, file, packages)

  for (const { file, imports } of reachable(graph, isOutside)) {
    for (const { target, isRequire } of imports) {
      if (target !== undefined && isOutside(target)) entered.set(target, isRequire || entered.get(target) === true)
    }
    const text = texts.get(file)
    if (text === undefined) continue
    const compiled = compiledModules.get(file)?.contents ?? text
    const edited = NEEDS_EDITS.test(text) ? editSource(file, compiled, plan.placeOf(file), (name) => nameInOutput(name, file)) : undefined
    const contents = edited?.text ?? compiled
    if (contents !== text) modules.set(file, { contents, loader: loaderOf(file) })
    if (edited && edited.unknownImports.length > 0)
      unknownImports.set(file, compiled === text ? edited.unknownImports : editSource(file, text, '', () => undefined).unknownImports)
  }
  for (const [file, isRequired] of entered) modules.set(file, { contents: await standIn(file, plan.placeOf(file), isRequired), loader: 'js' })
  return { modules, unknownImports }

  /** A worker that is TypeScript is JavaScript in the output. */
  function nameInOutput(name: string, file: string): string | undefined {
    const isWorker = [name, decoded(name)].some((path) => workers.has(resolve(dirname(file), path)) || workers.has(resolve(root, path)))
    return isWorker && jsName(name) !== name ? jsName(name) : undefined
  }
}

/** As `new URL(name, import.meta.url)` reads it. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
