/** Makes the apps: copies or writes their sources, and builds them. */

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { bareEnvironment } from '../../support/run-program.ts'
import { writeFiles } from '../../support/temporary.ts'
import { type BenchRoute, routeTable } from '../support/routes.ts'
import { progress } from '../support/turns.ts'
import { manyRoutes } from './many.ts'
import { onAllCores } from './pinned.ts'
import { type AppName, bench, cache, workspace } from './places.ts'
import { appFolder, type Subject } from './subjects.ts'

/** Beside the sources: what they were when the app was built. */
const STAMP = 'bench-stamp'
/** What several apps import. */
const shared = path.join(bench, 'apps/shared')

/** The app is there, and is built. What a peer has built of the same sources is used again; our own build is made each time. */
export async function prepare(subject: Subject, app: AppName): Promise<void> {
  const stamp = path.join(appFolder(subject, app), STAMP)
  const current = fingerprint(subject, app)
  if (subject.name !== 'apiroutes' && existsSync(stamp) && readFileSync(stamp, 'utf8') === current) return
  writeSources(subject, app)
  if (!subject.build) return
  progress(`building ${subject.name}-${app}`)
  await build(subject, app)
  writeFileSync(stamp, current)
}

/** A new folder with the sources, and nothing that a build has left. */
export function writeSources(subject: Subject, app: AppName): void {
  const folder = appFolder(subject, app)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  cpSync(sourcesOf(subject), folder, { recursive: true, filter: (source) => app === 'work' || !isRoute(path.relative(sourcesOf(subject), source)) })
  if (app === 'work') cpSync(shared, folder, { recursive: true })
  else writeFiles(folder, manyRoutes(subject.name, routesOf(app)))
  if (subject.name === 'floor') copyFileSync(path.join(workspace, 'packages/runtime/dist/etag.js'), path.join(folder, 'etag.js'))
  if (!existsSync(path.join(folder, 'package.json'))) writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
}

function sourcesOf({ name }: Subject): string {
  return path.join(bench, 'apps', name === 'apiroutes' || name === 'next' ? 'pages-api' : name)
}

/** The routes of the works have no place in an app of many routes. */
function isRoute(file: string): boolean {
  return file === 'server.js' || file === 'pages' || file === 'routes'
}

/** Resolves with the time that it took, in milliseconds. @throws Error with what the build has printed. */
export async function build(subject: Subject, app: AppName, env: Readonly<Record<string, string>> = {}): Promise<number> {
  if (!subject.build) return 0
  const cwd = appFolder(subject, app)
  const begin = performance.now()
  const [command = '', ...args] = onAllCores([process.execPath, ...subject.build])
  const child = spawn(command, args, {
    cwd,
    env: { ...bareEnvironment(), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (code !== 0) throw new Error(`the build of ${cwd} ended with ${code}:\n${out}${errors}`)
  return performance.now() - begin
}

/** Of all that the app is made of, by content. */
function fingerprint(subject: Subject, app: AppName): string {
  const hash = createHash('sha256').update(readFileSync(path.join(cache, 'package-lock.json')))
  for (const file of [...filesIn(sourcesOf(subject)), ...filesIn(shared)]) hash.update(file).update(readFileSync(file))
  if (app !== 'work') hash.update(JSON.stringify(manyRoutes(subject.name, routesOf(app))))
  return hash.digest('hex')
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name))
}

function routesOf(app: Exclude<AppName, 'work'>): BenchRoute[] {
  return routeTable(app === 'deploy' ? 1 : app)
}
