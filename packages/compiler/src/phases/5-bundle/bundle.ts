import { readFileSync, statSync } from 'node:fs'
import { dirname, extname, relative, resolve } from 'node:path'
import { type BuildResult, build, type Message } from 'esbuild'
import { diagnostic, fileSpan } from '../../diagnostics/diagnostic.ts'
import type { Host } from '../../host.ts'
import type { Bundled, Emitted, OutputFile, OutputFiles } from '../../model.ts'
import type { Options } from '../../options.ts'
import type { Report } from '../../report.ts'
import { withBuildId } from './build-id.ts'
import { type Changes, changeModules } from './change-modules.ts'
import { type Discovery, discover, isBuildFailure } from './discover.ts'
import { esbuildOptions } from './esbuild-options.ts'
import { addons, changedModules } from './files/changed-modules.ts'
import { chooseAddons } from './files/choose-addons.ts'
import { createPackages, isBelow } from './files/packages.ts'
import { isCode, makePlan, type Plan } from './files/plan.ts'
import { shim } from './files/shim.ts'
import { isSecret } from './files/trace.ts'
import { workerPlace } from './files/worker-place.ts'
import { workingFolder } from './files/working-folder.ts'
import { addFromEsbuild } from './from-esbuild.ts'
import { withLazyModules } from './lazy-modules.ts'
import { reportMissing, reportTakenNames, reportUnknownImports, reportUnknownPaths } from './report-unknown.ts'
import { addRuntime, type OurCode } from './runtime.ts'
import { virtualModules } from './virtual-modules.ts'

/** So that `node server.js` takes it for what it is, whatever package the folder lies in. */
const PACKAGE_JSON = { private: true, type: 'module', main: 'server.js' }

/**
 * Modules, runtime and user code in one file, and what lies beside it. Twice at most: a first bundle shows what the app consists of;
 * when some of it has to live in files of its own, or it needs more of the runtime than most apps do, a second one is made.
 * Undefined when something cannot be bundled.
 */
export async function bundle(emitted: Emitted, options: Options, host: Host, report: Report): Promise<Bundled | undefined> {
  const packages = createPackages(host.root)
  const ours = addRuntime(emitted)
  const found = await discover(ours, options, host, packages)
  if (Array.isArray(found)) {
    for (const failure of found) addFromEsbuild(failure, 'error', host, report)
    return undefined
  }
  for (const warning of found.result.warnings) if (!isAboutTypes(warning, found, host)) addFromEsbuild(warning, 'warning', host, report)
  reportMissing(found, packages, host, report)
  const { workers } = found
  const target = options.target ?? host.platform
  const traced = await makePlan({ ...found, packages, root: host.root, external: options.external, target })
  const { copies, foreign } = chooseAddons(traced.copies, target, packages)
  for (const { file, platform } of foreign) report.add(diagnostic('addon-platform', { platform, target }, fileSpan(relative(host.root, file))))
  const plan = { ...traced, copies: await withIncluded(copies, options, host, report) }
  const changes = await changeModules(found, plan, packages, host.root)
  reportTakenNames(plan, workers, host.root, report)
  reportUnknownImports(changes, packages, host.root, report)
  reportUnknownPaths(found, plan, host.root, report)
  const isAll = options.external.length === 0 && ![...plan.copies.values()].some(({ from }) => isCode(from)) // of what is outside the texts are not known
  const runtime = await ours.runtimeFor(found.texts, isAll)
  const isWhole = found.runtime === runtime && changes.modules.size === 0 && plan.copies.size === 0 && workers.size === 0
  try {
    const bundled = isWhole
      ? { files: outputOf(found.result, 'server.js'), metafile: found.result.metafile }
      : await bundleAgain({ ...ours, runtime }, found, plan, changes, options, host)
    const { files, metafile } = options.minify ? bundled : withLazyModules(bundled)
    const all = new Map<string, OutputFile>([...copiesOf(plan), ...files, ['package.json', packageJson(plan)]]) // what is ours wins
    return { files: options.pages ? withBuildId(all) : all, metafile, runtimeBytes: Buffer.byteLength(runtime) }
  } catch (error) {
    if (!isBuildFailure(error)) throw error
    for (const failure of error.errors) addFromEsbuild(failure, 'error', host, report)
    return undefined
  }
}

/** TypeScript asks at run time whether what it took for a type of a decorated member is a class; esbuild knows that it is nothing. */
function isAboutTypes({ id, location }: Message, { compiled }: Discovery, host: Host): boolean {
  return id === 'import-is-undefined' && location !== null && compiled.has(resolve(host.root, location.file))
}

/** What `--include` names goes to the place it has in the project. */
async function withIncluded(copies: Plan['copies'], { include, outDir }: Options, host: Host, report: Report): Promise<Plan['copies']> {
  const all = new Map(copies)
  for (const pattern of include) {
    const found = (await host.glob(pattern)).map((file) => resolve(host.root, file))
    const files = found.filter((file) => !isSecret(file) && isBelow(file, host.root) && !isBelow(file, resolve(host.root, outDir)))
    if (files.length === 0) report.add(diagnostic('include-nothing', { pattern }, fileSpan('.')))
    for (const from of files) all.set(relative(host.root, from).replaceAll('\\', '/'), { from, why: `--include ${pattern}`, isRelative: true })
  }
  return all
}

interface Ours extends Pick<OurCode, 'modules'> {
  readonly runtime: string
}

/** The server, and each worker on its own: a worker shares no state with the server, wherever its code comes from. */
async function bundleAgain(
  { modules, runtime }: Ours,
  found: Discovery,
  plan: Plan,
  changes: Changes,
  options: Options,
  host: Host,
): Promise<Omit<Bundled, 'runtimeBytes'>> {
  const files = new Map<string, OutputFile>()
  let { metafile } = found.result
  const relativeToWorkingFolder = [...plan.copies].flatMap(([to, { isRelative }]) => (isRelative ? [to] : []))
  const targets = [{ entry: modules[0].id, to: 'server.js' }, ...[...found.workers].map((file) => ({ entry: file, to: workerPlace(file, plan) }))]
  for (const { entry, to } of targets) {
    const generated = [...modules, shim(relative(dirname(to), '.') || '.'), workingFolder(relativeToWorkingFolder)]
    const inject = ['apiroutes:shim', ...(to === 'server.js' && relativeToWorkingFolder.length > 0 ? ['apiroutes:working-folder'] : [])]
    const plugins = [...found.resolvers, changedModules(changes.modules), addons(plan.placeOf), virtualModules(generated, host.root, options.external)]
    const result = await build({
      ...esbuildOptions({ [to.replace(/\.m?js$/, '')]: entry }, options, host, plugins, to === 'server.js' ? runtime : ''),
      inject,
      outExtension: { '.js': extname(to) },
    })
    for (const [name, bytes] of outputOf(result, to)) files.set(name, bytes)
    if (to === 'server.js') metafile = result.metafile
  }
  return { files, metafile }
}

function outputOf({ outputFiles = [] }: BuildResult, name: string): OutputFiles {
  return new Map(outputFiles.map(({ path, contents }) => [path.endsWith('.map') ? `${name}.map` : name, contents]))
}

function copiesOf({ copies }: Plan): [string, OutputFile][] {
  return [...copies].map(([to, { from, why }]) => [to, { from, why, length: statSync(from).size }])
}

/** The project's own, when its code reads it. */
function packageJson({ copies }: Plan): OutputFile {
  const own = copies.get('package.json')
  const theirs = own ? JSON.parse(readFileSync(own.from, 'utf8')) : {}
  return new TextEncoder().encode(`${JSON.stringify({ ...theirs, ...PACKAGE_JSON }, null, 2)}\n`)
}
