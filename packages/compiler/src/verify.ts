/** Starts what was built and asks whether every route and page loads. */

import { askServer, endingText, type Failure } from './ask-server.ts'
import { type Diagnostic, diagnostic, fileSpan } from './diagnostics/diagnostic.ts'
import type { Host } from './host.ts'
import type { OutputFiles } from './model.ts'
import type { Options } from './options.ts'
import type { Report } from './report.ts'

/** What the server calls the hooks, among the paths of the routes. */
const REGISTER = 'register()'

export async function verify(files: OutputFiles, options: Options, host: Host, report: Report): Promise<void> {
  const { failed, ending } = await askServer(files, '--verify', options, host)
  for (const failure of failed) report.add(notLoading(failure))
  if (ending?.after)
    report.add(notLoading({ ...ending.after, reason: { why: ending.why, from: '' } })) // each is named before it is loaded
  else if (ending) report.add(diagnostic('verify-failed', { why: endingText(ending) }, fileSpan(`${options.outDir}/server.js`)))
}

function notLoading({ path, file, reason }: Failure): Diagnostic {
  const at = fileSpan(file)
  return path === REGISTER ? diagnostic('instrumentation-not-starting', reason, at) : diagnostic('route-not-loading', { path, ...reason }, at)
}
