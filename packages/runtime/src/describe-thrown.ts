import { inspect } from 'node:util'
import { isNativeError } from 'node:util/types'
import type { StackMapper } from './stack.ts'

/** What was thrown as data for JSON: an error's name, message, stack, cause, the errors it holds, and properties such as `code` that are plain values. */
export interface Described {
  readonly name?: unknown
  readonly message: unknown
  readonly [property: string]: unknown
}

/** How many errors an entry holds: causes, and those of an AggregateError. */
const MAX_ERRORS = 20

/** How long a text of an entry may be, in characters. */
const MAX_TEXT = 10_000

const UNPRINTABLE = { message: 'something that cannot be printed' }

/** Whatever was thrown. Never throws itself: it may have getters that do, or be a Proxy. */
export function describeThrown(thrown: unknown, stacks: StackMapper): Described {
  const seen = new Set<unknown>()

  function describe(value: unknown): Described {
    try {
      return isError(value) ? describeError(value) : { message: textOf(value) }
    } catch {
      return UNPRINTABLE
    }
  }

  function describeError(error: Error): Described {
    if (seen.has(error) || seen.size === MAX_ERRORS) return { message: seen.has(error) ? '(as above)' : '(and more)' }
    seen.add(error)
    const stack = read(error, 'stack')
    const described: Record<string, unknown> & Described = {
      name: textOf(read(error, 'name')),
      message: textOf(read(error, 'message')),
      stack: typeof stack === 'string' ? textOf(stacks.map(stack)) : undefined,
    }
    for (const key of Object.keys(error)) if (!(key in described)) described[key] = plain(read(error, key))
    const [cause, errors] = [read(error, 'cause'), read(error, 'errors')]
    described['cause'] = cause === undefined ? undefined : describe(cause)
    described['errors'] = Array.isArray(errors) ? errors.slice(0, MAX_ERRORS).map(describe) : undefined
    return described
  }

  return describe(thrown)
}

function isError(value: unknown): value is Error {
  return value instanceof Error || isNativeError(value) // of another realm, too
}

function read(error: Error, key: string): unknown {
  try {
    return Reflect.get(error, key)
  } catch {
    return UNPRINTABLE.message
  }
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : inspect(value)
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text
}

/** Objects among the properties of an error may be large, and hold what is no business of a log: a request with its headers. */
function plain(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return typeof value === 'string' || typeof value === 'bigint' ? textOf(String(value)) : undefined
}
