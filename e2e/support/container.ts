// What a container engine does with an image, as far as a server can tell: root folder, user, environment, and being process 1.
import { readFileSync } from 'node:fs'
import type { Image } from './images.ts'
import { type Finished, runProgram } from './run-program.ts'
import { type Server, startCommand } from './server.ts'

export interface Container extends Server {
  /** Runs another command, as a HEALTHCHECK is run. */
  run(command: readonly string[]): Promise<Finished>
  /** Sends a signal to its process 1, from outside. The kernel drops one that process 1 has no handler for. */
  kill(signal: NodeJS.Signals): void
}

/** The root folder is read-only, so it serves any number of containers. */
const asProcess1 = [
  'unshare',
  '--fork',
  '--pid',
  '--kill-child',
  '--mount',
  'sh',
  '-c',
  'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && mount -t proc proc "$0/proc" && exec "$@"',
]

/** Runs the image's command with HOST and PORT for a test, and resolves when it listens. */
export async function startContainer(image: Image): Promise<Container> {
  const { Entrypoint, Cmd } = image.config
  const command = [...asProcess1, image.root, ...inRoot(image, [...Entrypoint, ...Cmd])]
  const server = await startCommand(command, { env: environment(image) })
  const pid = Number.parseInt(readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8'), 10)
  let running = true
  server.exit.then(() => {
    running = false
  })
  const kill = (signal: NodeJS.Signals) => void (running && process.kill(pid, signal))
  return {
    ...server,
    pid,
    kill,
    stop() {
      kill('SIGTERM') // unshare has no ear for it, and waits for its child
      return server.stop()
    },
    run: (command) => runInImage(image, command, { PORT: String(server.port) }),
  }
}

/** Runs a command in the image's root, as its user. */
export function runInImage(image: Image, command: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
  const [program = '', ...args] = inRoot(image, command)
  return runProgram(program, args, { env: { ...environment(image), HOST: '127.0.0.1', ...env } })
}

function inRoot({ config: { User, WorkingDir }, root }: Image, command: readonly string[]): string[] {
  const [uid, gid] = User.split(':')
  return ['unshare', `--root=${root}`, `--wd=${WorkingDir}`, `--setgid=${gid}`, `--setuid=${uid}`, '--', ...command]
}

function environment({ config }: Image): Record<string, string> {
  return Object.fromEntries(config.Env.map((variable) => variable.split(/=(.*)/s, 2) as [string, string]))
}
