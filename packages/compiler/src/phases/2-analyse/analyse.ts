import { diagnostic, fileSpan } from '../../diagnostics/diagnostic.ts'
import type { Host } from '../../host.ts'
import type { Route, RouteFile } from '../../model.ts'
import type { Report } from '../../report.ts'
import { analyseConfig } from './config-export.ts'
import { analyseHandler } from './handler-export.ts'
import { parseFiles } from './program.ts'
import { reportSyntax } from './syntax.ts'

/** What each source says about its handler and config. A file that cannot be parsed is reported and left out. */
export function analyse(files: readonly RouteFile[], host: Host, report: Report): Route[] {
  const readable = files.filter(({ file }) => isReadable(file, host, report))
  const sources = parseFiles(
    readable.map(({ file }) => file),
    host,
  )
  return readable.flatMap((routeFile, i) => {
    const source = sources[i]
    if (!source || reportSyntax(source, routeFile.file, report)) return []
    const handler = analyseHandler(source, routeFile.file, report)
    const config = analyseConfig(source, routeFile.file, report)
    return [{ ...routeFile, handler, config }]
  })
}

function isReadable(file: string, host: Host, report: Report): boolean {
  try {
    host.read(file)
    return true
  } catch (error) {
    report.add(diagnostic('file-unreadable', { why: error instanceof Error ? error.message : String(error) }, fileSpan(file)))
    return false
  }
}
