import { diagnostic, fileSpan } from '../../diagnostics/diagnostic.ts'
import type { Host } from '../../host.ts'
import type { Route, RouteFile } from '../../model.ts'
import type { Report } from '../../report.ts'
import { analyseConfig } from './config-export.ts'
import { analyseHandler } from './handler-export.ts'
import { methodsOf } from './methods.ts'
import { createModules, type Modules } from './modules.ts'
import { parse } from './parse.ts'
import { reportSyntax } from './syntax.ts'

/** What each source says about its handler and config. A file that cannot be parsed is reported and left out. */
export function analyse(files: readonly RouteFile[], host: Host, report: Report): Route[] {
  const modules = createModules(host)
  return files.flatMap((routeFile) => {
    const text = textOf(routeFile.file, host, report)
    return text === undefined ? [] : analyseFile(routeFile, text, modules, report)
  })
}

/** One file at a time, so that its tree can be forgotten before the next one is read. */
function analyseFile(routeFile: RouteFile, text: string, modules: Modules, report: Report): Route[] {
  const source = parse(routeFile.file, text)
  if (reportSyntax(source, report)) return []
  const config = analyseConfig(source, modules, report)
  const { span, definition } = analyseHandler(source, modules, report)
  return [{ ...routeFile, handler: span, config, methods: definition ? methodsOf(definition, modules) : null }]
}

function textOf(file: string, host: Host, report: Report): string | undefined {
  try {
    return host.read(file)
  } catch (error) {
    report.add(diagnostic('file-unreadable', { why: error instanceof Error ? error.message : String(error) }, fileSpan(file)))
    return undefined
  }
}
