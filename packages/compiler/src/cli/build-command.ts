import { relative, resolve } from 'node:path'
import { analysisFile } from '../analyze/analyze.ts'
import { type BuildResult, build } from '../build.ts'
import { countLine, countOf } from '../diagnostics/render.ts'
import { JSON_VERSION } from '../diagnostics/render-json.ts'
import { createNodeHost } from '../host-node.ts'
import type { BuildOptions } from '../options.ts'
import type { Output } from './arguments.ts'
import { copiedItems, copiedList } from './copied-list.ts'
import { printDiagnostics, printFailure } from './print.ts'
import { routeTable } from './route-table.ts'
import { paintFor } from './terminal.ts'

/** `apiroutes build`. @returns the exit code. */
export async function runBuild(options: BuildOptions & { dir: string }, { format, quiet }: Output): Promise<number> {
  const host = createNodeHost(options.dir)
  const result = await build(options, host)
  const outDir = resolve(options.dir, options.outDir ?? 'dist')
  printDiagnostics(result.diagnostics, format, host)
  const analysis = options.analyze && result.ok ? relative(process.cwd(), analysisFile(outDir)) : undefined
  if (format === 'json') console.log(JSON.stringify({ ...summaryJson(result, outDir, options), ...(analysis ? { analysis } : {}) }))
  else if (!result.ok) printFailure('build', result.diagnostics, format)
  else if (!quiet) console.log(`${summary(result, outDir, options)}${analysis ? `\n${analysis}  shows what is in it` : ''}`)
  else if (result.diagnostics.length > 0) console.error(`apiroutes: ${countLine(result.diagnostics)}`)
  return result.ok ? 0 : 1
}

function summary(result: BuildResult, outDir: string, { prerender }: BuildOptions): string {
  const { files, diagnostics, prerendered: pages } = result
  const paint = paintFor(process.stdout)
  const server = relative(process.cwd(), resolve(outDir, 'server.js'))
  const kilobytes = ((files.get('server.js')?.length ?? 0) / 1000).toFixed(1)
  const counts = [countLine(diagnostics), prerender ? `${pages} ${pages === 1 ? 'page' : 'pages'} prerendered` : ''].filter(Boolean).join(', ')
  const line = `${paint('strong', server)}  ${kilobytes} kB  in ${elapsed()} ms${counts ? `  (${counts})` : ''}`
  return [routeTable(result, paint), '', line, ...copiedList(files)].join('\n')
}

function summaryJson({ ok, routes, files, diagnostics, prerendered }: BuildResult, outDir: string, { prerender }: BuildOptions): object {
  const sizes = Object.fromEntries([...files].map(([name, contents]) => [name, contents.length]))
  return {
    ...{ version: JSON_VERSION, type: 'build', ok, routes: routes.length, ...countOf(diagnostics) },
    ...{ outDir: relative(process.cwd(), outDir), files: sizes, copied: copiedItems(files), milliseconds: elapsed() },
    ...(prerender ? { prerendered } : {}),
  }
}

/** Since the process began, loading the compiler included: what the user has waited. */
function elapsed(): number {
  return Math.round(performance.now())
}
