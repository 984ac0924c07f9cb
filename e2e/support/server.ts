import { type ChildProcessByStdio, spawn } from 'node:child_process'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { bareEnvironment } from './run-program.ts'

/** A running `dist/server.js`. Whoever starts it stops it: `t.after(() => server.stop())`. */
export interface Server {
  readonly port: number
  readonly pid: number
  /** What it has written so far. */
  readonly log: Log
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** Resolves when stdout or stderr has text that matches, be it there already or still to come. */
  waitForLog(pattern: RegExp): Promise<RegExpExecArray>
  /** Resolves when it ends: its exit code, or the signal that ended it. */
  readonly exit: Promise<Exit>
  /** Ends it by SIGTERM, unless it has ended. */
  stop(): Promise<Exit>
}

export interface Log {
  readonly stdout: string
  readonly stderr: string
}

export type Exit = number | NodeJS.Signals

export interface CommandOptions {
  /** Added to a nearly empty environment. */
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

export interface ServerOptions extends CommandOptions {
  readonly node?: string
  readonly nodeFlags?: readonly string[]
}

type Child = ChildProcessByStdio<null, Readable, Readable>

/** What takes a tenth of a second here, on a machine that does a lot besides. */
const deadlineMs = 30_000

const running = new Set<Child>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts `dist/server.js` on a free port, and resolves when it listens. */
export function startServer(dist: string, { node = process.execPath, nodeFlags = [], ...options }: ServerOptions = {}): Promise<Server> {
  return startCommand([node, ...nodeFlags, path.join(dist, 'server.js')], { cwd: dist, ...options })
}

/** As `startServer`, for a command that leads to a server. */
export async function startCommand([program = '', ...args]: readonly string[], { env = {}, ...options }: CommandOptions): Promise<Server> {
  const child = spawn(program, args, {
    ...options,
    env: { ...bareEnvironment(), HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exit = exitOf(child)
  const log = collectLog(child)
  const stop = () => terminate(child, exit)
  const waitForLog = (pattern: RegExp) => waitForMatch(child, log, pattern)
  try {
    const [, port] = await waitForLog(/listening on http:\/\/\S+?:(\d+)"?[\n}]/)
    const request: Server['fetch'] = (target, init) => fetch(`http://127.0.0.1:${port}${target}`, init)
    return { port: Number(port), pid: Number(child.pid), log, fetch: request, waitForLog, exit, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function exitOf(child: Child): Promise<Exit> {
  running.add(child)
  return new Promise((resolve) => {
    child.on('error', () => {}) // it never started: 'close' follows, and says ENOENT by a negative exit code
    child.on('close', (code, signal) => {
      running.delete(child)
      resolve(code ?? signal ?? 'SIGKILL')
    })
  })
}

function collectLog(child: Child): Log {
  const log = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      log[name] += text
    })
  }
  return log
}

function waitForMatch(child: Child, log: Log, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(`in ${deadlineMs / 1000} seconds`), deadlineMs)
    const finish = (never: string) => {
      clearTimeout(timer)
      for (const stream of [child.stdout, child.stderr]) stream.off('data', check)
      child.off('close', onClose)
      const match = pattern.exec(log.stdout) ?? pattern.exec(log.stderr)
      if (match) resolve(match)
      else reject(new Error(`nothing matched ${pattern} ${never}:\n${log.stdout}${log.stderr}`))
    }
    const check = () => {
      if (pattern.test(log.stdout) || pattern.test(log.stderr)) finish('')
    }
    const onClose = (code: number | null) => finish(`before the server ended with ${code}`)
    for (const stream of [child.stdout, child.stderr]) stream.on('data', check)
    child.on('close', onClose)
    check()
    if (!running.has(child)) onClose(child.exitCode)
  })
}

/** By force when it does not end by itself: a test then sees 'SIGKILL'. */
async function terminate(child: Child, exit: Promise<Exit>): Promise<Exit> {
  const killer = setTimeout(() => child.kill('SIGKILL'), deadlineMs)
  child.kill('SIGTERM')
  return exit.finally(() => clearTimeout(killer))
}
