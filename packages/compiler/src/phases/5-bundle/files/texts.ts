import { readFile } from 'node:fs/promises'
import type { Module } from '../module-graph.ts'

/** The text of JavaScript and TypeScript modules, by absolute path. */
export type Texts = ReadonlyMap<string, string>

export async function readTexts(modules: Iterable<Module>): Promise<Texts> {
  const files = [...modules].filter(({ file, isFile }) => isFile && /\.[cm]?[jt]sx?$/.test(file)).map(({ file }) => file)
  const texts = new Map<string, string>()
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => undefined) // esbuild writes `/` for a `\\` in a name, which then names nothing
    if (text !== undefined) texts.set(file, text.replace(/^\uFEFF/, ''))
  }
  return texts
}
