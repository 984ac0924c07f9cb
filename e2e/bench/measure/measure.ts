/** All that was asked for, one after the other. */

import os from 'node:os'
import { TOOL } from '../load/load.ts'
import { installedVersions } from '../subjects/install.ts'
import { SUBJECTS } from '../subjects/subjects.ts'
import type { Options } from '../support/options.ts'
import type { Results, Series } from '../support/series.ts'
import { measureBuilds } from './build-time.ts'
import { measureMatch } from './match.ts'
import { measureRequests } from './requests.ts'
import { measureSize } from './size.ts'
import { measureMemory, measureStart } from './start.ts'
import { measureStreams } from './stream.ts'

export async function measureAll(options: Options): Promise<Results> {
  const loadAverage = os.loadavg()[0] ?? 0 // before we are the load
  const subjects = SUBJECTS.filter(({ name }) => options.subjects.includes(name))
  const series: Series[] = await measureRequests(subjects, options)
  const others: Readonly<Record<string, () => Promise<Series[]>>> = {
    start: () => measureStart(subjects, options),
    memory: () => measureMemory(subjects, options),
    size: () => measureSize(subjects),
    build: () => measureBuilds(subjects, options),
    match: () => measureMatch(options),
    stream: () => measureStreams(subjects, options),
  }
  for (const [name, measure] of Object.entries(others)) if (options.works.includes(name)) series.push(...(await measure()))
  return { ...environment(), loadAverage, rounds: options.rounds, seconds: options.seconds, series }
}

function environment(): Omit<Results, 'loadAverage' | 'rounds' | 'seconds' | 'series'> {
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: os.cpus()[0]?.model ?? 'unknown',
    cores: os.cpus().length,
    node: process.versions.node,
    tool: TOOL,
    versions: installedVersions(),
  }
}
