/** Which package a file belongs to. */

import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'

export interface Package {
  /** What it is imported by: for an installed one the name of its folder, which an alias may have chosen. */
  readonly name: string
  /** Absolute, links followed. */
  readonly dir: string
  /** Does it lie in a node_modules folder? If not, it is a workspace's, with sources that may need to be compiled. */
  readonly isInstalled: boolean
}

export interface Packages {
  /** The package that a file (absolute, links followed) is part of; undefined for the project's own files. */
  of(file: string): Package | undefined
}

const INSTALLED = /^(.*[\\/]node_modules[\\/])((?:@[^\\/]+[\\/])?[^\\/]+)(?=[\\/])/

/** Installed packages by their folder; other folders outside the project by the `package.json` around them. */
export function createPackages(root: string): Packages {
  const known = new Map<string, Package>()
  const around = new Map<string, Package | undefined>()

  function get(dir: string, name: string, isInstalled: boolean): Package {
    const found = known.get(dir) ?? { name: name.replaceAll(sep, '/'), dir, isInstalled }
    known.set(dir, found)
    return found
  }

  function workspace(dir: string): Package | undefined {
    if (around.has(dir)) return around.get(dir)
    const name = nameIn(dir)
    const parent = dirname(dir)
    const found = name !== undefined ? get(dir, name, false) : parent === dir ? undefined : workspace(parent)
    around.set(dir, found)
    return found
  }

  return {
    of(file) {
      if (!isAbsolute(file)) return undefined // a module that exists only in the bundle
      const [, folder, name] = INSTALLED.exec(file) ?? []
      if (folder !== undefined && name !== undefined) return get(folder + name, name, true)
      return isBelow(file, root) ? undefined : workspace(dirname(file))
    },
  }
}

export function isBelow(file: string, folder: string): boolean {
  const path = relative(folder, file)
  return path !== '..' && !path.startsWith(`..${sep}`)
}

function nameIn(dir: string): string | undefined {
  const { name } = manifestOf(dir) ?? {}
  return typeof name === 'string' && name !== '' ? name : undefined
}

/** The package.json of a folder; undefined where there is none, or none that can be read. */
export function manifestOf(dir: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'))
    return typeof manifest === 'object' && manifest !== null ? (manifest as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
