import { inspect } from 'node:util'
import type { StackMapper } from './stack.ts'

export interface Log {
  /** One entry: where it happened, and whatever was thrown there. Never throws. */
  error(where: string, thrown: unknown): void
  /** What was thrown, as an entry shows it: with its stack, in the user's files. */
  print(thrown: unknown): string
}

export function createLog(stacks: StackMapper): Log {
  return {
    error(where, thrown) {
      console.error(`${where}: ${print(thrown, stacks)}`)
    },
    print: (thrown) => print(thrown, stacks),
  }
}

function print(thrown: unknown, stacks: StackMapper): string {
  try {
    return stacks.map(thrown instanceof Error ? inspect(thrown) : `thrown: ${inspect(thrown)}`)
  } catch {
    return 'thrown: something that cannot be printed' // a getter or an inspect method of its own that throws
  }
}
