import { diagnostic, fileSpan } from '../../diagnostics/diagnostic.ts'
import type { Host } from '../../host.ts'
import type { RouteFile, Scanned } from '../../model.ts'
import type { Report } from '../../report.ts'
import { findInstrumentation } from './instrumentation.ts'
import { parseSegments } from './segments.ts'

const PAGES = ['pages', 'src/pages'] as const

/** Every route file of the project, and the path its name asks for; and the file of hooks beside them. */
export function scan(host: Host, report: Report): Scanned {
  const [used, other] = PAGES.map((pages) => ({ pages, files: apiFiles(host, pages) })).toSorted(
    (a, b) => Number(b.files.length > 0) - Number(a.files.length > 0),
  )
  const routes = used?.files.flatMap((file) => routeFile(used.pages, file, report)) ?? []
  if (used && other && other.files[0] !== undefined) {
    report.add(diagnostic('folder-ignored', { used: `${used.pages}/api` }, fileSpan(other.files[0])))
  }
  if (routes.length === 0 && !report.hasErrors()) {
    report.add(diagnostic('no-routes', { looked: PAGES.map((pages) => `${pages}/api`).join(' and ') }, fileSpan('pages/api')))
  }
  return { routes, instrumentation: findInstrumentation(used?.pages === 'src/pages' ? 'src/' : '', host, report) }
}

/** Everything below `<pages>/api`, and `<pages>/api.ts`, which is `/api` as well. */
function apiFiles(host: Host, pages: string): string[] {
  const index = ['ts', 'tsx', 'js', 'jsx'].map((extension) => `${pages}/api.${extension}`)
  return [...index.filter((file) => host.exists(file)), ...host.files(`${pages}/api`)]
}

function routeFile(pages: string, file: string, report: Report): RouteFile[] {
  if (/\.d\.[cm]?ts$/.test(file)) return []
  const ignored = /\.[cm][tj]s$/.exec(file)?.[0]
  if (ignored !== undefined) report.add(diagnostic('file-ignored', { extension: ignored }, fileSpan(file)))
  const path = /^(.*)\.(?:tsx?|jsx?)$/s.exec(file.slice(pages.length + 1))?.[1]
  if (path === undefined || ignored !== undefined) return []

  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name === '_middleware') {
    report.add(diagnostic('reserved-name', { name }, fileSpan(file)))
    return []
  }
  if (/(^|\/)__tests__\/|\.(test|spec)$/.test(path)) report.add(diagnostic('test-file', { path: `/${path.replace(/\/index$/, '')}` }, fileSpan(file)))
  // `index` is the folder; only the last one is stripped, as in Next.js
  const segments = parseSegments(path.replace(/\/index$/, ''), file, report)
  return segments ? [{ file, segments }] : []
}
