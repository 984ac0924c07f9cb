import { dirname, join, relative, resolve, sep } from 'node:path'
import { type Diagnostic, diagnostic, type Note, type Span } from '../../../diagnostics/diagnostic.ts'
import type { Host } from '../../../host.ts'
import { nearest } from '../../../nearest.ts'
import { isFolder, isModule, nearestFile } from './nearest-file.ts'
import {
  dependenciesOf,
  exportedSubpaths,
  foldersAbove,
  installedFolder,
  isOffered,
  nearestBuiltin,
  nearestPackage,
  objectIn,
  readJson,
  splitSpecifier,
} from './packages.ts'
import { nearestMapping } from './path-mappings.ts'

/** What to say of an import that leads nowhere: why, and what was most likely meant. */
export function unresolvedImport(specifier: string, at: Span, notes: readonly Note[], host: Host): Diagnostic {
  const from = dirname(resolve(host.root, at.file))
  const unresolved = (why: string, guess: string | undefined) => diagnostic('import-unresolved', { specifier, why, nearest: guess ?? '' }, at, notes)

  if (/^\.\.?(\/|$)/.test(specifier)) return unresolved(whyNotFile(resolve(from, specifier)), nearestRelative(specifier, from))
  if (specifier.startsWith('#')) return unresolved('', nearest(specifier, importsOf(from)))

  if (specifier.startsWith('node:')) return unresolved('', nearestBuiltin(specifier))

  const mapping = nearestMapping(specifier, from)
  if (mapping.nearest !== undefined) return unresolved('', mapping.nearest)
  const parts = splitSpecifier(specifier)
  if (mapping.isMapped || !parts) return unresolved(/^[@~]\//.test(specifier) && !mapping.isMapped ? 'tsconfig.json has no `paths` for it' : '', undefined)

  const folder = installedFolder(parts.name, from)
  if (folder !== undefined) return installed(specifier, parts, folder, unresolved, at, notes)
  const listed = dependenciesOf(from)
  if (listed.has(parts.name)) return diagnostic('package-not-installed', { name: parts.name, listed: true, nearest: '' }, at, notes)
  const own = [from, host.root].map((base) => join(base, specifier)).find((path) => isModule(path))
  const guess = own === undefined ? nearestPackage(specifier, from, listed) : relativePath(from, own)
  return diagnostic('package-not-installed', { name: parts.name, listed: false, nearest: guess ?? '' }, at, notes)
}

/** The package is there; what was asked of it is not. */
function installed(
  specifier: string,
  { name, subpath }: { name: string; subpath: string },
  folder: string,
  unresolved: (why: string, guess: string | undefined) => Diagnostic,
  at: Span,
  notes: readonly Note[],
): Diagnostic {
  const manifest = readJson(join(folder, 'package.json'))
  if (!manifest) return unresolved('', undefined)
  const offered = exportedSubpaths(manifest)
  const key = subpath ? `./${subpath}` : '.'
  if (offered) {
    if (isOffered(key, offered)) return unresolved('', undefined)
    const guess = nearest(
      key,
      offered.filter((other) => !other.includes('*')),
    )
    return diagnostic('subpath-not-exported', { specifier, name, nearest: guess === undefined ? '' : name + guess.slice(1) }, at, notes)
  }
  if (!subpath) return unresolved(`the package has no file ${typeof manifest['main'] === 'string' ? manifest['main'] : 'index.js'}`, undefined)
  const found = nearestFile(join(folder, subpath))
  return unresolved('', found === undefined ? undefined : `${name}/${slashes(relative(folder, found))}`)
}

function whyNotFile(path: string): string {
  return isFolder(path) ? 'it is a folder without an index file' : ''
}

/** A slip in the number of `../` is more likely than one in a name. */
function nearestRelative(specifier: string, from: string): string | undefined {
  const rest = specifier.replace(/^(\.\.?\/)+/, '')
  const ups = specifier.slice(0, specifier.length - rest.length).match(/\.\.\//g)?.length ?? 0
  const levels = [ups + 1, ups - 1, ups + 2].filter((level) => level >= 0)
  const moved = levels.map((level) => resolve(from, '../'.repeat(level), rest)).find((path) => rest !== '' && isModule(path))
  const found = moved ?? nearestFile(resolve(from, specifier))
  return found === undefined || found === resolve(from, specifier) ? undefined : relativePath(from, found)
}

function relativePath(from: string, path: string): string {
  const found = slashes(relative(from, path))
  return found.startsWith('../') ? found : `./${found}`
}

/** The names of `imports` in the nearest package.json. */
function importsOf(from: string): string[] {
  const manifest = foldersAbove(from)
    .map((folder) => readJson(join(folder, 'package.json')))
    .find((found) => found !== undefined)
  return Object.keys(objectIn(manifest, 'imports'))
}

function slashes(path: string): string {
  return path.split(sep).join('/')
}
