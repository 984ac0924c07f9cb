/** Installs the peers, once for each package-lock.json, where no other command finds them. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { bench, cache, workspace } from './places.ts'
import { SUBJECTS } from './subjects.ts'

const FILES = ['package.json', 'package-lock.json']
/** npm leaves it in node_modules: what has been installed. */
const installed = path.join(cache, 'node_modules/.package-lock.json')

/** Nothing is run that a package would like to run while it is installed: none of these needs it. */
export async function installPeers(): Promise<void> {
  if (existsSync(installed) && FILES.every(isCurrent)) return
  mkdirSync(cache, { recursive: true })
  for (const file of FILES) copyFileSync(path.join(bench, file), path.join(cache, file))
  const child = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd: cache,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`npm ci in ${cache} ended with ${code}. It needs the npm registry; package-lock.json must fit package.json`)
}

function isCurrent(file: string): boolean {
  const copy = path.join(cache, file)
  return existsSync(copy) && readFileSync(copy, 'utf8') === readFileSync(path.join(bench, file), 'utf8')
}

/** By the name of the package; our own has its commit's version. */
export function installedVersions(): Record<string, string> {
  const packages = SUBJECTS.flatMap((subject) => subject.packages)
  const versions = [...packages, 'rou3', 'find-my-way'].map((name) => [name, versionIn(path.join(cache, 'node_modules', name))])
  return Object.fromEntries([['apiroutes', versionIn(path.join(workspace, 'packages/compiler'))], ...versions])
}

function versionIn(folder: string): string {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version
}
