/** What was measured, as Markdown. */

import { SUBJECTS } from '../subjects/subjects.ts'
import type { Results } from '../support/series.ts'
import type { Summary } from '../support/statistics.ts'
import { amount, type Finding, findingsOf, times, type WorkFindings } from './findings.ts'
import { table } from './table.ts'

/** Works that say it all; the others are in docs/performance.md. */
const SHORT = ['static', 'dynamic', 'post-1kb', 'get-1mb', 'routes-10000', 'start-1', 'start-1000', 'memory-1-rss', 'size-1', 'build-100']

/** When, on what, and of which versions. */
export function caption(results: Results): string {
  const { date, cpu, cores, node, tool, rounds, seconds, loadAverage } = results
  const machine = `${date}, ${cores} × ${cpu}, Node.js ${node}, load by ${tool}`
  const others = loadAverage > 0.5 ? ` The machine had other work to do (load average ${loadAverage.toFixed(1)}): compare CPU times.` : ''
  return `${machine}. ${versionsOf(results)}. Medians of ${rounds} rounds of ${seconds} s.${others}`
}

export function versionsOf({ versions }: Results): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')
}

/** Everything, with its spread. */
export function fullReport(results: Results): string {
  const all = findingsOf(results)
  const isRequests = ({ work }: WorkFindings) => work.unit === 'req/s'
  return [
    caption(results),
    table(
      ['work', 'subject', 'requests per second', 'ratio to the floor', 'CPU time of a request', 'ratio to the floor'],
      all.filter(isRequests).flatMap((found) => rows(found, ({ cpu, cpuRatio }) => [spread(cpu, microseconds), spread(cpuRatio, times)])),
    ),
    table(
      ['what', 'subject', 'measured', 'ratio to the floor', 'more than the floor'],
      all
        .filter((found) => !isRequests(found))
        .flatMap((found) => rows(found, ({ difference }) => [spread(difference, (value) => amount(value, found.work.unit))])),
    ),
  ]
    .filter(Boolean)
    .join('\n\n')
}

function rows({ work, findings }: WorkFindings, more: (finding: Finding) => readonly string[]): string[][] {
  return findings.map((finding) => [
    work.title,
    finding.title,
    spread(finding.value, (value) => amount(value, work.unit)),
    spread(finding.ratio, times),
    ...more(finding),
  ])
}

/** The median, and between which two the middle half of the rounds lies. */
function spread(summary: Summary | undefined, print: (value: number) => string): string {
  if (!summary) return ''
  const { median, lower, upper } = summary
  return print(lower) === print(upper) ? print(median) : `${print(median)} (${print(lower)} to ${print(upper)})`
}

function microseconds(value: number): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} µs`
}

/** A line for each work, a column for each subject. */
export function shortReport(results: Results): string {
  const found = findingsOf(results).filter(({ work }) => SHORT.includes(work.id))
  const subjects = SUBJECTS.filter(({ name }) => found.some(({ findings }) => findings.some(({ subject }) => subject === name)))
  const lines = found.map(({ work, findings }) => [
    work.title,
    ...subjects.map(({ name }) => {
      const one = findings.find(({ subject }) => subject === name)
      return one ? cell(one, work.unit) : ''
    }),
  ])
  return [table(['', ...subjects.map(({ title }) => title)], lines), caption(results)].filter(Boolean).join('\n\n')
}

function cell({ value, ratio, subject }: Finding, unit: Parameters<typeof amount>[1]): string {
  const text = amount(value.median, unit)
  return ratio && unit === 'req/s' && subject !== 'floor' ? `${text}, ${times(ratio.median)}` : text
}
