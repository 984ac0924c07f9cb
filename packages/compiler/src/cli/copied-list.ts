import type { CopiedFile, OutputFiles } from '../model.ts'

export interface Copied {
  /** A file, or a package's folder, relative to the output folder. */
  readonly path: string
  readonly files: number
  readonly bytes: number
  readonly why: string
}

/** What every build writes, and source maps. */
const OURS = /^(?:server\.js|package\.json|manifest\.json|.*\.map)$/

/** What `--prerender` has made. */
const PRERENDERED = /^prerendered\/[^/]+\.json$/

/** What lies beside server.js, packages as a whole, in order. */
export function copiedItems(files: OutputFiles): Copied[] {
  const groups = new Map<string, { path: string; files: number; bytes: number; why: string }>()
  for (const [name, file] of files) {
    if (file instanceof Uint8Array) {
      if (!OURS.test(name) && !PRERENDERED.test(name)) groups.set(name, { path: name, files: 1, bytes: file.length, why: 'bundled on its own' })
      continue
    }
    const path = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name
    const group = groups.get(path) ?? { path, files: 0, bytes: 0, why: (file as CopiedFile).why }
    groups.set(path, { ...group, files: group.files + 1, bytes: group.bytes + file.length })
  }
  return [...groups.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

/** A line each; packages that are there only because another one needs them are counted. */
export function copiedList(files: OutputFiles): string[] {
  const items = copiedItems(files)
  const named = items.filter(({ why }) => why !== NEEDED)
  const others = items.length - named.length
  const lines = named.map(({ path, files: count, bytes, why }) => `  + ${path}  ${count === 1 ? '' : `${count} files, `}${size(bytes)}  (${why})`)
  return others === 0
    ? lines
    : [
        ...lines,
        `  + ${others} ${others === 1 ? 'package' : 'packages'} that these need, ${size(items.reduce((sum, item) => sum + (item.why === NEEDED ? item.bytes : 0), 0))}`,
      ]
}

/** As phase 5 says it. */
const NEEDED = 'needed by another package'

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
