import { readdirSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { nearest } from '../../../nearest.ts'

/** What an import finds without naming it, and what it finds only by its whole name. */
const IMPLICIT = ['.tsx', '.ts', '.jsx', '.js', '.json']
const EXPLICIT = ['.mts', '.cts', '.mjs', '.cjs', '.css']

/** What was most likely meant by a path that leads nowhere: the path of a module as an import would write it. */
export function nearestFile(path: string): string | undefined {
  if (isModule(path)) return path
  const folder = dirname(path)
  if (isFolder(folder)) return nearestIn(folder, basename(path))
  const other = nearestFolder(folder)
  return other === undefined ? undefined : exactlyIn(other, basename(path)) // two guesses in a row would be one too many
}

/** Does an import of this path find a file? */
export function isModule(path: string): boolean {
  return isFile(path) || IMPLICIT.some((extension) => isFile(path + extension) || isFile(join(path, `index${extension}`)))
}

function nearestIn(folder: string, written: string): string | undefined {
  const exact = exactlyIn(folder, written)
  if (exact !== undefined) return exact
  const extension = [...IMPLICIT, ...EXPLICIT].find((known) => known === extname(written))
  const names = namesIn(folder).filter((name) => extension === undefined || name !== basename(name, extname(name)))
  const found = nearest(written, extension === undefined ? names : names.map((name) => basename(name)))
  return found === undefined ? undefined : join(folder, found)
}

/** The module of this name, whatever its extension. */
function exactlyIn(folder: string, written: string): string | undefined {
  if (isModule(join(folder, written))) return join(folder, written)
  const stem = [...IMPLICIT, ...EXPLICIT].includes(extname(written)) ? basename(written, extname(written)) : written
  const extension = [...EXPLICIT, ...IMPLICIT].find((known) => isFile(join(folder, stem + known)))
  return extension === undefined ? undefined : join(folder, stem + extension)
}

/** The nearest folder that exists, with one of its names mended. */
function nearestFolder(folder: string): string | undefined {
  const parent = dirname(folder)
  if (parent === folder) return undefined
  if (!isFolder(parent)) {
    const mended = nearestFolder(parent)
    return mended !== undefined && isFolder(join(mended, basename(folder))) ? join(mended, basename(folder)) : undefined
  }
  const folders = entriesOf(parent).filter((name) => isFolder(join(parent, name)))
  const found = nearest(basename(folder), folders)
  return found === undefined ? undefined : join(parent, found)
}

/** How a folder's modules can be named: without an extension where that is enough, and with it. */
function namesIn(folder: string): string[] {
  return entriesOf(folder).flatMap((name) => {
    if (name.endsWith('.d.ts')) return []
    const extension = extname(name)
    if (IMPLICIT.includes(extension)) return [basename(name, extension), name]
    if (EXPLICIT.includes(extension)) return [name]
    return isModule(join(folder, name)) && isFolder(join(folder, name)) ? [name] : []
  })
}

/** The names in a folder; none when it cannot be read. */
export function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return []
  }
}

export function isFolder(path: string): boolean {
  return look(path)?.isDirectory() ?? false
}

export function isFile(path: string): boolean {
  return look(path)?.isFile() ?? false
}

/** Undefined also for what no file system can have, such as a name that is too long. */
function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
