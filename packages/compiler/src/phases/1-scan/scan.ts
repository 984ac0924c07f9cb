import { diagnostic, fileSpan } from '../../diagnostics/diagnostic.ts'
import type { Host } from '../../host.ts'
import type { RouteFile, Scanned } from '../../model.ts'
import { NO_PAGES, type PageOptions } from '../../options.ts'
import type { Report } from '../../report.ts'
import { findInstrumentation } from './instrumentation.ts'
import { pathOf } from './names.ts'
import { pageFiles, scanPages } from './pages.ts'
import { parseSegments } from './segments.ts'

const PAGES = ['pages', 'src/pages'] as const

/** What one of the two folders has. */
interface Folder {
  readonly pages: string
  readonly api: readonly string[]
  /** Empty without `--pages`. */
  readonly others: readonly string[]
}

/** Every route file of the project, and the path its name asks for; with `--pages` the static pages too; and the file of hooks beside them. */
export function scan(host: Host, report: Report, options: PageOptions = NO_PAGES): Scanned {
  const folders: Folder[] = PAGES.map((pages) => ({ pages, api: apiFiles(host, pages), others: options.pages ? pageFiles(host, pages) : [] }))
  const [used, other] = folders.toSorted((a, b) => weight(b) - weight(a))
  const routes = used?.api.flatMap((file) => routeFile(used.pages, file, report)) ?? []
  if (used && other) reportIgnored(used, other, report)
  const pages = used && options.pages ? scanPages(used.pages, used.others, host, report, options) : undefined
  if (routes.length === 0 && !pages?.files.length) reportNothing(options, report)
  else if (pages?.files.length === 0 && !report.hasErrors()) report.add(diagnostic('no-pages', {}, fileSpan(used?.pages ?? 'pages')))
  return { routes, pages, instrumentation: findInstrumentation(used?.pages === 'src/pages' ? 'src/' : '', host, report) }
}

/** API routes decide which of the two folders is used; where there are none, pages do. */
function weight({ api, others }: Folder): number {
  return (api.length > 0 ? 2 : 0) + (others.length > 0 ? 1 : 0)
}

function reportIgnored(used: Folder, { api: [route], others: [page] }: Folder, report: Report): void {
  if (route !== undefined) report.add(diagnostic('folder-ignored', { used: `${used.pages}/api` }, fileSpan(route)))
  else if (page !== undefined) report.add(diagnostic('folder-ignored', { used: used.pages }, fileSpan(page)))
}

function reportNothing({ pages }: PageOptions, report: Report): void {
  if (report.hasErrors()) return // which may be why there is nothing
  const [what, suffix] = pages ? ['neither pages nor API routes', ''] : ['no API routes', '/api']
  report.add(diagnostic('no-routes', { what, looked: PAGES.map((folder) => folder + suffix).join(' and ') }, fileSpan(`pages${suffix}`)))
}

/** Everything below `<pages>/api`, and `<pages>/api.ts`, which is `/api` as well. */
function apiFiles(host: Host, pages: string): string[] {
  const index = ['ts', 'tsx', 'js', 'jsx'].map((extension) => `${pages}/api.${extension}`)
  return [...index.filter((file) => host.exists(file)), ...host.files(`${pages}/api`)]
}

function routeFile(pages: string, file: string, report: Report): RouteFile[] {
  const path = pathOf(file, { pages, what: 'route' }, report)
  const segments = path === undefined ? undefined : parseSegments(path, file, report)
  return segments ? [{ file, segments }] : []
}
