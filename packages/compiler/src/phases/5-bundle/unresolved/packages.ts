import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join } from 'node:path'
import { nearest } from '../../../nearest.ts'
import { entriesOf, isFolder } from './nearest-file.ts'

/** A package.json as far as we read it. */
export interface PackageJson {
  readonly main?: unknown
  readonly exports?: unknown
  readonly imports?: unknown
}

/** `@scope/name/a/b` is the package `@scope/name` and the subpath `a/b`; undefined for what cannot be a package. */
export function splitSpecifier(specifier: string): { name: string; subpath: string } | undefined {
  const found = /^((?:@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*)(?:\/(.*))?$/s.exec(specifier)
  return found?.[1] === undefined ? undefined : { name: found[1], subpath: found[2] ?? '' }
}

/** A folder and all those that it lies in. */
export function foldersAbove(folder: string): string[] {
  const parent = dirname(folder)
  return parent === folder ? [folder] : [folder, ...foldersAbove(parent)]
}

export function installedFolder(name: string, from: string): string | undefined {
  return foldersAbove(from)
    .map((folder) => join(folder, 'node_modules', name))
    .find(isFolder)
}

/** The names that the package.json files of a folder, and of those above it, list as dependencies. */
export function dependenciesOf(from: string): Set<string> {
  const kinds = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']
  return new Set(
    foldersAbove(from).flatMap((folder) => {
      const manifest = readJson(join(folder, 'package.json'))
      return kinds.flatMap((kind) => Object.keys(objectIn(manifest, kind)))
    }),
  )
}

/** The package or built-in module that was most likely meant, with the subpath that was written. */
export function nearestPackage(specifier: string, from: string, listed: ReadonlySet<string>): string | undefined {
  const builtin = nearest(specifier, builtins())
  if (builtin !== undefined) return builtin
  const { name, subpath } = splitSpecifier(specifier) ?? { name: specifier, subpath: '' }
  const found = nearest(name, listed) ?? nearest(name, installedNames(from))
  return found === undefined ? undefined : [found, ...(subpath ? [subpath] : [])].join('/')
}

/** Of a specifier with `node:`. */
export function nearestBuiltin(specifier: string): string | undefined {
  const found = nearest(specifier.slice('node:'.length), builtins())
  return found === undefined ? undefined : `node:${found}`
}

function builtins(): string[] {
  return builtinModules.filter((name) => !/^_|^node:/.test(name))
}

function installedNames(from: string): string[] {
  return foldersAbove(from).flatMap((folder) => {
    const modules = join(folder, 'node_modules')
    return entriesOf(modules).flatMap((name) => (name.startsWith('@') ? entriesOf(join(modules, name)).map((inner) => `${name}/${inner}`) : [name]))
  })
}

/** The subpaths that a package offers, as it writes them; undefined when every file of it can be imported. */
export function exportedSubpaths({ exports }: PackageJson): string[] | undefined {
  if (exports === undefined || exports === null) return undefined
  const keys = typeof exports === 'object' && !Array.isArray(exports) ? Object.keys(exports) : []
  return keys.some((key) => key.startsWith('.')) ? keys : ['.']
}

/** Is a subpath among those offered? A `*` stands for anything. */
export function isOffered(subpath: string, offered: readonly string[]): boolean {
  return offered.some((key) => {
    const [before = '', after] = key.split('*')
    if (after === undefined) return key === subpath
    return subpath.length >= key.length - 1 && subpath.startsWith(before) && subpath.endsWith(after)
  })
}

/** A JSON file that holds an object; undefined for anything else. That it cannot be parsed is for esbuild to say. */
export function readJson(file: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}

export function objectIn(manifest: Record<string, unknown> | undefined, key: string): object {
  const value = manifest?.[key]
  return typeof value === 'object' && value !== null ? value : {}
}
