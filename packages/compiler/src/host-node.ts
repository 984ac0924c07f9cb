import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { Host, Refusal, RunResult } from './host.ts'
import type { OutputFiles } from './model.ts'
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
    get platform() {
      return `${process.platform}-${process.arch}${isMusl() ? '-musl' : ''}`
    },
    env: process.env,
    nodePaths: (process.env['NODE_PATH'] ?? '').split(delimiter).filter(Boolean),
    glob: async (pattern) => (await (await import('fast-glob')).default(pattern, { cwd: root })).toSorted(compare), // loaded for nothing else
    read: (file) => readFileSync(path(file), 'utf8').replace(/^\uFEFF/, ''),
    exists: (file) => isFile(path(file)),
    replaceFolder: (folder, files) => replaceFolder(resolve(named, folder), files),
    write: (file, text) => write(resolve(named, file), text),
    runOutput,
  }
}

/** glibc says its version in Node.js's own report; musl has none to say. */
function isMusl(): boolean {
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } }
  return process.platform === 'linux' && header?.glibcVersionRuntime === undefined
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

async function replaceFolder(folder: string, files: OutputFiles): Promise<Refusal | undefined> {
  const ours = filesOfEarlierBuild(folder)
  const occupied = [...files.keys()].find((name) => existsSync(join(folder, name)) && !ours.includes(name))
  if (occupied !== undefined) return { kind: 'occupied', name: occupied }

  const beside = `${folder}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await writeAll(beside, files)
    for (const name of files.keys()) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await rename(join(beside, name), join(folder, name))
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { kind: 'unwritable', why: error.message }
    throw error
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
  for (const name of ours.filter((item) => !files.has(item))) {
    await unlink(join(folder, name))
    await removeEmptyFolders(folder, dirname(name))
  }
  return undefined
}

async function writeAll(folder: string, files: OutputFiles): Promise<void> {
  for (const [name, contents] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await (contents instanceof Uint8Array ? writeFile(join(folder, name), contents) : copyFile(contents.from, join(folder, name)))
  }
}

async function write(file: string, text: string): Promise<string | undefined> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
    return undefined
  } catch (error) {
    if (error instanceof Error && 'code' in error) return error.message
    throw error
  }
}

async function runOutput(files: OutputFiles, args: readonly string[]): Promise<RunResult> {
  const folder = await mkdtemp(join(tmpdir(), 'apiroutes-'))
  try {
    await writeAll(folder, files)
    return { ...(await runServer(folder, args)), prerendered: await filesIn(folder, 'prerendered') }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function runServer(folder: string, args: readonly string[]): Promise<Omit<RunResult, 'prerendered'>> {
  return new Promise((done, fail) => {
    const env = { ...process.env, PORT: '0', HOST: '127.0.0.1' }
    const child = execFile(process.execPath, ['server.js', ...args], { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error && child.exitCode === null && child.signalCode === null) fail(error)
      else done({ code: child.exitCode, stdout, stderr })
    })
  })
}

/** Those of `<folder>/<name>`, with their contents; none when there is no such folder. */
async function filesIn(folder: string, name: string): Promise<OutputFiles> {
  if (!isFolder(join(folder, name))) return new Map()
  const names = filesBelow(join(folder, name)).map((file) => `${name}/${file}`)
  return new Map(await Promise.all(names.toSorted(compare).map(async (file) => [file, await readFile(join(folder, file))] as const)))
}

/** From `name` up to `folder`, as long as nothing is in them. */
async function removeEmptyFolders(folder: string, name: string): Promise<void> {
  for (let inner = name; inner !== '.' && readdirSync(join(folder, inner)).length === 0; inner = dirname(inner)) await rmdir(join(folder, inner))
}

/** The names that the folder's manifest.json says an earlier build wrote; none when it is not our manifest. */
function filesOfEarlierBuild(folder: string): string[] {
  const file = join(folder, 'manifest.json')
  if (!existsSync(file)) return []
  try {
    const manifest = JSON.parse(readFileSync(file, 'utf8'))
    const names: unknown[] = manifest.generator === 'apiroutes' && Array.isArray(manifest.files) ? manifest.files : []
    return names.filter((name): name is string => typeof name === 'string' && !/^[\\/]|\\|(^|\/)\.\.?(\/|$)/.test(name) && isFile(join(folder, name)))
  } catch {
    return [] // not JSON, so not ours: the caller then finds it in the way
  }
}
