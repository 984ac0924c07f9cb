// The real nginx, with configuration that a test gives it and all its files in a temporary folder.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Missing, programOnPath } from './programs.ts'
import { bareEnvironment, type Finished, runProgram } from './run-program.ts'
import { temporaryFolder } from './temporary.ts'

export interface Nginx {
  /** Takes another configuration, and resolves when nobody accepts requests by the old one any more. Those that it has are finished by it. */
  reload(site: string): Promise<void>
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM') // its workers would outlive SIGKILL
})

/** Debian's place is not on the PATH of everybody. */
export function findNginx(): string | Missing {
  return programOnPath('nginx') ?? programOnPath('nginx', '/usr/sbin') ?? { missing: 'nginx is not installed (Debian: nginx)' }
}

/** What `nginx -t` says of a file as /etc/nginx/conf.d holds them. */
export async function testNginxConfig(program: string, site: string): Promise<Finished> {
  return runProgram(program, ['-t', ...flagsFor(folderWith(site))])
}

export interface BalanceOptions {
  /** Added to the server. */
  readonly settings?: string
}

/** A site that hands each request to the next of these ports, and never a second time. */
export function roundRobin(port: number, ports: readonly number[], { settings = '' }: BalanceOptions = {}): string {
  const servers = ports.map((upstream) => `server 127.0.0.1:${upstream} max_fails=0;`)
  return `
    upstream api { ${servers.join(' ')} keepalive 16; }
    server {
      listen 127.0.0.1:${port};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
      proxy_next_upstream off;
      ${settings}
      location / { proxy_pass http://api; }
    }`
}

/** Starts nginx with a file as /etc/nginx/conf.d holds them, and resolves when it listens. */
export async function startNginx(program: string, site: string): Promise<Nginx> {
  const folder = folderWith(site)
  const child = spawn(program, flagsFor(folder), { env: bareEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] })
  running.add(child)
  const closed = once(child, 'close').then(() => running.delete(child))
  const log = watchLog(child)
  await log.until((text) => /start worker process \d+/.test(text))
  const workersIn = (text: string) => [...text.matchAll(/start worker process (\d+)/g)].map(([, pid]) => pid)
  return {
    async reload(next) {
      const old = workersIn(log.text())
      writeFileSync(path.join(folder, 'site.conf'), next)
      child.kill('SIGHUP')
      await log.until((text) => workersIn(text).length > old.length && old.every((pid) => text.includes(`${pid}#${pid}: gracefully shutting down`)))
    },
    async stop() {
      child.kill('SIGTERM')
      await closed
    },
  }
}

function flagsFor(folder: string): string[] {
  return ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr']
}

/** As Debian's nginx.conf includes sites, but quiet, in the foreground, and with nothing outside of the folder. */
function folderWith(site: string): string {
  const folder = temporaryFolder()
  const user = process.getuid?.() === 0 ? 'user root;' : '' // another could not enter the folder
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${name};`)
  writeFileSync(
    path.join(folder, 'nginx.conf'),
    `${user} daemon off; worker_processes 1; pid nginx.pid; error_log stderr notice; events {} http { access_log off; ${places.join(' ')} include site.conf; }`,
  )
  writeFileSync(path.join(folder, 'site.conf'), site)
  return folder
}

function watchLog(child: ChildProcess): { text(): string; until(holds: (text: string) => boolean): Promise<void> } {
  let log = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text
    child.emit('logged')
  })
  return {
    text: () => log,
    until: (holds) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const ended = child.exitCode !== null || child.signalCode !== null
          if (!holds(log) && !ended) return
          for (const event of ['logged', 'exit']) child.off(event, check)
          if (holds(log)) resolve()
          else reject(new Error(`nginx ended:\n${log}`))
        }
        for (const event of ['logged', 'exit']) child.on(event, check)
        check()
      }),
  }
}
