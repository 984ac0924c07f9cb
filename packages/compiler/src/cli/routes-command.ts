import { describe } from '../build.ts'
import { countLine } from '../diagnostics/render.ts'
import { JSON_VERSION } from '../diagnostics/render-json.ts'
import { createNodeHost } from '../host-node.ts'
import { publicRoute } from '../phases/4-emit/public-manifest.ts'
import { createReport } from '../report.ts'
import { printDiagnostics, printDiagnosticsAsJson } from './print.ts'
import { routeTable } from './route-table.ts'
import { paintFor } from './terminal.ts'

/** `apiroutes routes`: phases 1 to 3, and nothing written. @returns the exit code. */
export function runRoutes(dir: string, output: 'text' | 'json'): number {
  const host = createNodeHost(dir)
  const report = createReport()
  const { routes } = describe(host, report)
  if (output === 'json') {
    printDiagnosticsAsJson(report.all(), host)
    for (const route of routes) console.log(JSON.stringify({ version: JSON_VERSION, type: 'route', ...publicRoute(route) }))
  } else {
    printDiagnostics(report.all(), host)
    if (routes.length > 0) console.log(routeTable(routes, paintFor(process.stdout)))
    if (report.hasErrors()) console.error(`apiroutes: ${countLine(report.all())}`)
  }
  return report.hasErrors() ? 1 : 0
}
