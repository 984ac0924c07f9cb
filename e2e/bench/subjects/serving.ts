/** Starts the server of an app on one core, and ends it. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '../../support/free-port.ts'
import { bareEnvironment } from '../../support/run-program.ts'
import { firstAnswer } from './first-answer.ts'
import { pinned, SERVER_CORE } from './pinned.ts'
import type { AppName } from './places.ts'
import { appFolder, type Subject } from './subjects.ts'

export interface Serving {
  readonly subject: Subject
  readonly port: number
  readonly pid: number
  /** From the start of the process to the end of its first answer. */
  readonly startMs: number
  /** Ends it; nothing is measured of how. */
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Resolves when it has answered its first request, which is for `path`. @throws Error with what it has printed, when it ends before. */
export async function serve(subject: Subject, app: AppName, { path }: { readonly path: string }): Promise<Serving> {
  const port = await freePort()
  const [command = '', ...args] = pinned(SERVER_CORE, [process.execPath, ...subject.start(port)])
  const begin = performance.now()
  const child = spawn(command, args, {
    cwd: appFolder(subject, app),
    env: { ...bareEnvironment(), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const closed = once(child, 'close').then(() => running.delete(child))
  const printed = outputOf(child)
  const abort = new AbortController()
  child.once('close', (code) => abort.abort(new Error(`the server of ${appFolder(subject, app)} ended with ${code}:\n${printed()}`)))
  const end = await firstAnswer(port, path, abort.signal)
  const stop = async () => {
    child.kill('SIGKILL')
    await closed
  }
  return { subject, port, pid: Number(child.pid), startMs: end - begin, stop }
}

/** Read, so that no server waits for its log to be read. */
function outputOf({ stdout, stderr }: ChildProcess): () => string {
  let printed = ''
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-10_000)
    })
  }
  return () => printed
}
