/** What the environment decides: read once, checked, and named when wrong. Longer explanations are in env-docs.ts, which is not in the bundle. */

export interface Env {
  /** PORT. Default 3000; 0 takes any free port. */
  readonly port: number
  /** HOST. Default undefined: every interface, IPv4 and IPv6. (HOSTNAME is ignored: container runtimes set it.) */
  readonly host: string | undefined
  /** APIROUTES_PRELOAD: when routes are loaded that nobody has asked for yet. Default background. */
  readonly preload: 'background' | 'strict' | 'lazy'
  /** LIVEZ_PATH. Default /livez; undefined: not answered. */
  readonly livezPath: string | undefined
  /** READYZ_PATH. Default /readyz; undefined: not answered. */
  readonly readyzPath: string | undefined
  /** SHUTDOWN_DELAY, in milliseconds here, in seconds there. Default 0. */
  readonly shutdownDelay: number
  /** SHUTDOWN_TIMEOUT, in milliseconds here, in seconds there. Default 25 s. */
  readonly shutdownTimeout: number
  /** KEEP_ALIVE_TIMEOUT, in milliseconds here, in seconds there. Default 65 s: longer than the 60 s of most load balancers. */
  readonly keepAliveTimeout: number
  /** REQUEST_TIMEOUT, in milliseconds here, in seconds there: how long a request may take to arrive whole. Default 300 s, 0: for ever. */
  readonly requestTimeout: number
  /** ACCESS_LOG. Default undefined: none. With json everything the server logs is JSON. */
  readonly accessLog: 'json' | 'pretty' | undefined
  /** ON_UNCAUGHT: what an uncaughtException or unhandledRejection leads to. Default log. */
  readonly onUncaught: 'log' | 'exit'
}

/** A value in the environment that cannot be used: its message is all the user needs to see. */
export class EnvError extends Error {
  static override readonly name = 'EnvError' // that of the class is a letter in server.js
  override name = 'EnvError'
}

/** What a value may be, in words and as a test. */
export interface Kind {
  readonly is: string
  readonly pattern: Pick<RegExp, 'test'>
  readonly max?: number
  /** No message shows the value. */
  readonly isSecret?: boolean
}

export const TEXT: Kind = { is: 'any text', pattern: /^/ }
const PORT: Kind = { is: 'a number from 0 to 65535', pattern: /^\d+$/, max: 65_535 }
/** Timers end at 2 ** 31 - 1 milliseconds. With more decimals than three something above 0 could become 0, which means something else. */
export const SECONDS: Kind = { is: 'a number of seconds from 0 to 2147483, with at most three decimals', pattern: /^\d+(\.\d{1,3})?$/, max: 2_147_483 }
/** What a request can ask for without a redirect, in one spelling only: neither empty nor dot segments, no percent-encoding. */
const PATH: Kind = {
  is: 'a path such as /health, without %, ?, # and spaces, or empty for none',
  pattern: /^\/$|^(\/(?!\.\.?(\/|$))[\w.~!$&'()*+,;=:@-]+)+$/,
}

/** @param values with `|` between them. */
function oneOf(values: string): Kind {
  return { is: values.replaceAll('|', ' or '), pattern: RegExp(`^(${values})$`) }
}

/** A row without names of columns, since those would be in every bundle. */
export type Variable = readonly [fallback: string, kind: Kind, example: string, about: string]

/** By name. */
export type Variables = Readonly<Record<string, Variable>>

/** Reads the variables of a table; what is wrong with one is remembered, so that one run names all. */
export interface EnvReader {
  /** The value, or the default. */
  text(name: string): string
  /** The same of a number of seconds, in milliseconds. */
  milliseconds(name: string): number
  /** Says what is wrong with variables that are each right by themselves. */
  complain(line: string): void
}

/** A part of the server that is not in every bundle, and has variables of its own. */
export interface Feature {
  readonly variables: Variables
  /** Called once, before the server starts. */
  configure(env: EnvReader): void
}

/** Those that every server knows. */
export const variables = {
  PORT: ['3000', PORT, '8080', 'port to listen on; 0 takes any free one'],
  HOST: ['', TEXT, '127.0.0.1', 'address to listen on; all when empty'],
  NODE_ENV: ['production', TEXT, 'production', 'which .env files are read; your code may ask for it'],
  APIROUTES_PRELOAD: [
    'background',
    oneOf('background|strict|lazy'),
    'strict',
    'load routes after listening; the same, and exit if one fails; or at their first request',
  ],
  LIVEZ_PATH: ['/livez', PATH, '/healthz', 'answers 200 while the process works'],
  READYZ_PATH: ['/readyz', PATH, '/ready', 'answers 200 while requests are welcome, else 503'],
  SHUTDOWN_DELAY: ['0', SECONDS, '5', 'how long to go on listening after SIGTERM or SIGINT'],
  SHUTDOWN_TIMEOUT: ['25', SECONDS, '25', 'how long requests may take to finish after that'],
  KEEP_ALIVE_TIMEOUT: ['65', SECONDS, '65', 'how long an idle connection stays open; more than that of the load balancer'],
  REQUEST_TIMEOUT: ['300', SECONDS, '60', 'how long a request may take to arrive; 0 for no limit'],
  ACCESS_LOG: ['', oneOf('json|pretty'), 'json', 'log each request; with json everything is JSON'],
  ON_UNCAUGHT: ['log', oneOf('log|exit'), 'exit', 'after an error that nothing caught: go on, or finish requests and exit 1'],
  PREVIEW_SECRET: ['', TEXT, '', 'keys of draft mode and preview data; random for each process when empty'],
} satisfies Variables

/** @throws EnvError with a line for each variable that is wrong: its name, its value unless that is secret, and what it may be. */
export function readEnv(env: NodeJS.ProcessEnv, features: readonly Feature[] = []): Env {
  const wrong: string[] = []
  const readerOf = (table: Variables): EnvReader => ({
    text(name) {
      const [fallback, { is, pattern, max = Infinity, isSecret }, example] = table[name] as Variable
      const value = (pattern === PATH.pattern ? env[name] : env[name] || undefined) ?? fallback
      if (value && (!pattern.test(value) || Number(value) > max)) {
        wrong.push(`${name} must be ${is}${isSecret ? '' : `, got ${JSON.stringify(value)}`}. Example: ${name}=${example}`)
      }
      return value
    },
    milliseconds(name) {
      return Math.round(Number(this.text(name)) * 1000)
    },
    complain: (line) => wrong.push(line),
  })
  const reader = readerOf(variables)
  const read = (name: keyof typeof variables) => reader.text(name)
  const milliseconds = (name: keyof typeof variables) => reader.milliseconds(name)

  const result: Env = {
    port: Number(read('PORT')),
    host: read('HOST') || undefined,
    preload: read('APIROUTES_PRELOAD') as Env['preload'],
    livezPath: read('LIVEZ_PATH') || undefined,
    readyzPath: read('READYZ_PATH') || undefined,
    shutdownDelay: milliseconds('SHUTDOWN_DELAY'),
    shutdownTimeout: milliseconds('SHUTDOWN_TIMEOUT'),
    keepAliveTimeout: milliseconds('KEEP_ALIVE_TIMEOUT'),
    requestTimeout: milliseconds('REQUEST_TIMEOUT'),
    accessLog: (read('ACCESS_LOG') as Env['accessLog']) || undefined,
    onUncaught: read('ON_UNCAUGHT') as Env['onUncaught'],
  }
  for (const feature of features) feature.configure(readerOf(feature.variables))
  if (wrong.length > 0) throw new EnvError([...new Set(wrong)].join('\n')) // two parts may share a variable
  return result
}

/** What `node server.js --help` prints. */
export function help(features: readonly Feature[] = []): string {
  const rows = Object.entries<Variable>(Object.assign({}, variables, ...features.map((feature) => feature.variables))).map(
    ([name, [fallback, { is }, , about]]) => `${name}=${fallback}\n    ${about}\n    (${is})`,
  )
  return `Usage: node server.js [--help | --healthcheck | --verify]\n\nEnvironment, with defaults:\n${rows.join('\n')}`
}
