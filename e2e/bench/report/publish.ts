/** Where the results go: to the terminal, to e2e/.cache/bench, and with `--write` into what people read. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { cache, workspace } from '../subjects/places.ts'
import type { Options } from '../support/options.ts'
import type { Results } from '../support/series.ts'
import { fullReport, shortReport } from './markdown.ts'
import { svg } from './svg.ts'

const [BEGIN, END] = ['<!-- bench -->', '<!-- /bench -->']

export function publish(results: Results, { shouldWrite }: Pick<Options, 'shouldWrite'>): void {
  const raw = path.join(cache, 'results', `${new Date().toISOString().replaceAll(':', '-')}.json`)
  mkdirSync(path.dirname(raw), { recursive: true })
  writeFileSync(raw, `${JSON.stringify(results, undefined, 1)}\n`)
  writeFileSync(path.join(cache, 'bench.svg'), svg(results))
  console.log(fullReport(results))
  console.error(`all numbers: ${path.relative(process.cwd(), raw)}`)
  if (shouldWrite) writeDocuments(results)
}

function writeDocuments(results: Results): void {
  writeFileSync(path.join(workspace, 'docs/images/bench.svg'), svg(results))
  for (const [name, content] of [
    ['docs/performance.md', fullReport(results)],
    ['README.md', shortReport(results)],
  ] as const) {
    const file = path.join(workspace, name)
    writeFileSync(file, replaceMarked(readFileSync(file, 'utf8'), content, name))
  }
}

/** The text with something else between the two marks. @throws Error if it does not have both. */
export function replaceMarked(text: string, content: string, name: string): string {
  const begin = text.indexOf(BEGIN)
  const end = text.indexOf(END, begin)
  if (begin === -1 || end === -1) throw new Error(`${name} has no place for the results: put ${BEGIN} and ${END} on lines of their own`)
  return `${text.slice(0, begin + BEGIN.length)}\n\n${content}\n\n${text.slice(end)}`
}
