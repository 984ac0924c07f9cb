// Projects of the real Next.js, below e2e/.cache/next. What was installed there before stays.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { freePort } from '../support/free-port.ts'
import { bareEnvironment } from '../support/run-program.ts'

export const cache: string = path.join(import.meta.dirname, '../.cache/next')

/** What the contract was recorded with. */
export const dependencies = { next: '16.4.6', react: '^19.0.0', 'react-dom': '^19.0.0' }

/** Relative to a project. */
export const program = 'node_modules/next/dist/bin/next'

export interface NextSite {
  readonly origin: string
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** A folder with package.json and node_modules. */
export async function install(folder: string, packages: Readonly<Record<string, string>> = dependencies): Promise<void> {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify({ name: 'app', private: true, dependencies: packages }, undefined, 2)}\n`)
  await run(['npm', 'install', '--no-audit', '--no-fund', '--loglevel', 'error'], folder)
}

export async function buildNext(folder: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  await run([process.execPath, program, 'build'], folder, env)
}

async function run([command = '', ...args]: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const child = spawn(command, args, { cwd, env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...env }, stdio: 'inherit' })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${code}`)
}

/** `next start`; resolves when it is ready. */
export async function startNext(folder: string, env: Readonly<Record<string, string>> = {}): Promise<NextSite> {
  const port = String(await freePort())
  const child = spawn(process.execPath, [program, 'start', '--port', port, '--hostname', '127.0.0.1'], {
    cwd: folder,
    env: { ...bareEnvironment(), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const closed = once(child, 'close').then(() => running.delete(child))
  let log = ''
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text
        if (log.includes('Ready in')) resolve()
      })
    }
    child.on('close', (code) => reject(new Error(`next start ended with ${code}:\n${log}`)))
  })
  await ready
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM')
      await closed
    },
  }
}
