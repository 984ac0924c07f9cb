import type { ts } from 'ts-morph'
import type { Host } from '../../host.ts'
import type { Analysed, ApiRoute, RouteFile, Scanned } from '../../model.ts'
import type { Report } from '../../report.ts'
import { analyseConfig } from './config-export.ts'
import { analyseHandler } from './handler-export.ts'
import { analyseInstrumentation } from './instrumentation-exports.ts'
import { methodsOf } from './methods.ts'
import { createModules, type Modules } from './modules.ts'
import { analysePages } from './pages.ts'
import { sourceOf } from './source.ts'

/** What each source says about its handler and config, its page, or its hooks. A file that cannot be parsed is reported and left out. */
export function analyse({ routes, pages, instrumentation }: Scanned, host: Host, report: Report): Analysed {
  const modules = createModules(host)
  const hooks = instrumentation === undefined ? undefined : sourceOf(instrumentation, host, report)
  if (hooks) analyseInstrumentation(hooks, modules, report)
  const apiRoutes = routes.flatMap((routeFile) => {
    const source = sourceOf(routeFile.file, host, report)
    return source ? [analyseRoute(routeFile, source, modules, report)] : []
  })
  const analysed = pages && analysePages(pages, modules, host, report)
  return { routes: [...apiRoutes, ...(analysed?.routes ?? [])], pages: analysed?.parts, instrumentation: hooks?.fileName }
}

function analyseRoute(routeFile: RouteFile, source: ts.SourceFile, modules: Modules, report: Report): ApiRoute {
  const config = analyseConfig(source, modules, report)
  const { span, definition } = analyseHandler(source, modules, report)
  return { ...routeFile, kind: 'api', handler: span, config, methods: definition ? methodsOf(definition, modules) : null }
}
