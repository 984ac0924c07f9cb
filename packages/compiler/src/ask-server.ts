/** Starts what was built with a flag that makes the server do something, say how that went, and end. */

import type { Host } from './host.ts'
import type { OutputFiles } from './model.ts'
import type { Options } from './options.ts'

/** What the server says of a route or a page, or of another step that it names like one. */
export interface Step {
  readonly path: string
  readonly file: string
}

export interface Failure extends Step {
  readonly reason: Reason
}

export interface Reason {
  readonly why: string
  /** The package it comes from, in words that follow others; empty when it comes from none. */
  readonly from: string
}

export interface Answer {
  readonly failed: readonly Failure[]
  /** How it has ended before it was done; undefined when it was. */
  readonly ending: Ending | undefined
  /** What its last line counts beside failures; 0 when there is none. */
  readonly pages: number
  /** The files that it has left in `prerendered/`. */
  readonly prerendered: OutputFiles
}

export interface Ending {
  readonly why: string
  /** The last line of stderr that is no part of a stack, or nothing. */
  readonly lastWords: string
  /** The last step it has named, unless it has said that this one failed. */
  readonly after: Step | undefined
}

/** A line of the server's: a step, a step that failed, or how many there were. */
interface Said extends Step {
  readonly error?: string
  readonly failed?: number
  readonly pages?: number
}

/** @param flag `--verify`: the lines begin with `apiroutes-verify `. */
export async function askServer(files: OutputFiles, flag: '--verify' | '--prerender', { target }: Options, host: Host): Promise<Answer> {
  if (target !== undefined && target !== host.platform) return notStarted(`it is for ${target}, and this is ${host.platform}`)
  const { code, stdout, stderr, prerendered } = await host.runOutput(files, [flag])
  const said = stdout.split('\n').flatMap((line) => readLine(line, `apiroutes${flag.slice(1)} `))
  const failed = said.flatMap(({ path, file, error }) => (error === undefined ? [] : [{ path, file, reason: reasonOf(error) }]))
  const last = said.at(-1)
  if (last?.failed !== undefined) return { failed, ending: undefined, pages: last.pages ?? 0, prerendered }
  const why = `it ended the process with ${code === null ? 'a signal' : `exit code ${code}`}`
  const lastWords = stderr.split('\n').findLast((line) => /^[^\s{}]/.test(line) && !line.startsWith('Node.js v')) ?? '' // not the end of a stack
  return { failed, ending: { why, lastWords, after: last?.error === undefined ? last : undefined }, pages: 0, prerendered }
}

function notStarted(why: string): Answer {
  return { failed: [], ending: { why, lastWords: '', after: undefined }, pages: 0, prerendered: new Map() }
}

/** Why the server could not do what it was told, as a message says it. */
export function endingText({ why, lastWords }: Ending): string {
  return lastWords === '' ? why : `${why}. ${lastWords}`
}

/** What the server says in a line. A module may have printed something before it, without a line break. */
function readLine(line: string, mark: string): Said[] {
  const at = line.lastIndexOf(mark)
  if (at === -1) return []
  try {
    return [JSON.parse(line.slice(at + mark.length))]
  } catch {
    return [] // a module that prints the same words
  }
}

/** The first line of an error, the first place that says something, and the package it is in. */
function reasonOf(error: string): Reason {
  const [first = '', ...frames] = error.split('\n')
  const frame = frames.find((line) => /^\s+at /.test(line) && !/\(?(?:node:|apiroutes:|<anonymous>)/.test(line))
  const name = /node_modules\/((?:@[^/\s]+\/)?[^/\s:]+)(?!.*node_modules)/.exec(frame ?? '')?.[1]
  return { why: `${first}${frame ? `, ${frame.trim()}` : ''}`, from: name === undefined ? '' : ` (package ${name})` }
}
