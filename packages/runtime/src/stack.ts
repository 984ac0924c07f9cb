/** Stack traces that name the user's files: mapped when they are logged, at no cost before the first error. */

import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { fileURLToPath } from 'node:url'

export interface StackMapper {
  /** An error's stack with every frame of the bundle replaced by its place in the source. */
  map(stack: string): string
}

/** Reads `<bundle>.map` at the first call; without that file stacks stay as they are. */
export function createStackMapper(bundleUrl: string): StackMapper {
  const file = fileURLToPath(bundleUrl)
  const frame = new RegExp(`(?:${escapeRegExp(bundleUrl)}|${escapeRegExp(file)}):(\\d+):(\\d+)`, 'g')
  let map: SourceMap | null | undefined
  return {
    map(stack) {
      if (map === undefined) map = load(`${file}.map`)
      const loaded = map
      return loaded ? stack.replace(frame, (_, line, column) => original(loaded, Number(line), Number(column))) : stack
    },
  }
}

function load(file: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null // deployed without its map: the frames of the bundle are still true
  }
}

/** Before everything that is mapped lies the runtime itself. */
function original(map: SourceMap, line: number, column: number): string {
  const entry = map.findEntry(line - 1, column - 1)
  if (!('originalSource' in entry) || entry.originalSource === undefined) return `apiroutes:runtime:${line}:${column}`
  const source = decodeSource(entry.originalSource)
  return `${source.replace(/^(?:\.\.\/)+/, '')}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
}

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
