import { describe } from './describe.ts'
import { type Diagnostic, diagnostic, fileSpan } from './diagnostics/diagnostic.ts'
import type { Host } from './host.ts'
import { createNodeHost } from './host-node.ts'
import type { LinkedRoute, OutputFiles } from './model.ts'
import { type BuildOptions, completeOptions, type Options } from './options.ts'
import { emit } from './phases/4-emit/emit.ts'
import { createReport, type Report } from './report.ts'

export interface BuildResult {
  /** False when there are errors (with `strict`, warnings too); then nothing has been written. */
  readonly ok: boolean
  readonly diagnostics: readonly Diagnostic[]
  /** Every route, most specific first. */
  readonly routes: readonly LinkedRoute[]
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
  const { routes, tree } = describe(host, report)
  const { bundle } = await import('./phases/5-bundle/bundle.ts') // only now, since `describe` does without esbuild
  const files = await bundle(emit({ routes, tree }, options), options, host, report) // with errors too, so that one run finds all mistakes
  if (files && isAcceptable(report, options)) await write(files, options, host, report)
  const ok = files !== undefined && isAcceptable(report, options)
  return { ok, diagnostics: report.all(), routes, files: ok ? files : new Map() }
}

function isAcceptable(report: Report, { strict }: Options): boolean {
  return strict ? report.all().length === 0 : !report.hasErrors()
}

async function write(files: OutputFiles, { outDir }: Options, host: Host, report: Report): Promise<void> {
  const refusal = await host.replaceFolder(outDir, files)
  if (refusal?.kind === 'occupied') report.add(diagnostic('output-occupied', { folder: outDir }, fileSpan(`${outDir}/${refusal.name}`)))
  if (refusal?.kind === 'unwritable') report.add(diagnostic('output-unwritable', { folder: outDir, why: refusal.why }, fileSpan(outDir)))
}
