/** Four instances of a server behind a real nginx that repeats nothing, with one Redis: and what can happen to them. */

import { setTimeout as delay } from 'node:timers/promises'
import { redisOrThrow } from './database-servers.ts'
import { freePort } from './free-port.ts'
import { roundRobin, startNginx } from './nginx.ts'
import { type NumberServer, startNumberServer } from './number-server.ts'
import type { Disturbance } from './page-history.ts'
import { type Server, startServer } from './server.ts'

const INSTANCES = 4
/** Nobody waits longer for an instance that is stopped. A claim whose holder has died ends after 3 s. */
const SETTINGS = 'proxy_read_timeout 2s; add_header x-instance $upstream_addr always;'

export interface Cluster extends AsyncDisposable {
  /** Of nginx. */
  readonly port: number
  readonly data: NumberServer
  readonly disturbances: readonly Disturbance[]
  /** When processes were killed, by pid. */
  readonly deaths: ReadonlyMap<number, number>
  /** Kills the next instance that has a claim, and puts another in its place. */
  killMaker(): Promise<void>
  /** Kills an instance whatever it does, and puts another in its place. */
  killAny(): Promise<void>
  /** Stops the next instance that has a claim, for longer than claims last. */
  stopMaker(): Promise<void>
  /** Kills Redis, and starts another one, with what it has saved: nothing, if it was not told to. */
  restartRedis(): Promise<void>
  saveRedis(): Promise<void>
  /** Stops Redis for longer than instances wait for it. */
  stopRedis(): Promise<void>
}

export interface ClusterOptions {
  readonly program: string
  readonly dist: string
  readonly env?: Readonly<Record<string, string>>
}

export async function startCluster({ program, dist, env = {} }: ClusterOptions): Promise<Cluster> {
  const redis = await redisOrThrow()
  const data = await startNumberServer()
  const start = () => startServer(dist, { env: { REDIS_URL: redis.url, DATA_URL: data.url, SHUTDOWN_DELAY: '0', ...env } })
  const instances = await Promise.all(Array.from({ length: INSTANCES }, start))
  const port = await freePort()
  const site = () =>
    roundRobin(
      port,
      instances.map((instance) => instance.port),
      { settings: SETTINGS },
    )
  const nginx = await startNginx(program, site())
  const disturbances: Disturbance[] = []
  const deaths = new Map<number, number>()

  function kill(pid: number): void {
    deaths.set(pid, performance.now())
    process.kill(pid, 'SIGKILL')
  }

  async function replaced(pid: number): Promise<void> {
    const at = instances.findIndex((instance) => instance.pid === pid)
    await instances[at]?.exit
    instances[at] = await start()
    await nginx.reload(site())
  }

  /** While `disturb` runs, and until everybody has its claims and Redis again. */
  async function disturbance(disturb: () => Promise<Pick<Disturbance, 'pid'>>): Promise<void> {
    const begun = performance.now()
    const whom = await disturb()
    await Promise.all(instances.map(reachesRedis))
    disturbances.push({ start: begun, end: performance.now(), ...whom })
  }

  return {
    port,
    data,
    disturbances,
    deaths,
    async killMaker() {
      await replaced(await data.nextBegin(kill))
    },
    async killAny() {
      const { pid } = instances[0] as Server
      kill(pid)
      await replaced(pid)
    },
    stopMaker: () =>
      disturbance(async () => {
        const pid = await data.nextBegin((maker) => process.kill(maker, 'SIGSTOP'))
        await delay(5000)
        process.kill(pid, 'SIGCONT')
        return { pid }
      }),
    restartRedis: () =>
      disturbance(async () => {
        await redis.restart()
        return {}
      }),
    async saveRedis() {
      await redis.command('SAVE')
    },
    stopRedis: () =>
      disturbance(async () => {
        redis.signal('SIGSTOP')
        await delay(2000)
        redis.signal('SIGCONT')
        return {}
      }),
    async [Symbol.asyncDispose]() {
      await Promise.all([nginx.stop(), ...instances.map((instance) => instance.stop())])
      await Promise.all([data[Symbol.asyncDispose](), redis.stop()])
    },
  }
}

/** Asks until the answer is one that Redis has a part in. */
async function reachesRedis(instance: Server): Promise<void> {
  for (let state: string | null = 'STALE'; state === 'STALE'; ) {
    const response = await instance.fetch('/page/0', { signal: AbortSignal.timeout(30_000) })
    await response.text()
    state = response.headers.get('x-apiroutes-cache')
  }
}
