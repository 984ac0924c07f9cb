/** What the sources of static pages say: the pages, `_document`, and the module of `--page-store`. */

import type { ts } from 'ts-morph'
import { diagnostic, type Span } from '../../diagnostics/diagnostic.ts'
import type { Host } from '../../host.ts'
import type { Page, PageFiles, PageParts, RouteFile } from '../../model.ts'
import type { Report } from '../../report.ts'
import { reportBrowserImports } from './browser-imports.ts'
import { reportEdgePage } from './config-export.ts'
import { isInstalled } from './installed.ts'
import type { Modules } from './modules.ts'
import { analyseComponent, analyseDataExports, analyseStore } from './page-exports.ts'
import { usesReact } from './react.ts'
import { sourceOf } from './source.ts'

interface Analysis {
  readonly routes: readonly Page[]
  readonly parts: PageParts
}

export function analysePages({ files, document, store }: PageFiles, modules: Modules, host: Host, report: Report): Analysis {
  const missing = ['react', 'react-dom'].filter((name) => !isInstalled(name, host))
  const seen = new Set<string>() // the files whose imports have been looked at, so that each is reported once

  function analyseRendered(source: ts.SourceFile, what: 'page' | 'document'): { readonly handler: Span; readonly isReact: boolean } {
    const { handler, writtenIn } = analyseComponent(source, what, modules, report)
    const isReact = usesReact(source) || usesReact(writtenIn)
    if (isReact && missing.length > 0) report.add(diagnostic('page-react-missing', { names: missing.join(' and ') }, handler))
    reportBrowserImports(source, seen, modules, report)
    return { handler, isReact }
  }

  function analysePage(routeFile: RouteFile): Page[] {
    const source = sourceOf(routeFile.file, host, report)
    if (!source) return []
    const rendered = analyseRendered(source, 'page')
    analyseDataExports(source, routeFile, modules, report)
    reportEdgePage(source, modules, report)
    return [{ ...routeFile, kind: 'page', ...rendered }]
  }

  const routes = files.flatMap(analysePage)
  const documentSource = document === undefined ? undefined : sourceOf(document, host, report)
  if (documentSource) analyseRendered(documentSource, 'document')
  const storeSource = store !== undefined && host.exists(store) ? sourceOf(store, host, report) : undefined
  if (storeSource) analyseStore(storeSource, modules, report)
  return { routes, parts: { document: documentSource?.fileName, store: storeSource?.fileName, usesReact: missing.length === 0 } }
}
