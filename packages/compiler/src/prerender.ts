/** Starts what was built and lets it generate the pages whose paths are known. */

import { askServer, endingText } from './ask-server.ts'
import { diagnostic, fileSpan } from './diagnostics/diagnostic.ts'
import type { Host } from './host.ts'
import type { OutputFiles } from './model.ts'
import type { Options } from './options.ts'
import type { Report } from './report.ts'

export interface Prerendered {
  /** How many there are. */
  readonly pages: number
  /** What the server begins with, as it has written it itself. */
  readonly files: OutputFiles
}

export const NOTHING_PRERENDERED: Prerendered = { pages: 0, files: new Map() }

export async function prerender(files: OutputFiles, options: Options, host: Host, report: Report): Promise<Prerendered> {
  const { failed, ending, pages, prerendered } = await askServer(files, '--prerender', options, host)
  for (const { path, file, reason } of failed) report.add(diagnostic('page-not-prerendered', { path, ...reason }, fileSpan(file)))
  if (ending) report.add(diagnostic('prerender-failed', { why: endingText(ending) }, fileSpan(`${options.outDir}/server.js`)))
  return { pages, files: prerendered }
}
