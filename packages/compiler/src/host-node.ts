import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { mkdir, rename, rm, unlink, writeFile } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { Host, Refusal } from './host.ts'
import { compare } from './report.ts'

/** The real world, seen from a project's folder (relative to the current one). */
export function createNodeHost(dir: string): Host {
  const named = resolve(dir)
  const root = existsSync(named) ? realpathSync(named) : named // esbuild names files by where they really are
  const path = (file: string) => (isAbsolute(file) ? file : join(root, file))
  return {
    root,
    files: (folder) =>
      isFolder(path(folder))
        ? filesBelow(path(folder))
            .map((file) => `${folder}/${file}`)
            .toSorted(compare)
        : [],
    read: (file) => readFileSync(path(file), 'utf8').replace(/^\uFEFF/, ''),
    exists: (file) => isFile(path(file)),
    replaceFolder: (folder, files) => replaceFolder(resolve(named, folder), files),
  }
}

/** Links are followed, but not back to a folder around one of those that led here: it has nothing that is not found anyway. */
function filesBelow(folder: string, from: readonly string[] = []): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    const isLink = entry.isSymbolicLink()
    if (isLink ? isFile(path) : entry.isFile()) return [entry.name]
    if (isLink ? !isFolder(path) : !entry.isDirectory()) return []
    const way = isLink ? [...from, realpathSync(folder)] : from
    if (isLink && way.some((passed) => isWithin(passed, realpathSync(path)))) return []
    return filesBelow(path, way).map((file) => `${entry.name}/${file}`)
  })
}

function isWithin(path: string, folder: string): boolean {
  return relative(folder, path).split(sep)[0] !== '..'
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile()
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory()
}

async function replaceFolder(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<Refusal | undefined> {
  const ours = filesOfEarlierBuild(folder)
  const occupied = [...files.keys()].find((name) => existsSync(join(folder, name)) && !ours.includes(name))
  if (occupied !== undefined) return { kind: 'occupied', name: occupied }

  const beside = `${folder}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await mkdir(beside, { recursive: true })
    for (const [name, contents] of files) await writeFile(join(beside, name), contents)
    await mkdir(folder, { recursive: true })
    for (const name of files.keys()) await rename(join(beside, name), join(folder, name))
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { kind: 'unwritable', why: error.message }
    throw error
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
  for (const name of ours) if (!files.has(name)) await unlink(join(folder, name))
  return undefined
}

/** The names that the folder's manifest.json says an earlier build wrote; none when it is not our manifest. */
function filesOfEarlierBuild(folder: string): string[] {
  const file = join(folder, 'manifest.json')
  if (!existsSync(file)) return []
  try {
    const manifest = JSON.parse(readFileSync(file, 'utf8'))
    const names: unknown[] = manifest.generator === 'apiroutes' && Array.isArray(manifest.files) ? manifest.files : []
    return names.filter((name): name is string => typeof name === 'string' && !/[\\/]/.test(name) && isFile(join(folder, name)))
  } catch {
    return [] // not JSON, so not ours: the caller then finds it in the way
  }
}
