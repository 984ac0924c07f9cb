/** Which files a module asks for when it runs, beyond its imports. */

import { readFile } from 'node:fs/promises'
import { isAbsolute, join, parse } from 'node:path'
import { nodeFileTrace, resolve as resolveDependency } from '@vercel/nft'
import { transform } from 'esbuild'
import type { Module } from '../module-graph.ts'
import { loaderOf } from './changed-modules.ts'
import type { Packages } from './packages.ts'
import type { Texts } from './texts.ts'

/** By module, both absolute. */
export type References = ReadonlyMap<string, readonly string[]>

/** What a module must mention to be able to ask for a file by the place it lies in. All others are not worth a parse. */
const PLACE =
  /\b__dirname\b|\b__filename\b|\bimport\.meta\b|\bprocess\.cwd\b|\brequire\.resolve\b|\bcreateRequire\b|\bbindings\b|\bnode-gyp-build\b|\bnode-pre-gyp\b/
/** pino finds its transports by name. */
const TRANSPORT = /\btransports?\b/

/** What @vercel/nft sees in the modules that can ask for files, one by one: what they import is in the bundle already. */
export async function findReferences(modules: readonly Module[], texts: Texts, root: string, packages: Packages): Promise<References> {
  const sources = new Map<string, string>()
  const imported = new Map<string, ReadonlySet<string>>()
  for (const { file, imports } of modules) {
    const text = texts.get(file)
    const isOurs = !packages.of(file)?.isInstalled
    if (text === undefined || !(PLACE.test(text) || (isOurs && TRANSPORT.test(text)))) continue
    sources.set(file, isOurs ? await asJavaScript(file, text) : text)
    imported.set(file, new Set(imports.map(({ specifier }) => specifier)))
  }
  return referencesIn(sources, root, (file, specifier) => imported.get(file)?.has(specifier) === true)
}

/** What scripts find by their own place, whatever they import. */
export function findByPlace(scripts: ReadonlyMap<string, string>, root: string): Promise<References> {
  return referencesIn(scripts, root, (_file, specifier) => !isAbsolute(specifier))
}

async function referencesIn(sources: ReadonlyMap<string, string>, root: string, isImport: (file: string, specifier: string) => boolean): Promise<References> {
  const found = new Map<string, string[]>()
  if (sources.size === 0) return found
  const base = parse(root).root
  const { reasons } = await nodeFileTrace([...sources.keys()], {
    base,
    processCwd: root,
    depth: 1,
    readFile: async (path) => sources.get(path) ?? readFile(path).catch(() => null),
    resolve: async (id, parent, job, isRequire) => (isImport(parent, id) ? [] : resolveDependency(id, parent, job, isRequire)),
  })
  for (const [path, { type, parents }] of reasons) {
    if (!type.some((kind) => kind === 'asset' || kind === 'dependency' || kind === 'sharedlib')) continue
    for (const parent of parents) {
      const file = join(base, parent)
      if (parent === path) continue // that it knows its own name says nothing
      found.set(file, [...(found.get(file) ?? []), join(base, path)])
    }
  }
  return found
}

/** nft parses JavaScript only. What cannot be compiled has been reported by the bundle. */
async function asJavaScript(file: string, text: string): Promise<string> {
  return transform(text, { loader: loaderOf(file), jsx: 'automatic', tsconfigRaw: {} }).then(
    ({ code }) => code,
    () => '',
  )
}
