/** How long it takes to find a route; in a process of its own, `match-process.js`. */

import path from 'node:path'
import { runProgram } from '../../support/run-program.ts'
import { pinned, SERVER_CORE } from '../subjects/pinned.ts'
import { cache } from '../subjects/places.ts'
import type { Options } from '../support/options.ts'
import type { Series } from '../support/series.ts'
import { progress } from '../support/turns.ts'

/** A round takes milliseconds. */
const MORE_ROUNDS = 4

export async function measureMatch({ rounds }: Options): Promise<Series[]> {
  progress('match')
  const script = path.join(import.meta.dirname, 'match-process.js')
  const [program = '', ...args] = pinned(SERVER_CORE, [process.execPath, script, cache, String(rounds * MORE_ROUNDS)])
  const { code, stdout, stderr } = await runProgram(program, args)
  if (code !== 0) throw new Error(`${script} ended with ${code}:\n${stderr}`)
  return JSON.parse(stdout)
}
