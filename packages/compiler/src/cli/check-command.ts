import { describe } from '../describe.ts'
import { countLine, countOf } from '../diagnostics/render.ts'
import { JSON_VERSION } from '../diagnostics/render-json.ts'
import { createNodeHost } from '../host-node.ts'
import { createReport } from '../report.ts'
import type { Output } from './arguments.ts'
import { printDiagnostics, printFailure } from './print.ts'

export interface CheckOptions {
  readonly dir: string
  readonly pages: boolean
  readonly strict: boolean
  readonly output: Output
}

/** `apiroutes check`: phases 1 to 3, for CI and editors. @returns the exit code. */
export function runCheck({ dir, pages, strict, output: { format, quiet } }: CheckOptions): number {
  const host = createNodeHost(dir)
  const report = createReport()
  const { routes } = describe(host, report, { pages })
  const found = report.all()
  const ok = strict ? found.length === 0 : !report.hasErrors()
  printDiagnostics(found, format, host)
  if (format === 'json') {
    console.log(
      JSON.stringify({ version: JSON_VERSION, type: 'check', ok, routes: routes.length, ...countOf(found), milliseconds: Math.round(performance.now()) }),
    )
  } else if (!ok) printFailure('check', found, format)
  else if (found.length > 0 || !quiet) console.log(`${countLine(found) || 'no problems'} in ${routes.length} ${routes.length === 1 ? 'route' : 'routes'}`)
  return ok ? 0 : 1
}
