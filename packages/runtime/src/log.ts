import { inspect } from 'node:util'
import type { ApiRequest } from './request.ts'
import type { StackMapper } from './stack.ts'

/** Everything the server says. Nothing in it throws. */
export interface Log {
  /** What operators want to know. */
  info(text: string): void
  /** What is doubtful, and the request in which it came up. */
  warn(text: string, req?: ApiRequest): void
  /** Whatever was thrown, and where: in the handling of a request, or what its name says. */
  error(where: string | ApiRequest, thrown: unknown): void
  /** What was thrown, as an entry shows it: with its stack, in the user's files. */
  print(thrown: unknown): string
}

export function createLog(stacks: StackMapper): Log {
  return {
    info: (text) => console.log(`apiroutes: ${text}`),
    warn: (text) => console.warn(text),
    error(where, thrown) {
      console.error(`${typeof where === 'string' ? where : `${where.method} ${where.route ?? where.url}`}: ${print(thrown, stacks)}`)
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
