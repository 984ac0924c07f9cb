import { inspect } from 'node:util'
import { describeThrown } from './describe-thrown.ts'
import type { Env } from './env.ts'
import { entryLine } from './json-line.ts'
import { type Outputs, openOutputs } from './output.ts'
import { type ApiRequest, patternOf } from './request.ts'
import type { StackMapper } from './stack.ts'

/** Everything the server says. Nothing in it throws. */
export interface Log {
  /** What operators want to know. */
  info(text: string): void
  /** What is doubtful, and the request in which it came up. */
  warn(text: string, req?: ApiRequest): void
  /** Whatever was thrown, and where: in the handling of a request, or what its name says. */
  error(where: string | ApiRequest, thrown: unknown): void
  /** Why the server ends before it has begun, in a line. */
  fatal(text: string): void
  /** What was thrown, as an entry shows it: with its stack, in the user's files. */
  print(thrown: unknown): string
  /** Resolves when all that was said so far is with the operating system: never, if nobody reads. */
  flush(): Promise<void>
}

/** Text for people, or with `json` one line of JSON for each entry. Information goes to stdout, warnings and errors to stderr. */
export function createLog(stacks: StackMapper, form?: Env['accessLog'], { out, err, flush }: Outputs = openOutputs(form)): Log {
  const print = (thrown: unknown) => printed(thrown, stacks)
  if (form === 'json') {
    return {
      info: (text) => out.write(entryLine('info', text)),
      warn: (text, req) => err.write(entryLine('warn', text, req && aboutRequest(req))),
      error: (where, thrown) => err.write(errorLine(where, thrown, stacks)),
      fatal: (text) => err.write(entryLine('error', text)),
      print,
      flush,
    }
  }
  return {
    info: (text) => out.write(`apiroutes: ${text}\n`),
    warn: (text, req) => err.write(`${req ? `${placeOf(req)}: ` : ''}${text}\n`),
    error: (where, thrown) => err.write(`${placeOf(where)}: ${print(thrown)}\n`),
    fatal: (text) => err.write(`apiroutes: ${text}\n`),
    print,
    flush,
  }
}

/** A request target without its query, which may hold secrets. */
export function pathOf(target: unknown): string {
  const text = String(target).replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') // of an absolute form (RFC 9112 3.2.2) the path
  const end = text.search(/[?#]/)
  return end === -1 ? text : text.slice(0, end)
}

function placeOf(where: string | ApiRequest): string {
  return typeof where === 'string' ? where : `${where.method} ${patternOf(where) ?? pathOf(where.url)}`
}

function aboutRequest(req: ApiRequest): object {
  const id = req.headers['x-request-id']
  return { id: typeof id === 'string' ? id : undefined, method: req.method, route: patternOf(req) ?? null, path: pathOf(req.url) }
}

function errorLine(where: string | ApiRequest, thrown: unknown, stacks: StackMapper): string {
  const error = describeThrown(thrown, stacks)
  const message = `${placeOf(where)}: ${error.name === undefined ? 'thrown' : error.name}: ${error.message}`
  return entryLine('error', message, { ...(typeof where === 'string' ? {} : aboutRequest(where)), error })
}

function printed(thrown: unknown, stacks: StackMapper): string {
  try {
    return stacks.map(thrown instanceof Error ? inspect(thrown) : `thrown: ${inspect(thrown)}`)
  } catch {
    return 'thrown: something that cannot be printed' // a getter or an inspect method of its own that throws
  }
}
