/** `.env` files as `next start` reads them: which, in what order, and what they mean. Checked against @next/env; see decision 18. */

import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { EnvError } from './env.ts'

/** `KEY=value` or `KEY: value`. A value in quotes may have several lines; any other ends before `#`. */
const ASSIGNMENT = /^\s*(?:export\s+)?([\w.-]+)(?:\s*=|:\s)(\s*(['"`])(?:\\\3|(?!\3)[\s\S])*\3|[^#\n]+)?\s*(?:#.*)?$/gm
/** All that is before the last `$` without a backslash. */
const BEFORE_LAST_DOLLAR = /^[\s\S]*(?<!\\)(?=\$)/
/** `$NAME`, `${NAME}` or `${NAME:-default}`. */
const REFERENCE = /^\${?(\w+)(?::-([^}\\]*))?}?/
/** What takes more replacements than this, or grows by more characters, goes round in a circle. (Linux has variables of up to 131,072 bytes.) */
const MAX_REPLACEMENTS = 1000
const MAX_GROWTH = 200_000

type Values = Record<string, string>

/**
 * Adds to `env` what the files say and it does not have yet. The first folder that has a file of a name is the one that counts for that name.
 * @returns the files that were read.
 * @throws EnvError when a file cannot be read, or a value refers to itself.
 */
export function loadEnvFiles(folders: readonly string[], env: NodeJS.ProcessEnv): string[] {
  const suffixes = env.NODE_ENV === 'test' ? ['.test.local', '.test', ''] : ['.production.local', '.local', '.production', '']
  const real = withoutPrototype(env)
  const known = withoutPrototype(env)
  const files: string[] = []

  for (const suffix of suffixes) {
    const file = folders.map((folder) => path.join(folder, `.env${suffix}`)).find(isFile)
    if (file === undefined) continue
    files.push(file)
    const values = withoutPrototype(parse(orEnvError(file, () => readFileSync(file, 'utf8'))))
    for (const [key, value] of Object.entries(values)) {
      const expanded = real[key] ?? expand(known[key] ?? value, (name, fallback) => known[name] || fallback || values[name] || '')
      if (expanded === undefined) throw new EnvError(`${file}: ${key} refers to itself. Remove a reference, or write \\$ for a dollar sign.`)
      values[key] = expanded
    }
    for (const key in values) if (!(key in known)) env[key] = values[key]
    Object.assign(known, values)
  }
  return files
}

/** So that `$constructor` finds nothing. */
function withoutPrototype(values: object): Values {
  return Object.assign(Object.create(null), values)
}

function isFile(file: string): boolean {
  const stats = orEnvError(file, () => statSync(file, { throwIfNoEntry: false }))
  // A named pipe is how tools hand over secrets without writing them to a disk.
  return stats !== undefined && (stats.isFile() || stats.isFIFO())
}

function orEnvError<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new EnvError(`cannot read ${file}: ${(error as Error).message}. Let the server read it, or remove it.`)
  }
}

/** A key named `__proto__` is dropped, as in Next.js: assigning a string there does nothing. */
function parse(text: string): Values {
  const values: Values = {}
  for (const [, key = '', given = ''] of text.replace(/\r\n?/g, '\n').matchAll(ASSIGNMENT)) {
    const value = given.trim()
    const bare = value.replace(/^(['"`])([\s\S]*)\1$/gm, '$2')
    values[key] = value[0] === '"' ? bare.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : bare
  }
  return values
}

/**
 * From the last reference to the first, in what was put in as well. Like dotenv-expand, it replaces the first place with the text of that
 * reference. @returns undefined when it does not end.
 */
function expand(value: string, lookUp: (name: string, fallback: string | undefined) => string): string | undefined {
  let expanded = value
  for (let count = 0; count < MAX_REPLACEMENTS && expanded.length <= value.length + MAX_GROWTH; count++) {
    const [reference = '', name, fallback] = REFERENCE.exec(expanded.replace(BEFORE_LAST_DOLLAR, '')) ?? []
    if (name === undefined) return expanded.replaceAll('\\$', '$')
    expanded = expanded.replace(reference, lookUp(name, fallback))
  }
  return undefined
}
