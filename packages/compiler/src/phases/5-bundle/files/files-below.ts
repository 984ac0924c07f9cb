import { readdirSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isBelow } from './packages.ts'

/** Every file of a folder, at any depth, without the packages that are installed in it. Links are followed, but not round in circles. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    const is = statSync(path, { throwIfNoEntry: false })
    if (entry.isSymbolicLink() && is?.isDirectory() && isBelow(folder, realpathSync(path))) return []
    if (is?.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(path)
    return is?.isFile() ? [path] : []
  })
}
