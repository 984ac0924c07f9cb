import { dirname } from 'node:path'
import { analysisFile, analyze } from './analyze/analyze.ts'
import { isAnalysis } from './analyze/page.ts'
import { describe } from './describe.ts'
import { type Diagnostic, diagnostic, fileSpan } from './diagnostics/diagnostic.ts'
import type { Host } from './host.ts'
import { createNodeHost } from './host-node.ts'
import type { Bundled, LinkedRoute, OutputFiles, RouteTable } from './model.ts'
import { type BuildOptions, completeOptions, type Options } from './options.ts'
import { emit } from './phases/4-emit/emit.ts'
import { publicManifest } from './phases/4-emit/public-manifest.ts'
import { bundle } from './phases/5-bundle/bundle.ts'
import { NOTHING_PRERENDERED, prerender } from './prerender.ts'
import { compare, createReport, type Report } from './report.ts'
import { verify } from './verify.ts'

export interface BuildResult {
  /** False when there are errors (with `strict`, warnings too); then nothing has been written. */
  readonly ok: boolean
  readonly diagnostics: readonly Diagnostic[]
  /** Every route, most specific first. */
  readonly routes: readonly LinkedRoute[]
  /** The file whose hooks the server calls, such as `instrumentation.ts`; undefined when there is none. */
  readonly instrumentation: string | undefined
  /** How many pages have been generated; 0 without `prerender`. */
  readonly prerendered: number
  /** What was written, by name; empty unless `ok`. */
  readonly files: OutputFiles
}

/**
 * Compiles a project: the pipeline, whole. Writes only after nothing can fail any more. A mistake in the project is in the
 * result, never thrown.
 */
export async function build(given: BuildOptions = {}, host: Host = createNodeHost(given.dir ?? '.')): Promise<BuildResult> {
  const options = completeOptions(given)
  const report = createReport()
  const table = describe(host, report, options)
  const { routes, instrumentation } = table
  const bundled = await bundle(emit(table), options, host, report) // with errors too, so that one run finds all mistakes
  const built = bundled && withManifest(bundled.files, table)
  if (built && options.verify && isAcceptable(report, options)) await verify(built, options, host, report)
  const prerendered = built && options.prerender && isAcceptable(report, options) ? await prerender(built, options, host, report) : NOTHING_PRERENDERED
  const files = bundled && withManifest(new Map([...bundled.files, ...prerendered.files]), table)
  if (bundled && options.analyze && isAcceptable(report, options)) await writeAnalysis(bundled, routes, options, host, report)
  if (files && isAcceptable(report, options)) await write(files, options, host, report)
  const ok = files !== undefined && isAcceptable(report, options)
  return { ok, diagnostics: report.all(), routes, instrumentation, prerendered: prerendered.pages, files: ok ? files : new Map() }
}

function withManifest(files: OutputFiles, table: RouteTable): OutputFiles {
  const json = publicManifest(table, [...files.keys(), 'manifest.json'].toSorted(compare))
  return new Map([...files, ['manifest.json', new TextEncoder().encode(json)]])
}

function isAcceptable(report: Report, { strict }: Options): boolean {
  return strict ? report.all().length === 0 : !report.hasErrors()
}

async function write(files: OutputFiles, { outDir }: Options, host: Host, report: Report): Promise<void> {
  const refusal = await host.replaceFolder(outDir, files)
  if (refusal?.kind === 'occupied') report.add(diagnostic('output-occupied', { folder: outDir }, fileSpan(`${outDir}/${refusal.name}`)))
  if (refusal?.kind === 'unwritable') report.add(diagnostic('output-unwritable', { folder: outDir, why: refusal.why }, fileSpan(outDir)))
}

async function writeAnalysis(bundled: Bundled, routes: readonly LinkedRoute[], { outDir }: Options, host: Host, report: Report): Promise<void> {
  const file = analysisFile(outDir)
  if (host.exists(file) && !isAnalysis(host.read(file))) return report.add(diagnostic('output-occupied', { folder: dirname(file) }, fileSpan(file)))
  const why = await host.write(file, await analyze(bundled, routes, host.root))
  if (why !== undefined) report.add(diagnostic('output-unwritable', { folder: file, why }, fileSpan(file)))
}
