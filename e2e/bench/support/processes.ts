/** What Linux tells of a process and its descendants. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** A clock tick of /proc, the same on every Linux. */
const TICK_MS = 10

export interface Memory {
  readonly rssMb: number
  /** Pages that several processes share count in part: what would be free without this one. */
  readonly pssMb: number
}

/** CPU time so far, of the process and of all that it has started, in milliseconds. */
export function cpuMs(pid: number): number {
  return sum(family(pid).map(ownCpuMs))
}

export function memoryOf(pid: number): Memory {
  const all = family(pid).map((one) => readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))
  return { rssMb: sum(all.map((text) => megabytes(text, 'Rss'))), pssMb: sum(all.map((text) => megabytes(text, 'Pss'))) }
}

function ownCpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [] // the name before it may have spaces
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

function megabytes(smaps: string, key: string): number {
  return Number(new RegExp(`^${key}:\\s*(\\d+) kB`, 'm').exec(smaps)?.[1]) / 1024
}

function family(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(family)]
}

function childrenOf(pid: number): number[] {
  if (!existsSync(`/proc/${pid}/task`)) return []
  return readdirSync(`/proc/${pid}/task`).flatMap((task) => {
    const text = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
    return text.split(' ').filter(Boolean).map(Number)
  })
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
