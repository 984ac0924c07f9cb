import type { ts } from 'ts-morph'
import { diagnostic, fileSpan } from '../../diagnostics/diagnostic.ts'
import type { Host } from '../../host.ts'
import type { Analysed, Route, RouteFile, Scanned } from '../../model.ts'
import type { Report } from '../../report.ts'
import { analyseConfig } from './config-export.ts'
import { analyseHandler } from './handler-export.ts'
import { analyseInstrumentation } from './instrumentation-exports.ts'
import { methodsOf } from './methods.ts'
import { createModules, type Modules } from './modules.ts'
import { parse } from './parse.ts'
import { reportSyntax } from './syntax.ts'

/** What each source says about its handler and config, or its hooks. A file that cannot be parsed is reported and left out. */
export function analyse({ routes, instrumentation }: Scanned, host: Host, report: Report): Analysed {
  const modules = createModules(host)
  const hooks = instrumentation === undefined ? undefined : sourceOf(instrumentation, host, report)
  if (hooks) analyseInstrumentation(hooks, modules, report)
  return {
    routes: routes.flatMap((routeFile) => {
      const source = sourceOf(routeFile.file, host, report)
      return source ? [analyseRoute(routeFile, source, modules, report)] : []
    }),
    instrumentation: hooks?.fileName,
  }
}

/** One file at a time, so that its tree can be forgotten before the next one is read. */
function sourceOf(file: string, host: Host, report: Report): ts.SourceFile | undefined {
  const text = textOf(file, host, report)
  if (text === undefined) return undefined
  const source = parse(file, text)
  return reportSyntax(source, report) ? undefined : source
}

function analyseRoute(routeFile: RouteFile, source: ts.SourceFile, modules: Modules, report: Report): Route {
  const config = analyseConfig(source, modules, report)
  const { span, definition } = analyseHandler(source, modules, report)
  return { ...routeFile, handler: span, config, methods: definition ? methodsOf(definition, modules) : null }
}

function textOf(file: string, host: Host, report: Report): string | undefined {
  try {
    return host.read(file)
  } catch (error) {
    report.add(diagnostic('file-unreadable', { why: error instanceof Error ? error.message : String(error) }, fileSpan(file)))
    return undefined
  }
}
