import { relative, resolve } from 'node:path'
import { type BuildResult, build } from '../build.ts'
import { countLine } from '../diagnostics/render.ts'
import { JSON_VERSION } from '../diagnostics/render-json.ts'
import { createNodeHost } from '../host-node.ts'
import type { BuildOptions } from '../options.ts'
import { printDiagnostics, printDiagnosticsAsJson } from './print.ts'
import { routeTable } from './route-table.ts'
import { paintFor } from './terminal.ts'

/** `apiroutes build`. @returns the exit code. */
export async function runBuild(options: BuildOptions & { dir: string }, output: 'text' | 'json' | 'quiet'): Promise<number> {
  const host = createNodeHost(options.dir)
  const result = await build(options, host)
  const outDir = resolve(options.dir, options.outDir ?? 'dist')
  if (output === 'json') {
    printDiagnosticsAsJson(result.diagnostics, host)
    console.log(JSON.stringify(summaryJson(result, outDir)))
    return result.ok ? 0 : 1
  }
  printDiagnostics(result.diagnostics, host)
  if (!result.ok) console.error(`apiroutes: build failed: ${countLine(result.diagnostics)}${isStrictOnly(result) ? ', and --strict allows none' : ''}`)
  else if (output === 'text') console.log(summary(result, outDir))
  return result.ok ? 0 : 1
}

function isStrictOnly({ ok, diagnostics }: BuildResult): boolean {
  return !ok && !countLine(diagnostics).includes('error')
}

function summary({ routes, files, diagnostics }: BuildResult, outDir: string): string {
  const paint = paintFor(process.stdout)
  const server = relative(process.cwd(), resolve(outDir, 'server.js'))
  const kilobytes = ((files.get('server.js')?.length ?? 0) / 1000).toFixed(1)
  const found = countLine(diagnostics)
  return `${routeTable(routes, paint)}\n\n${paint('strong', server)}  ${kilobytes} kB  in ${elapsed()} ms${found ? `  (${found})` : ''}`
}

function summaryJson({ ok, routes, files }: BuildResult, outDir: string): object {
  const sizes = Object.fromEntries([...files].map(([name, contents]) => [name, contents.length]))
  return { version: JSON_VERSION, type: 'build', ok, routes: routes.length, outDir: relative(process.cwd(), outDir), files: sizes, milliseconds: elapsed() }
}

/** Since the process began, loading the compiler included: what the user has waited. */
function elapsed(): number {
  return Math.round(performance.now())
}
