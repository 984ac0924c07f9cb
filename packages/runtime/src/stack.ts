/** Stack traces that name the user's files: mapped when they are logged, at no cost before the first error. */

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface StackMapper {
  /** An error's stack with every frame of the bundle replaced by its place in the source. */
  map(stack: string): string
}

/** A frame of the runtime whose function is a letter or two, which tells nothing. */
const MINIFIED = /^( *at (?:async )?)(?:new |Object\.)?[\w$]{1,3} \((apiroutes:runtime:\d+:\d+)\)$/gm

interface Map {
  readonly sources: readonly string[]
  find(line: number, column: number): Place | undefined
}

/** Reads `<bundle>.map` at the first call; without that file stacks stay as they are. */
export function createStackMapper(bundleUrl: string): StackMapper {
  const file = fileURLToPath(bundleUrl)
  const frame = new RegExp(`(?:${escapeRegExp(bundleUrl)}|${escapeRegExp(file)}):(\\d+):(\\d+)`, 'g')
  const known: Record<string, string> = {}
  let map: Map | null | undefined
  return {
    map(stack) {
      if (map === undefined) map = load(`${file}.map`)
      const loaded = map
      if (!loaded) return stack
      return stack
        .replace(frame, (_, line, column) => (known[`${line}:${column}`] ??= original(loaded, Number(line), Number(column))))
        .replace(MINIFIED, '$1$2')
    },
  }
}

function load(file: string): Map | null {
  try {
    const { sources, mappings } = JSON.parse(readFileSync(file, 'utf8'))
    return { sources: [...sources], find: createFinder(String(mappings)) }
  } catch {
    return null // deployed without its map: the frames of the bundle are still true
  }
}

/** Before everything that is mapped lies the runtime itself. */
function original({ sources, find }: Map, line: number, column: number): string {
  const place = find(line - 1, column - 1)
  const source = place && sources[place.source]
  if (!place || source === undefined) return `apiroutes:runtime:${line}:${column}`
  return `${decodeSource(source).replace(/^(?:\.\.\/)+/, '')}:${place.line + 1}:${place.column + 1}`
}

interface Place {
  readonly source: number
  readonly line: number
  readonly column: number
}

/** Where the segments of a line begin, and what their numbers are the difference to. */
interface Mark {
  readonly at: number
  readonly last: Int32Array
  readonly found: Place | undefined
}

/** How many lines lie between two marks. */
const MARK_EVERY = 500

/**
 * Of `mappings` as in https://tc39.es/ecma426/ it finds the last segment at or before a place, all numbers from 0. node:module's SourceMap keeps an object for each of millions of segments:
 * for a bundle of 43 MB 2.3 seconds and 600 MB at the first error. Here only some lines are marked.
 */
function createFinder(mappings: string): (line: number, column: number) => Place | undefined {
  const marks: Mark[] = [{ at: 0, last: new Int32Array(4), found: undefined }]

  return (line, column) => {
    const mark = Math.min(Math.floor(line / MARK_EVERY), marks.length - 1)
    const start = marks[mark] as Mark
    const last = start.last.slice() // column of the bundle; source, line and column of the original
    let { found } = start
    for (let i = start.at, atLine = mark * MARK_EVERY, field = 0, value = 0, shift = 0; i <= mappings.length; i++) {
      const code = mappings.charCodeAt(i)
      const digit = DIGITS[code] ?? END
      if (digit !== END) {
        value |= (digit & 31) << shift
        shift = digit & 32 ? shift + 5 : 0
        if (shift > 0) continue
        if (field < 4) last[field] = (last[field] as number) + (value & 1 ? -(value >>> 1) : value >>> 1)
        field++
        value = 0
        continue
      }
      if (field > 0 && atLine === line && (last[0] as number) > column) break
      if (field > 0) found = field > 1 ? { source: last[1] as number, line: last[2] as number, column: last[3] as number } : undefined
      field = 0
      if (code !== SEMICOLON) continue
      if (atLine++ === line) break
      last[0] = 0
      if (atLine === marks.length * MARK_EVERY) marks.push({ at: i + 1, last: last.slice(), found })
    }
    return found
  }
}

const SEMICOLON = 59

/** What the digits of base 64 stand for, by their character code. All else ends a segment. */
const END = 64
const DIGITS = new Uint8Array(128).fill(END)
for (const [value, digit] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries()) DIGITS[digit.charCodeAt(0)] = value

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** esbuild writes the names of files as URLs; the maps of packages hold whatever their makers wrote. */
function decodeSource(source: string): string {
  try {
    return decodeURIComponent(source)
  } catch {
    return source
  }
}
