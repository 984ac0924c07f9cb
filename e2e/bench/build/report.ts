/** What was measured, as Markdown. */

import os from 'node:os'
import { table } from '../report/table.ts'
import { median } from '../support/statistics.ts'

export interface Cost {
  readonly wallMs: number
  /** Of the process and of its children. */
  readonly cpuMs: number
  /** The peaks of the process and of its children, added. */
  readonly peakMb: number
}

export interface Measured {
  /** The number of routes. */
  readonly size: number
  readonly name: string
  /** In the order of the rounds. */
  readonly costs: readonly Cost[]
}

type Metric = keyof Cost

const METRICS: readonly Metric[] = ['wallMs', 'cpuMs', 'peakMb']
/** The most that each may cost of what it is compared with, at 1,000 routes. */
const PAIRS = [
  { ours: /^apiroutes build$/, floor: 'ts-morph and esbuild', atMost: 1.5 },
  { ours: /^apiroutes (?:check|routes)$/, floor: 'ts-morph', atMost: 1.3 },
] as const
const GROWTH_AT_MOST = 12

/** A table of all costs, one of ratios, and one of growth. */
export function report(measured: readonly Measured[], rounds: number): string {
  const versions = `${new Date().toISOString().slice(0, 10)}, ${os.cpus().length} × ${os.cpus()[0]?.model}, Node.js ${process.versions.node}`
  return [`${versions}. Medians of ${rounds} rounds, in brackets the least and the most.`, costs(measured), ratios(measured), growth(measured)].join('\n\n')
}

function costs(measured: readonly Measured[]): string {
  const rows = measured.map(({ size, name, costs }) => [
    count(size),
    name,
    ...METRICS.map((metric) =>
      spread(
        costs.map((cost) => cost[metric]),
        (value) => amount(metric, value),
      ),
    ),
  ])
  return table(['routes', 'what', 'time', 'CPU time', 'peak memory'], rows)
}

/** Round by round, since the two of a round have seen the same machine. */
function ratios(measured: readonly Measured[]): string {
  const rows = PAIRS.flatMap(({ ours, floor, atMost }) =>
    measured
      .filter(({ name }) => ours.test(name))
      .map(({ size, name, costs }) => {
        const beside = measured.find((other) => other.size === size && other.name === floor)
        const cells = METRICS.map((metric) =>
          spread(
            costs.map((cost, i) => cost[metric] / (beside?.costs[i]?.[metric] ?? Number.NaN)),
            times,
          ),
        )
        return [count(size), `${name} ÷ ${floor}`, ...cells, size === 1000 ? `time ${times(atMost)}` : '']
      }),
  )
  return table(['routes', 'ratio', 'time', 'CPU time', 'peak memory', 'at most'], rows)
}

function growth(measured: readonly Measured[]): string {
  const rows = measured.flatMap(({ size, name, costs }) => {
    const tenth = measured.find((other) => other.size === size / 10 && other.name === name)
    if (!tenth) return []
    const cells = METRICS.map((metric) => times(median(costs.map((cost) => cost[metric])) / median(tenth.costs.map((cost) => cost[metric]))))
    return [[`${count(size / 10)} to ${count(size)}`, name, ...cells, size === 10_000 ? times(GROWTH_AT_MOST) : '']]
  })
  return table(['routes', 'growth', 'time', 'CPU time', 'peak memory', 'at most'], rows)
}

function spread(values: readonly number[], print: (value: number) => string): string {
  return `${print(median(values))} (${print(Math.min(...values))} to ${print(Math.max(...values))})`
}

function amount(metric: Metric, value: number): string {
  return metric === 'peakMb' ? `${value.toFixed(0)} MB` : `${(value / 1000).toFixed(2)} s`
}

function times(value: number): string {
  return `${value.toFixed(2)} ×`
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
