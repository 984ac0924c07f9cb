import type { Host } from './host.ts'
import type { RouteTable } from './model.ts'
import { NO_PAGES, type PageOptions } from './options.ts'
import { scan } from './phases/1-scan/scan.ts'
import { analyse } from './phases/2-analyse/analyse.ts'
import { reportHealthPaths } from './phases/3-link/health-paths.ts'
import { link } from './phases/3-link/link.ts'
import type { Report } from './report.ts'

/** What the app is, before anything is generated: `apiroutes check` and `apiroutes routes` stop here, and never load esbuild. */
export function describe(host: Host, report: Report, options: PageOptions = NO_PAGES): RouteTable {
  const files = scan(host, report, options)
  const analysed = analyse(files, host, report)
  const table = link(analysed, report)
  reportHealthPaths(table, host, report)
  return table
}
