/** What cannot be had from Redis now rejects now, and can be had again when Redis is back. */

import assert from 'node:assert/strict'
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
