// How fast is it? npm run bench -- [--quick] [--rounds 15] [--seconds 2] [--only fastify,hono] [--work static,start] [--write] [--from results.json]
// docs/performance.md tells what is measured, and how.
import { readFileSync } from 'node:fs'
import { measureAll } from './measure/measure.ts'
import { publish } from './report/publish.ts'
import { installPeers } from './subjects/install.ts'
import { pinSelf } from './subjects/pinned.ts'
import { type Options, parseOptions } from './support/options.ts'
import type { Results } from './support/series.ts'

const options = parseOptions(process.argv.slice(2))
publish(await resultsOf(options), options)

/** Of an earlier run, if there is one to look at again. */
async function resultsOf({ from }: Options): Promise<Results> {
  if (from !== undefined) return JSON.parse(readFileSync(from, 'utf8'))
  await installPeers()
  pinSelf()
  return measureAll(options)
}
