/** What the lists of numbers say: for each work and subject the middle, the spread, and how it compares with the floor. */

import { SUBJECTS } from '../subjects/subjects.ts'
import type { Results, Series } from '../support/series.ts'
import { differences, ratios, type Summary, summarize } from '../support/statistics.ts'
import { type Unit, WORKS, type Work } from '../support/works.ts'

export interface Finding {
  /** Of a `Subject`, or what else finds routes. */
  readonly subject: string
  readonly title: string
  readonly value: Summary
  /** To the floor, in the same round; undefined where the floor does not do this work. */
  readonly ratio: Summary | undefined
  /** What is on top of the floor, in the same round; undefined for the floor itself. */
  readonly difference: Summary | undefined
  /** Microseconds of CPU time for a request, and the same beside that of the floor. */
  readonly cpu: Summary | undefined
  readonly cpuRatio: Summary | undefined
}

export interface WorkFindings {
  readonly work: Work
  readonly findings: readonly Finding[]
}

/** In the order of `WORKS`, without what has not been measured. */
export function findingsOf({ series }: Results): WorkFindings[] {
  return WORKS.flatMap((work) => {
    const ofWork = series.filter((one) => one.work === work.id && one.values.length > 0)
    const floor = ofWork.find(({ subject }) => subject === 'floor')
    const sorted = ofWork.toSorted((a, b) => Number(b === floor) - Number(a === floor))
    return ofWork.length === 0 ? [] : [{ work, findings: sorted.map((one) => finding(work, one, floor)) }]
  })
}

function finding(work: Work, { subject, values, cpu }: Series, floor: Series | undefined): Finding {
  return {
    subject,
    title: titleOf(subject, work),
    value: summarize(values),
    ratio: floor && summarize(ratios(values, floor.values)),
    difference: floor && subject !== 'floor' ? summarize(differences(values, floor.values)) : undefined,
    cpu: cpu && summarize(cpu),
    cpuRatio: cpu && floor?.cpu && summarize(ratios(cpu, floor.cpu)),
  }
}

function titleOf(subject: string, work: Work): string {
  if (subject === 'floor' && work.name === 'match') return 'Map of whole paths'
  return SUBJECTS.find(({ name }) => name === subject)?.title ?? subject
}

/** With as many digits as are worth reading. */
export function amount(value: number, unit: Unit): string {
  const size = Math.abs(value)
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2
  const number = value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return unit === 'req/s' ? `${number}/s` : `${number} ${unit}`
}

export function times(value: number): string {
  return `${value < 9.995 ? value.toFixed(2) : value.toLocaleString('en-US', { maximumFractionDigits: 0 })} ×`
}
