import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createAccessLog } from './access-log.ts'
import { type App, createApp, hidesHealth } from './dispatch.ts'
import { type Env, EnvError, type Feature, help, readEnv } from './env.ts'
import { loadEnvFiles } from './env-files.ts'
import { createHealth, type Status } from './health.ts'
import { healthcheck } from './healthcheck.ts'
import { createHttpServer, type Listener } from './http-server.ts'
import type { Instrumentation } from './instrumentation.ts'
import { createShutDown, endOnSignals, exit, listen, watchStrayErrors } from './lifecycle.ts'
import { createLog, type Log } from './log.ts'
import type { Manifest } from './manifest.ts'
import { matchRoute } from './match.ts'
import { openOutputs } from './output.ts'
import type { PagesFeature } from './pages/pages.ts'
import { NO_PRELOAD, preload } from './preload.ts'
import { warnOfRandomKeys } from './preview.ts'
import type { RemoteRevalidation } from './remote-revalidation.ts'
import { createStackMapper } from './stack.ts'
import { keepTickShape } from './tick-shape.ts'
import { verify } from './verify.ts'

/** Left by the bundle of a project that reads files relative to the working folder, when it had to change that. */
interface Moved {
  readonly from: string
  /** A file that was not there. */
  readonly missing: string
}

/** What is in a bundle only if the app has a use for it. */
export interface Features {
  readonly instrumentation?: Instrumentation | undefined
  /** Of pages elsewhere. Undefined when no module of the app has the word `revalidate`. */
  readonly remoteRevalidation?: (() => RemoteRevalidation) | undefined
  /** Of a build with `--pages`. */
  readonly pages?: PagesFeature | undefined
}

/**
 * Serves an app until a signal ends the process: what `node dist/server.js` does. Everything else is decided by the environment.
 * @param bundleUrl the `import.meta.url` of the bundle, whose `.map` names the user's files in logged stacks.
 */
export async function serve(manifest: Manifest, bundleUrl: string, { instrumentation, remoteRevalidation, pages }: Features = {}): Promise<void> {
  const remote = remoteRevalidation?.()
  const configured = [remote, pages].filter((feature) => feature !== undefined)
  const [, , flag] = process.argv
  if (flag === '--help') return console.log(help(configured))
  if (flag !== undefined && flag !== '--healthcheck' && flag !== '--verify' && !(pages && flag === '--prerender'))
    exitWith([`unknown argument ${JSON.stringify(flag)}. See node server.js --help`])
  process.env.NODE_ENV ||= 'production'
  process.env.NEXT_RUNTIME ||= 'nodejs' // as in Next.js, whose instrumentation.ts asks for it
  const moved = (globalThis as { __apiroutes_moved?: Moved }).__apiroutes_moved
  const folder = dirname(fileURLToPath(bundleUrl))
  const env = readEnvOrExit([moved?.from ?? process.cwd(), folder], configured)
  if (flag === '--healthcheck') process.exit(await healthcheck(env))
  const outputs = openOutputs(env.accessLog)
  const log = createLog(createStackMapper(bundleUrl), env.accessLog, outputs)
  warnOfRandomKeys(log.warn)
  if (env.accessLog === 'json') {
    process.removeAllListeners('warning') // Node.js' own prints text
    process.on('warning', (warning) => log.warn(String(warning)))
  }
  if (moved) log.info(`the working folder is now ${process.cwd()}, which has ${moved.missing}`)
  const accessLog = env.accessLog && createAccessLog(env.accessLog, outputs.out)
  try {
    await pages?.start({ manifest, log, folder })
    if (flag === '--prerender') process.exit(await pages?.prerender())
    await start({ manifest, env, log, accessLog, instrumentation, remote, pages })
  } catch (error) {
    if (error instanceof EnvError) log.fatal(error.message)
    else log.error(instrumentation?.file ?? 'the server has not started', error)
    await exit(1, log)
  }
}

function readEnvOrExit(folders: readonly string[], features: readonly Feature[]): Env {
  try {
    loadEnvFiles(folders, process.env)
    return readEnv(process.env, features)
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    return exitWith(error.message.split('\n'))
  }
}

function exitWith(lines: readonly string[]): never {
  for (const line of lines) console.error(`apiroutes: ${line}`)
  process.exit(1)
}

interface Parts {
  readonly manifest: Manifest
  readonly env: Env
  readonly log: Log
  readonly accessLog: Listener | undefined
  readonly instrumentation: Instrumentation | undefined
  readonly remote: RemoteRevalidation | undefined
  readonly pages: PagesFeature | undefined
}

async function start({ manifest, env, log, accessLog, instrumentation, remote, pages }: Parts): Promise<void> {
  keepTickShape()
  const status: Status = { preload: NO_PRELOAD, draining: false }
  const app = createApp(manifest, log, {
    health: createHealth(env, status),
    instrumentation,
    revalidate: pages ? (urlPath, options) => pages.revalidate(urlPath, options, remote) : remote?.revalidate,
    loadPage: pages?.loadPage,
  })
  const server = createHttpServer(app, env, accessLog)
  const shutDown = createShutDown(server, env, log, status, async () => {
    try {
      await pages?.shutDown()
    } finally {
      await instrumentation?.shutDown()
    }
  })
  watchStrayErrors(env, log, shutDown)
  endOnSignals(shutDown)
  const isVerifying = process.argv[2] === '--verify'
  if (!isVerifying) await registered(instrumentation)
  if (status.draining) return
  warnOfTakenPaths(app, env)
  const { address, port, family } = await listen(server, env)
  const host = address === '::' || address === '0.0.0.0' ? 'localhost' : family === 'IPv6' ? `[${address}]` : address
  log.info(`listening on http://${host}:${port}`)
  if (isVerifying) process.exit(await verify(app))
  if (env.preload !== 'lazy') {
    status.preload = preload(app, () => {
      if (env.preload === 'strict') shutDown('APIROUTES_PRELOAD=strict', 1)
    })
  }
}

async function registered(instrumentation: Instrumentation | undefined): Promise<void> {
  const unsettled = new Promise<never>((_resolve, reject) => process.once('beforeExit', () => reject(new Error('register() waits for what never comes'))))
  await Promise.race([instrumentation?.register(), unsettled])
}

function warnOfTakenPaths({ manifest, log }: App, { livezPath, readyzPath }: Env): void {
  for (const [name, path] of Object.entries({ LIVEZ_PATH: livezPath, READYZ_PATH: readyzPath })) {
    const leaf = path === undefined ? undefined : manifest.leaves[matchRoute(manifest.tree, path)]
    if (leaf && hidesHealth(leaf))
      log.warn(`${name} is ${path}, which the route ${leaf.pattern} (${leaf.file}) answers: it is no health check. Set ${name} to another path.`)
  }
}
