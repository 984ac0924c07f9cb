/** A first bundle, to see what the app consists of: its modules, the files they ask for, and the workers among these. */

import { type BuildFailure, type BuildResult, build, type BuildOptions as EsbuildOptions, type Message, type Plugin } from 'esbuild'
import type { Host } from '../../host.ts'
import type { Options } from '../../options.ts'
import { esbuildOptions } from './esbuild-options.ts'
import { addons, type ChangedModule, changedModules, loaderOf } from './files/changed-modules.ts'
import { createDecoratorMetadata } from './files/decorators.ts'
import { isReact, type MissingImport, missingImport, missingImports, projectReact, unresolvedImport } from './files/optional-imports.ts'
import { findOwnFiles, MAY_NAME_FILES, type OwnFiles } from './files/own-files.ts'
import type { Packages } from './files/packages.ts'
import { isCode } from './files/plan.ts'
import { findReferences, type References } from './files/references.ts'
import { readTexts, type Texts } from './files/texts.ts'
import { graphOf, type ModuleGraph } from './module-graph.ts'
import type { OurCode } from './runtime.ts'
import { builtinModules } from './unresolved/builtin-modules.ts'
import { placeholders, virtualModules } from './virtual-modules.ts'

export interface Discovery {
  readonly graph: ModuleGraph
  readonly texts: Texts
  /** Modules that went through TypeScript for the types of their decorators. */
  readonly compiled: ReadonlyMap<string, ChangedModule>
  readonly references: References
  /** By module of the project or its workspace. */
  readonly ownFiles: ReadonlyMap<string, OwnFiles>
  /** Files of the project that are run by their path, absolute. */
  readonly workers: ReadonlySet<string>
  readonly missing: readonly MissingImport[]
  /** How imports are resolved that cannot be by the rules alone. */
  readonly resolvers: readonly Plugin[]
  readonly result: BuildResult<{ metafile: true }>
  /** What the result begins with. Empty in a draft, which has no source map and the like either; else the result is the last word when nothing has to change. */
  readonly runtime: string
}

/** Half of the time of a large bundle is its source map; a bundle that will most likely be made again needs none. */
const DRAFT = { sourcemap: false, minify: false, keepNames: false, legalComments: 'none' } as const

/** @returns esbuild's errors when there can be no bundle. */
export async function discover({ modules, runtimeFor }: OurCode, options: Options, host: Host, packages: Packages): Promise<Discovery | Message[]> {
  const workers = new Set<string>()
  const missing: MissingImport[] = []
  const isDraft = hasDependencies(host)
  const runtime = isDraft ? '' : await runtimeFor(new Map(), true) // most apps need no other
  const withMetadata = createDecoratorMetadata()
  const compiled = new Map<string, ChangedModule>()
  let react: Plugin[] = []
  /** With imports that cannot be resolved esbuild does not look at what they import, nor at what is missing elsewhere. */
  async function otherErrors(errors: readonly Message[]): Promise<Message[]> {
    const stubs = errors.flatMap((message) => unresolvedImport(message, host.root) ?? [])
    if (stubs.length === 0) return []
    const plugins = [
      changedModules(compiled),
      ...react,
      missingImports([...missing, ...stubs]),
      addons(() => ''),
      virtualModules(modules, host.root, options.external),
    ]
    const again = await tryBuild({ ...esbuildOptions({ server: modules[0].id }, options, host, plugins), ...DRAFT })
    return Array.isArray(again) ? again.filter(({ text }) => !errors.some((known) => known.text === text)) : []
  }

  for (;;) {
    const plugins = [
      changedModules(compiled),
      ...react,
      missingImports(missing),
      addons(() => ''),
      placeholders(options.external),
      virtualModules(modules, host.root, options.external),
      builtinModules,
    ]
    const entries = { server: modules[0].id, ...Object.fromEntries([...workers].map((file, i) => [`worker${i}`, file])) }
    const built = await tryBuild({ ...esbuildOptions(entries, options, host, plugins, runtime), ...(isDraft ? DRAFT : {}) })
    if (Array.isArray(built)) {
      const more = built.flatMap((message) => missingImport(message, host.root, packages) ?? [])
      const isReactMissing = react.length === 0 && built.some(isReact)
      if (more.length === 0 && !isReactMissing) return [...built, ...(await otherErrors(built))]
      missing.push(...more)
      if (isReactMissing) react = [projectReact(host.root)]
      continue
    }
    const graph = graphOf(built.metafile, host.root)
    const texts = await readTexts(graph.modules.values())
    const before = workers.size + compiled.size
    for (const [file, text] of texts) {
      const contents = compiled.has(file) ? undefined : withMetadata(file, text) // may import what was only a type
      if (contents !== undefined) compiled.set(file, { contents, loader: loaderOf(file) })
    }
    const ownFiles = findAllOwnFiles(texts, host.root, packages)
    const traced = await findReferences([...graph.modules.values()], texts, host.root, packages)
    const references = new Map(
      [...traced.keys(), ...ownFiles.keys()].map((file) => [file, [...new Set([...(traced.get(file) ?? []), ...(ownFiles.get(file)?.files ?? [])])]]),
    )
    const data = new Set([...ownFiles.values()].flatMap((own) => own.data))
    for (const file of [...references.values()].flat()) if (isWorker(file, packages) && !data.has(file)) workers.add(file)
    if (workers.size + compiled.size > before) continue
    return { graph, texts, compiled, references, ownFiles, workers, missing, resolvers: [...react, missingImports(missing)], result: built, runtime }
  }
}

/** Code that is found by its path and is not a package's, so that it has to be compiled. */
function isWorker(file: string, packages: Packages): boolean {
  return isCode(file) && !file.endsWith('.node') && !packages.of(file)?.isInstalled
}

/** Packages are what has files of its own, and what is large: a project that names any is bundled as a draft first. */
function hasDependencies(host: Host): boolean {
  return host.exists('package.json') && /"dependencies"\s*:\s*\{\s*"/.test(host.read('package.json'))
}

async function tryBuild(options: EsbuildOptions & { metafile: true }) {
  try {
    return await build(options)
  } catch (error) {
    if (isBuildFailure(error)) return error.errors
    throw error
  }
}

export function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors)
}

function findAllOwnFiles(texts: Texts, root: string, packages: Packages): Map<string, OwnFiles> {
  const ours = [...texts].filter(([file, text]) => !packages.of(file)?.isInstalled && MAY_NAME_FILES.test(text))
  return new Map(ours.map(([file, text]) => [file, findOwnFiles(file, text, root)]))
}
