/** How many bytes have to be on a machine that serves an app of one route, beside Node.js. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { cache } from '../subjects/places.ts'
import { build, writeSources } from '../subjects/prepare.ts'
import { appFolder, type Subject } from '../subjects/subjects.ts'
import type { Series } from '../support/series.ts'
import { progress } from '../support/turns.ts'

export async function measureSize(subjects: readonly Subject[]): Promise<Series[]> {
  const series: Series[] = []
  for (const subject of subjects) {
    progress(`size of ${subject.name}`)
    writeSources(subject, 'deploy')
    await build(subject, 'deploy', { BENCH_STANDALONE: '1' })
    const bytes = Buffer.concat(deployedFiles(subject).map((file) => readFileSync(file)))
    series.push({ work: 'size-1', subject: subject.name, values: [bytes.length / 1000] })
    series.push({ work: 'size-1-gzip', subject: subject.name, values: [gzipSync(bytes).length / 1000] })
  }
  return series
}

/** Without source maps, which nobody needs in order to serve. */
function deployedFiles(subject: Subject): string[] {
  const own = subject.deployed.map((name) => path.join(appFolder(subject, 'deploy'), name))
  const packages = subject.needsPackages ? withDependencies(subject.packages) : []
  return [...own, ...packages].flatMap(filesBelow).filter((file) => !file.endsWith('.map'))
}

/** The folders of these packages and of all that they depend on. */
function withDependencies(names: readonly string[]): string[] {
  const folders = new Set<string>()
  const visit = (name: string, from: string) => {
    const folder = resolvePackage(name, from)
    if (folder === undefined || folders.has(folder)) return
    folders.add(folder)
    const { dependencies = {} } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
    for (const dependency of Object.keys(dependencies)) visit(dependency, folder)
  }
  for (const name of names) visit(name, cache)
  return [...folders]
}

/** As Node.js looks for it: in the folders above. */
function resolvePackage(name: string, from: string): string | undefined {
  for (let folder = from; folder.startsWith(cache); folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name)
    if (existsSync(candidate)) return candidate
  }
  return undefined
}

/** Packages inside a package are its dependencies, and are found as such. */
function filesBelow(place: string): string[] {
  if (!existsSync(place)) return []
  if (statSync(place).isFile()) return [place]
  const isPackage = path.dirname(path.dirname(place)).includes('node_modules') || path.basename(path.dirname(place)) === 'node_modules'
  return readdirSync(place, { withFileTypes: true }).flatMap((entry) => {
    if (isPackage && entry.name === 'node_modules') return []
    return filesBelow(path.join(place, entry.name))
  })
}
