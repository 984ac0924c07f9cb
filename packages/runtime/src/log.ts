import { inspect } from 'node:util'
import type { StackMapper } from './stack.ts'

export interface Log {
  /** One entry: where it happened, and whatever was thrown there. */
  error(where: string, thrown: unknown): void
}

export function createLog(stacks: StackMapper): Log {
  return {
    error(where, thrown) {
      console.error(`${where}: ${stacks.map(thrown instanceof Error ? inspect(thrown) : `thrown: ${inspect(thrown)}`)}`)
    },
  }
}
