/** The options of `npm run bench`, after `--`. */

import { parseArgs } from 'node:util'
import { SUBJECT_NAMES, type SubjectName } from '../subjects/subjects.ts'
import { WORK_NAMES } from './works.ts'

export interface Options {
  readonly rounds: number
  /** How long one subject is asked in one round. */
  readonly seconds: number
  readonly subjects: readonly SubjectName[]
  readonly works: readonly string[]
  /** Are README.md and docs/ written anew? */
  readonly shouldWrite: boolean
  /** A file of results to print again; nothing is measured. */
  readonly from: string | undefined
}

/** What a run of two minutes has time for. */
const QUICK_WORKS: readonly string[] = ['static', 'dynamic', 'post-1kb', 'start', 'match']

/** @throws Error that says what is wrong, and what would be right. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      only: { type: 'string' },
      work: { type: 'string' },
      quick: { type: 'boolean' },
      write: { type: 'boolean' },
      from: { type: 'string' },
    },
  })
  const subjects = listOf('--only', values.only, SUBJECT_NAMES) ?? SUBJECT_NAMES
  return {
    rounds: countOf('--rounds', values.rounds) ?? (values.quick ? 3 : 15),
    seconds: countOf('--seconds', values.seconds) ?? (values.quick ? 1 : 2),
    subjects: SUBJECT_NAMES.filter((name) => name === 'floor' || subjects.includes(name)), // ratios are to the floor
    works: listOf('--work', values.work, WORK_NAMES) ?? (values.quick ? QUICK_WORKS : WORK_NAMES),
    shouldWrite: values.write ?? false,
    from: values.from,
  }
}

function countOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new Error(`${option} is "${text}", and must be a whole number from 1, such as ${option} 5`)
  return count
}

function listOf<Name extends string>(option: string, text: string | undefined, known: readonly Name[]): Name[] | undefined {
  if (text === undefined) return undefined
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !known.some((other) => other === name))
  if (unknown !== undefined) throw new Error(`${option} has "${unknown}". There are ${known.join(', ')}; several are separated by commas`)
  return known.filter((name) => names.includes(name))
}
