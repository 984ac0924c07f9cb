/** Starts what was built and asks whether every route loads. */

import { diagnostic, fileSpan } from './diagnostics/diagnostic.ts'
import type { Host } from './host.ts'
import type { OutputFiles } from './model.ts'
import type { Options } from './options.ts'
import type { Report } from './report.ts'

/** What the runtime's verify.ts begins its words with. */
const MARK = 'apiroutes-verify '

export async function verify(files: OutputFiles, { outDir, target }: Options, host: Host, report: Report): Promise<void> {
  const fail = (why: string) => report.add(diagnostic('verify-failed', { why }, fileSpan(`${outDir}/server.js`)))
  if (target !== undefined && target !== host.platform) return fail(`it is for ${target}, and this is ${host.platform}`)
  const { code, stdout, stderr } = await host.runOutput(files, ['--verify'])
  const said = stdout.split('\n').flatMap(readLine)
  for (const { path, file, error } of said) if (error !== undefined) report.add(diagnostic('route-not-loading', { path, ...reasonOf(error) }, fileSpan(file)))
  const last = said.at(-1)
  if (last?.routes !== undefined) return
  const ending = `it ended the process with ${code === null ? 'a signal' : `exit code ${code}`}`
  if (last?.error === undefined && last?.path !== undefined)
    report.add(diagnostic('route-not-loading', { path: last.path, why: ending, from: '' }, fileSpan(last.file)))
  else fail(`${ending}. ${stderr.trim().split('\n').at(-1) ?? ''}`)
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
  readonly path: string
  readonly file: string
  readonly error?: string
  readonly routes?: number
}

/** The first line of an error, the first place that says something, and the package it is in. */
function reasonOf(error: string): { why: string; from: string } {
  const [first = '', ...frames] = error.split('\n')
  const frame = frames.find((line) => /^\s+at /.test(line) && !/\(?(?:node:|apiroutes:|<anonymous>)/.test(line))
  const name = /node_modules\/((?:@[^/\s]+\/)?[^/\s:]+)(?!.*node_modules)/.exec(frame ?? '')?.[1]
  return { why: `${first}${frame ? `, ${frame.trim()}` : ''}`, from: name === undefined ? '' : ` (package ${name})` }
}
