/** From the start of a build to its end, each time of sources that have not been built before. */

import { build, writeSources } from '../subjects/prepare.ts'
import type { Subject } from '../subjects/subjects.ts'
import type { Options } from '../support/options.ts'
import type { Series } from '../support/series.ts'
import { inTurns, progress } from '../support/turns.ts'

const SIZES = [1, 100, 1_000]
/** Builds take long, and vary less than what they are compared with. */
const MAX_ROUNDS = 3

export async function measureBuilds(subjects: readonly Subject[], options: Options): Promise<Series[]> {
  const builders = subjects.filter((subject) => subject.build !== undefined)
  const rounds = Math.min(options.rounds, MAX_ROUNDS)
  const series: Series[] = []
  for (const size of SIZES) {
    const values = new Map(builders.map(({ name }) => [name, [] as number[]]))
    for (let round = 1; round <= rounds; round++) {
      for (const subject of inTurns(builders, round)) {
        progress(`build of ${subject.name}, ${size} routes, round ${round} of ${rounds}`)
        writeSources(subject, size)
        values.get(subject.name)?.push((await build(subject, size)) / 1000)
      }
    }
    series.push(...[...values].map(([subject, times]) => ({ work: `build-${size}`, subject, values: times })))
  }
  return series
}
