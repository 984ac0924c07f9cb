import { readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { nearest } from '../../../nearest.ts'
import { typescript } from '../../../typescript.ts'
import { isFile, isFolder, nearestFile } from './nearest-file.ts'
import { foldersAbove } from './packages.ts'

interface Mappings {
  readonly file: string
  readonly paths: Readonly<Record<string, readonly string[]>>
  /** What the targets of `paths` are relative to. */
  readonly base: string
  readonly baseUrl: string | undefined
}

/** Whether `paths` of the nearest tsconfig.json is about a specifier, and what was most likely meant. */
export function nearestMapping(specifier: string, from: string): { readonly isMapped: boolean; readonly nearest: string | undefined } {
  const mappings = readMappings(from)
  if (!mappings) return { isMapped: false, nearest: undefined }
  const { paths, base, baseUrl } = mappings
  const matching = Object.entries(paths).flatMap(([pattern, targets]) => {
    const [before = '', after] = pattern.split('*')
    if (after === undefined || !specifier.startsWith(before) || !specifier.endsWith(after) || before + after === '') return []
    return [{ before, after, targets, rest: specifier.slice(before.length, specifier.length - after.length) }]
  })
  for (const { before, after, targets, rest } of matching) {
    for (const target of targets) {
      const folder = resolve(base, target.split('*')[0] ?? '')
      const found = nearestFile(join(folder, rest))
      const path = found === undefined ? '..' : slashes(relative(folder, found))
      if (!path.startsWith('..')) return { isMapped: true, nearest: before + path + after }
    }
  }
  if (matching.length > 0) return { isMapped: true, nearest: undefined }
  const exact = Object.keys(paths).filter((pattern) => !pattern.includes('*'))
  if (exact.includes(specifier)) return { isMapped: true, nearest: undefined }
  return { isMapped: false, nearest: nearest(specifier, exact) ?? (baseUrl === undefined ? undefined : nearestBelow(baseUrl, specifier)) }
}

function nearestBelow(folder: string, specifier: string): string | undefined {
  if (!isFolder(join(folder, specifier.split('/')[0] ?? ''))) return undefined
  const found = nearestFile(join(folder, specifier))
  return found === undefined ? undefined : slashes(relative(folder, found))
}

/** As TypeScript reads it, with what it extends. */
function readMappings(from: string): Mappings | undefined {
  const files = foldersAbove(from).flatMap((folder) => [join(folder, 'tsconfig.json'), join(folder, 'jsconfig.json')])
  const file = files.find(isFile)
  if (file === undefined) return undefined
  const host = {
    fileExists: isFile,
    readFile: (path: string) => (isFile(path) ? readFileSync(path, 'utf8') : undefined),
    readDirectory: () => [],
    useCaseSensitiveFileNames: true,
  }
  const { config } = typescript.readConfigFile(file, host.readFile)
  const folder = resolve(file, '..')
  const { options } = typescript.parseJsonConfigFileContent(config ?? {}, host, folder, undefined, file)
  const base = typeof options['pathsBasePath'] === 'string' ? options['pathsBasePath'] : folder
  return { file, paths: options.paths ?? {}, base: options.baseUrl ?? base, baseUrl: options.baseUrl }
}

function slashes(path: string): string {
  return path.split(sep).join('/')
}
