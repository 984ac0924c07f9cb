import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { build } from '../build.ts'
import { countLine, render } from '../diagnostics/render.ts'
import type { Host } from '../host.ts'
import { createNodeHost } from '../host-node.ts'
import { completeOptions } from '../options.ts'
import { parseArguments } from './arguments.ts'
import { HELP } from './help.ts'
import { version } from './version.ts'

/** Runs a command line. @returns the exit code: 0 done, 1 the project has errors, 2 the command line is wrong. */
export async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseArguments(argv)
  if (parsed.kind === 'help') return say(HELP)
  if (parsed.kind === 'version') return say(version())
  if (parsed.kind === 'wrong') return complain(`${parsed.message}\nTry \`apiroutes --help\`.`)
  const root = resolve(parsed.dir)
  if (!existsSync(root)) return complain(`there is no folder ${parsed.dir}`)
  return runBuild(createNodeHost(root), parsed.out)
}

async function runBuild(host: Host, out: string | undefined): Promise<number> {
  const options = completeOptions(out === undefined ? {} : { outDir: resolve(out) })
  const start = performance.now()
  const { ok, diagnostics, table } = await build(options, host)
  for (const found of diagnostics) console.error(`${render(found, (file) => (host.exists(file) ? host.read(file) : undefined))}\n`)
  const counts = countLine(diagnostics)
  if (!ok) {
    console.error(`apiroutes: build failed: ${counts}`)
    return 1
  }
  const server = relative(process.cwd(), resolve(host.root, options.outDir, 'server.js'))
  const milliseconds = Math.round(performance.now() - start)
  console.log(
    `apiroutes: ${table.routes.length} ${table.routes.length === 1 ? 'route' : 'routes'} → ${server} in ${milliseconds} ms${counts ? ` (${counts})` : ''}`,
  )
  return 0
}

function say(text: string): number {
  console.log(text)
  return 0
}

function complain(text: string): number {
  console.error(`apiroutes: ${text}`)
  return 2
}
