// Real database servers, each an instance of its own on a free port, with its data in a temporary folder.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, readdirSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { freePort } from './free-port.ts'
import { type Missing, programOnPath } from './programs.ts'
import { runProgram } from './run-program.ts'
import { temporaryFolder } from './temporary.ts'

export interface DatabaseServer {
  readonly url: string
  stop(): Promise<void>
}

export interface RedisServer extends DatabaseServer, AsyncDisposable {
  readonly port: number
  signal(name: NodeJS.Signals): void
  /** Sends it a line as redis-cli takes them. @returns the answer as it is on the wire. */
  command(line: string): Promise<string>
  /** Kills it, and starts another in its place: with what it was told to save, which by itself it never does. */
  restart(): Promise<void>
}

export interface RedisOptions {
  /** That clients have to send; it is in `url`. */
  readonly password?: string
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Debian keeps PostgreSQL's programs where PATH does not look. */
const POSTGRES_FOLDER = '/usr/lib/postgresql'

export async function startPostgres(): Promise<DatabaseServer | Missing> {
  const folder = postgresFolder()
  if (folder === undefined) return { missing: 'PostgreSQL is not installed (Debian: postgresql)' }
  const user = await unprivilegedUser()
  if (user === undefined) return { missing: 'PostgreSQL does not run as root, and there is no user postgres or nobody' }

  const data = temporaryFolder()
  if (user.uid !== undefined) chownSync(data, user.uid, user.gid ?? user.uid)
  const settings = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']
  const { code, stderr } = await runProgram(path.join(folder, 'initdb'), ['--pgdata', data, ...settings], { ...user, cwd: data })
  if (code !== 0) throw new Error(`initdb: ${stderr}`)

  const port = await freePort()
  const options = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off', max_connections: '20' }
  const flags = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(path.join(folder, 'postgres'), ['-D', data, '-p', String(port), ...flags], { ...user, cwd: data, stdio: ['ignore', 'pipe', 'pipe'] })
  return started(child, { ready: /database system is ready to accept connections/, signal: 'SIGINT', url: `postgres://postgres@127.0.0.1:${port}/postgres` })
}

export function findRedis(): string | Missing {
  return programOnPath('redis-server') ?? { missing: 'Redis is not installed (Debian: redis-server)' }
}

export async function startRedis({ password }: RedisOptions = {}): Promise<RedisServer | Missing> {
  const program = findRedis()
  if (typeof program === 'object') return program
  const port = await freePort()
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', temporaryFolder()]
  const start = () => {
    const child = spawn(program, [...flags, ...(password ? ['--requirepass', password] : [])], { stdio: ['ignore', 'pipe', 'pipe'] })
    return started(child, { ready: /Ready to accept connections/, signal: 'SIGTERM', url: `redis://${password ? `:${password}@` : ''}127.0.0.1:${port}` })
  }
  let current = await start()
  return {
    url: current.url,
    port,
    signal: (name) => current.signal(name),
    async command(line) {
      const socket = net.connect(port, '127.0.0.1').setEncoding('utf8')
      socket.write(`${line}\r\n`)
      const [answer] = await once(socket, 'data')
      socket.destroy()
      return answer
    },
    async restart() {
      current.signal('SIGKILL')
      await current.stop()
      current = await start()
    },
    stop: () => current.stop(),
    [Symbol.asyncDispose]: () => current.stop(),
  }
}

/** For tests that are skipped where there is none. */
export async function redisOrThrow(options?: RedisOptions): Promise<RedisServer> {
  const redis = await startRedis(options)
  if ('missing' in redis) throw new Error(redis.missing)
  return redis
}

function postgresFolder(): string | undefined {
  const versions = existsSync(POSTGRES_FOLDER) ? readdirSync(POSTGRES_FOLDER).sort((a, b) => Number(b) - Number(a)) : []
  const installed = versions.map((version) => path.join(POSTGRES_FOLDER, version, 'bin')).find((folder) => existsSync(path.join(folder, 'initdb')))
  const program = programOnPath('initdb')
  return installed ?? (program && path.dirname(program))
}

/** PostgreSQL refuses to run as root, as tests do in a container. */
async function unprivilegedUser(): Promise<{ uid?: number; gid?: number } | undefined> {
  if (process.getuid?.() !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all([runProgram('id', ['-u', name]), runProgram('id', ['-g', name])])
    if (uid.code === 0 && gid.code === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  }
  return undefined
}

interface Started extends DatabaseServer {
  signal(name: NodeJS.Signals): void
}

async function started(child: ChildProcess, { ready, signal, url }: { ready: RegExp; signal: NodeJS.Signals; url: string }): Promise<Started> {
  running.add(child)
  const closed = once(child, 'close').then(() => running.delete(child))
  let log = ''
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        log += text
        if (ready.test(log)) resolve()
      })
    }
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`${child.spawnfile} ended:\n${log}`)))
  })
  const stop = async () => {
    child.kill(signal)
    await closed
  }
  return { url, stop, signal: (name) => void child.kill(name) }
}
