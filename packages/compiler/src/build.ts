import { type Diagnostic, diagnostic, fileSpan } from './diagnostics/diagnostic.ts'
import type { Host } from './host.ts'
import type { OutputFiles, RouteTable } from './model.ts'
import type { Options } from './options.ts'
import { scan } from './phases/1-scan/scan.ts'
import { analyse } from './phases/2-analyse/analyse.ts'
import { link } from './phases/3-link/link.ts'
import { emit } from './phases/4-emit/emit.ts'
import { bundle } from './phases/5-bundle/bundle.ts'
import { createReport, type Report } from './report.ts'

export interface BuildResult {
  /** False when there are errors; then nothing has been written. */
  readonly ok: boolean
  readonly diagnostics: readonly Diagnostic[]
  readonly table: RouteTable
}

/** Compiles a project: the pipeline, whole. Writes only after nothing can fail any more. */
export async function build(options: Options, host: Host): Promise<BuildResult> {
  const report = createReport()
  const table = describe(host, report)
  const files = await bundle(emit(table), host, report) // with errors too, so that one run finds all mistakes
  if (files && !report.hasErrors()) await write(files, options, host, report)
  return { ok: !report.hasErrors(), diagnostics: report.all(), table }
}

/** What the app is, before anything is generated. */
export function describe(host: Host, report: Report): RouteTable {
  const files = scan(host, report)
  const routes = analyse(files, host, report)
  return link(routes, report)
}

async function write(files: OutputFiles, { outDir }: Options, host: Host, report: Report): Promise<void> {
  const occupied = await host.replaceFolder(outDir, files)
  if (occupied !== undefined) report.add(diagnostic('output-occupied', { folder: outDir }, fileSpan(`${outDir}/${occupied}`)))
}
