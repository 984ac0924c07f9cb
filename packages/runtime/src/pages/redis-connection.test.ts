/** What cannot be had from Redis now rejects now, and can be had again when Redis is back. */

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { after, describe, it, type TestContext } from 'node:test'
import { startRedis } from '../../../../e2e/support/database-servers.ts'
import { startTcpProxy, type TcpProxy } from '../../../../e2e/support/tcp-proxy.ts'
import { connectToRedis, type RedisConnection, script } from './redis-connection.ts'

const redis = await startRedis()
const [skip, port] = 'missing' in redis ? [redis.missing, 0] : [false, redis.port]
const ONE = script('return 1')

describe('a connection to Redis', { skip }, () => {
  after(async () => {
    if ('stop' in redis) await redis.stop()
  })

  async function opened(test: TestContext): Promise<{ proxy: TcpProxy; ask: () => Promise<unknown> }> {
    const proxy = await startTcpProxy(port)
    const connection = connectToRedis(`redis://127.0.0.1:${proxy.port}`)
    test.after(async () => {
      connection.close()
      await proxy[Symbol.asyncDispose]()
    })
    return { proxy, ask: () => connection.run(ONE, () => [], []) }
  }

  it('is refused: says why at once, and is back', async (test) => {
    const { proxy, ask } = await opened(test)
    assert.equal(await ask(), 1)
    await proxy.cut()
    await assert.rejects(ask())
    await assert.rejects(ask, /^Error: no connection to Redis \(.+\)$/)
    await proxy.restore()
    await untilAnswered(ask)
  })

  it('is silent: waits for it once, and is back', async (test) => {
    const { proxy, ask } = await opened(test)
    assert.equal(await ask(), 1)
    proxy.hang()
    assert.deepEqual(await Promise.all([problem(ask), problem(ask), problem(ask)]), Array(3).fill('no answer from Redis within 1 s'))
    await rejectsAtOnce(ask)
    await proxy.restore()
    await untilAnswered(ask)
  })

  it('is silent from the beginning: waits for it once, and is back', async (test) => {
    const { proxy, ask } = await opened(test)
    proxy.hang()
    await assert.rejects(ask)
    await rejectsAtOnce(ask)
    await proxy.restore()
    await untilAnswered(ask)
  })

  it('is closed while it waits', async () => {
    await using proxy = await startTcpProxy(port)
    proxy.hang()
    const connection: RedisConnection = connectToRedis(`redis://127.0.0.1:${proxy.port}`)
    const waiting = problem(() => connection.run(ONE, () => [], []))
    connection.close()
    assert.match(await waiting, /./)
    await assert.rejects(
      connection.run(ONE, () => [], []),
      /the server is ending/,
    )
  })
})

describe('the run of Redis', () => {
  /** Speaks as much of the protocol as it takes: `infos` are the answers to INFO, one after the other. @returns the runs that commands were for. */
  async function runsWith(test: TestContext, infos: readonly string[]): Promise<string[]> {
    const left = [...infos]
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.on('data', (data) => {
        for (const [, name] of String(data).matchAll(/\*\d+\r\n\$\d+\r\n([A-Z]+)/g))
          socket.write(name === 'INFO' ? (left.shift() ?? bulk('run_id:later')) : name === 'EVALSHA' ? ':1\r\n' : '+OK\r\n')
      })
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const connection = connectToRedis(`redis://127.0.0.1:${(server.address() as AddressInfo).port}`)
    test.after(() => {
      connection.close()
      server.close()
    })
    const runs: string[] = []
    await untilAnswered(() =>
      connection.run(
        ONE,
        (runId) => {
          runs.push(runId)
          return []
        },
        [],
      ),
    )
    return [...new Set(runs)]
  }

  const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`
  function is(name: string, info: string, expected: string): void {
    it(name, async (test) => assert.deepEqual(await runsWith(test, [info]), [expected]))
  }
  is('is what it says', bulk('# Server\r\nrun_id:abc123\r\n'), 'abc123')
  is('has no name when it does not say', bulk('# Server\r\n'), '')
  is('nor for a user who may not ask', "-NOPERM this user has no permissions to run the 'info' command\r\n", '')
  is('nor where there is no such command', "-ERR unknown command 'INFO'\r\n", '')
  is('is asked for again, and nothing is done before, when that has failed', '-BUSY Redis is busy running a script\r\n', 'later')
})

async function problem(ask: () => Promise<unknown>): Promise<string> {
  return ask().then(
    () => 'an answer',
    (error: Error) => error.message,
  )
}

/** Also later, when it has tried again. */
async function rejectsAtOnce(ask: () => Promise<unknown>): Promise<void> {
  for (const end = performance.now() + 1500; performance.now() < end; ) {
    const start = performance.now()
    assert.equal(await problem(ask), 'no connection to Redis (no answer from Redis within 1 s)')
    assert.ok(performance.now() - start < 1000, `${performance.now() - start} ms`)
    await new Promise(setImmediate)
  }
}

async function untilAnswered(ask: () => Promise<unknown>): Promise<void> {
  while ((await problem(ask)) !== 'an answer') await new Promise(setImmediate)
}
