import { describe } from '../describe.ts'
import { countLine, countOf } from '../diagnostics/render.ts'
import { JSON_VERSION } from '../diagnostics/render-json.ts'
import { createNodeHost } from '../host-node.ts'
import { publicRoute } from '../phases/4-emit/public-manifest.ts'
import { createReport } from '../report.ts'
import type { Format } from './arguments.ts'
import { printDiagnostics } from './print.ts'
import { routeTable } from './route-table.ts'
import { paintFor } from './terminal.ts'

export interface RoutesOptions {
  readonly dir: string
  readonly pages: boolean
  readonly format: Format
}

/** `apiroutes routes`: phases 1 to 3, and nothing written. @returns the exit code. */
export function runRoutes({ dir, pages, format }: RoutesOptions): number {
  const host = createNodeHost(dir)
  const report = createReport()
  const table = describe(host, report, { pages })
  const { routes, instrumentation } = table
  const found = report.all()
  const ok = !report.hasErrors()
  printDiagnostics(found, format, host)
  if (format === 'json') {
    for (const route of routes) console.log(JSON.stringify({ version: JSON_VERSION, type: 'route', ...publicRoute(route) }))
    console.log(
      JSON.stringify({
        version: JSON_VERSION,
        type: 'routes',
        ok,
        routes: routes.length,
        ...(instrumentation === undefined ? {} : { instrumentation }),
        ...countOf(found),
      }),
    )
  } else {
    if (routes.length > 0) console.log(routeTable(table, paintFor(process.stdout)))
    if (found.length > 0) console.error(`apiroutes: ${countLine(found)}`)
  }
  return ok ? 0 : 1
}
