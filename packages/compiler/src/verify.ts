/** Starts what was built and asks whether every route loads. */

import { type Diagnostic, diagnostic, fileSpan } from './diagnostics/diagnostic.ts'
import type { Host } from './host.ts'
import type { OutputFiles } from './model.ts'
import type { Options } from './options.ts'
import type { Report } from './report.ts'

/** What the runtime's verify.ts begins its words with. */
const MARK = 'apiroutes-verify '

/** What it calls the hooks, among the paths of the routes. */
const REGISTER = 'register()'

export async function verify(files: OutputFiles, { outDir, target }: Options, host: Host, report: Report): Promise<void> {
  const fail = (why: string) => report.add(diagnostic('verify-failed', { why }, fileSpan(`${outDir}/server.js`)))
  if (target !== undefined && target !== host.platform) return fail(`it is for ${target}, and this is ${host.platform}`)
  const { code, stdout, stderr } = await host.runOutput(files, ['--verify'])
  const said = stdout.split('\n').flatMap(readLine)
  for (const item of said) if (item.error !== undefined) report.add(notLoading(item, reasonOf(item.error)))
  const last = said.at(-1)
  if (last?.routes !== undefined) return
  const ending = `it ended the process with ${code === null ? 'a signal' : `exit code ${code}`}`
  if (last?.error === undefined && last?.path !== undefined) report.add(notLoading(last, { why: ending, from: '' }))
  else fail(`${ending}. ${stderr.trim().split('\n').at(-1) ?? ''}`)
}

function notLoading({ path, file }: Said, reason: Reason): Diagnostic {
  const at = fileSpan(file)
  return path === REGISTER ? diagnostic('instrumentation-not-starting', reason, at) : diagnostic('route-not-loading', { path, ...reason }, at)
}

/** What the runtime says in a line. A module may have printed something before it, without a line break. */
function readLine(line: string): Said[] {
  const at = line.lastIndexOf(MARK)
  if (at === -1) return []
  try {
    return [JSON.parse(line.slice(at + MARK.length))]
  } catch {
    return [] // a module that prints the same words
  }
}

interface Said {
  /** Of a route, or `REGISTER`. */
  readonly path: string
  readonly file: string
  readonly error?: string
  readonly routes?: number
}

interface Reason {
  readonly why: string
  readonly from: string
}

/** The first line of an error, the first place that says something, and the package it is in. */
function reasonOf(error: string): Reason {
  const [first = '', ...frames] = error.split('\n')
  const frame = frames.find((line) => /^\s+at /.test(line) && !/\(?(?:node:|apiroutes:|<anonymous>)/.test(line))
  const name = /node_modules\/((?:@[^/\s]+\/)?[^/\s:]+)(?!.*node_modules)/.exec(frame ?? '')?.[1]
  return { why: `${first}${frame ? `, ${frame.trim()}` : ''}`, from: name === undefined ? '' : ` (package ${name})` }
}
