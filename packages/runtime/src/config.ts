/**
 * The rules of `export const config`, in one place: the compiler applies them at build time to what it can
 * read, and the bundle applies them when a route loads to what it could not. They work on plain values.
 */

import bytes from 'bytes'
import type { ByteLimit, RouteConfig } from './manifest.ts'

/** One broken or doubtful thing in a config, named by its path (`['api', 'bodyParser', 'sizeLimit']`). */
export interface ConfigProblem {
  readonly severity: 'error' | 'warning'
  readonly kind: 'value' | 'unknown-key' | 'no-effect' | 'edge'
  readonly path: readonly string[]
  /** What is accepted there; for an unknown key the nearest known one, or `''`. */
  readonly expected: string
  readonly got: unknown
}

/** Stands for a value that cannot be known yet: no rule applies to it. */
export const UNKNOWN: unique symbol = Symbol('unknown')

/** The config of a route that exports none. */
export const UNSET_CONFIG: RouteConfig = { bodyParser: null, responseLimit: null, externalResolver: false, maxDuration: null }

const SIZE = `a size in bytes such as 512000, or a string such as '500kb' (units b, kb, mb, gb, tb, pb)`
const TOP_LEVEL_KEYS = ['api', 'maxDuration', 'runtime', 'regions', 'preferredRegion', 'env', 'supportsResponseStreaming']
const API_KEYS = ['bodyParser', 'responseLimit', 'externalResolver']
const BODY_PARSER_KEYS = ['sizeLimit']

/** Thrown when a route loads with a config that breaks a rule. */
export class ConfigError extends Error {
  static override readonly name = 'ConfigError' // that of the class is a letter in server.js
  override name = 'ConfigError'
}

/**
 * Applies every rule to a config. Problems are data, in the order of the keys; `config` is what the rest says.
 * Source of the accepted values: the API Routes documentation and the recorded behaviour of Next.js 16.
 */
export function checkConfig(exported: unknown): { config: RouteConfig; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = []
  const top = record(exported, [], 'an object', problems)
  if (!top) return { config: UNSET_CONFIG, problems }

  unknownKeys(top, [], TOP_LEVEL_KEYS, problems)
  checkRuntime(top.runtime, problems)
  checkRegions(top.regions, problems)
  const maxDuration = seconds(top.maxDuration, ['maxDuration'], problems)
  const api = record(top.api ?? undefined, ['api'], 'an object', problems) ?? {}
  unknownKeys(api, ['api'], API_KEYS, problems)

  return {
    problems,
    config: {
      bodyParser: bodyParser(api.bodyParser, problems),
      responseLimit: responseLimit(api.responseLimit, problems),
      externalResolver: externalResolver(api.externalResolver, problems),
      maxDuration,
    },
  }
}

/**
 * The config of a module that has just been loaded.
 * @param warn is told what is doubtful.
 * @throws ConfigError naming the key, what it holds and what it may hold.
 */
export function readConfig(exported: unknown, warn: (text: string) => void): RouteConfig {
  const { config, problems } = checkConfig(exported)
  const error = problems.find((problem) => problem.severity === 'error')
  if (error) throw new ConfigError(explain(error))
  for (const problem of problems) warn(explain(problem))
  return config
}

/** A problem in the words that the build has for it. */
export function explain(problem: ConfigProblem): string {
  const { kind, path, expected } = problem
  const got = describe(problem.got)
  const key = `\`${keyOf(problem)}\``
  if (kind === 'edge') return `the runtime ${got} is not available: routes run on Node.js`
  if (kind === 'unknown-key') return `${key} is no config key${expected ? `; did you mean \`${expected}\`?` : ''}`
  if (kind === 'no-effect') return `${key} is ${got}, which has no effect; it may be ${expected}`
  return path.length === 0 ? `${key} is ${got}, and must be an object` : `${key} must be ${expected}, got ${got}`
}

/** `config.api.bodyParser`, as people write it. */
export function keyOf(problem: ConfigProblem): string {
  return ['config', ...problem.path].join('.')
}

/** A value as it would look in source, short enough for a message. */
export function describe(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? JSON.stringify(value) : String(value)
  return Array.isArray(value) ? 'an array' : 'an object'
}

function bodyParser(value: unknown, problems: ConfigProblem[]): RouteConfig['bodyParser'] {
  const path = ['api', 'bodyParser']
  if (value === false) return false
  // Next.js: only `false` switches the parser off; true, null and {} are the default.
  if (value === true || value === null || value === undefined || value === UNKNOWN) return null
  if (typeof value !== 'object') {
    problems.push({ severity: 'warning', kind: 'no-effect', path, expected: 'false, or an object with a sizeLimit', got: value })
    return null
  }
  const options = value as Record<string, unknown>
  unknownKeys(options, path, BODY_PARSER_KEYS, problems)
  const limit = size(options.sizeLimit, [...path, 'sizeLimit'], problems)
  if (limit?.bytes === 0 && options.sizeLimit === 0) {
    // Next.js takes the number 0, but not the string '0', for "not given".
    problems.push({ severity: 'warning', kind: 'no-effect', path: [...path, 'sizeLimit'], expected: `more than 0, or '0' to refuse every body`, got: 0 })
    return null
  }
  return limit
}

function responseLimit(value: unknown, problems: ConfigProblem[]): RouteConfig['responseLimit'] {
  if (value === false || value === 0) return false
  if (value === true || value === null || value === UNKNOWN) return null
  return size(value, ['api', 'responseLimit'], problems, `false, true, or ${SIZE}`)
}

function externalResolver(value: unknown, problems: ConfigProblem[]): boolean {
  if (value !== undefined && value !== UNKNOWN && typeof value !== 'boolean') {
    problems.push({ severity: 'warning', kind: 'no-effect', path: ['api', 'externalResolver'], expected: 'true or false', got: value })
  }
  return value === true
}

/** Sizes as the `bytes` package reads them (1kb is 1024), but what it would only half read or take for "no limit" is refused. */
function size(value: unknown, path: string[], problems: ConfigProblem[], expected = SIZE): ByteLimit | null {
  if (value === undefined || value === UNKNOWN) return null
  const parsed = typeof value === 'number' ? Math.floor(value) : parseSize(value)
  if (parsed !== null && parsed >= 0 && Number.isFinite(parsed)) return { bytes: parsed, text: String(value) }
  problems.push({ severity: 'error', kind: 'value', path, expected, got: value })
  return null
}

function parseSize(value: unknown): number | null {
  if (typeof value !== 'string' || !/^(\d+ *b?|\d+(\.\d+)? *(kb|mb|gb|tb|pb))$/i.test(value)) return null
  return bytes.parse(value)
}

function seconds(value: unknown, path: string[], problems: ConfigProblem[]): number | null {
  if (value === undefined || value === UNKNOWN) return null
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value
  problems.push({ severity: 'error', kind: 'value', path, expected: 'a number of seconds', got: value })
  return null
}

function checkRuntime(value: unknown, problems: ConfigProblem[]): void {
  if (value === undefined || value === UNKNOWN || value === 'nodejs') return
  const kind = value === 'edge' || value === 'experimental-edge' ? 'edge' : 'value'
  problems.push({ severity: 'error', kind, path: ['runtime'], expected: `'nodejs'`, got: value })
}

/** They mean nothing here, but a wrong one is a mistake wherever they do. */
function checkRegions(value: unknown, problems: ConfigProblem[]): void {
  const isRegion = (item: unknown) => item === UNKNOWN || typeof item === 'string'
  if (value === undefined || isRegion(value) || (Array.isArray(value) && value.every(isRegion))) return
  problems.push({ severity: 'error', kind: 'value', path: ['regions'], expected: `a region such as 'fra1', or a list of them`, got: value })
}

function record(value: unknown, path: string[], expected: string, problems: ConfigProblem[]): Record<string, unknown> | undefined {
  if (value === undefined || value === UNKNOWN) return undefined
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  problems.push({ severity: 'error', kind: 'value', path, expected, got: value })
  return undefined
}

function unknownKeys(value: Record<string, unknown>, path: string[], known: string[], problems: ConfigProblem[]): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key) || (path.length === 0 && key.startsWith('unstable_'))) continue
    problems.push({ severity: 'warning', kind: 'unknown-key', path: [...path, key], expected: nearest(key, known), got: value[key] })
  }
}

/** The known name that differs least from what was written, if it is close enough to be what was meant. */
function nearest(key: string, known: string[]): string {
  const ranked = known.map((name) => ({ name, distance: editDistance(key.toLowerCase(), name.toLowerCase()) }))
  const best = ranked.toSorted((a, b) => a.distance - b.distance)[0]
  return best && best.distance <= Math.max(2, best.name.length / 2) ? best.name : ''
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, char] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (char === other ? 0 : 1)))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
