import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe, it } from 'node:test'
import { EnvError, readEnv } from './env.ts'
import { listen } from './lifecycle.ts'

describe('readEnv', () => {
  function reads(env: Record<string, string>, port: number, host?: string) {
    it(JSON.stringify(env), () => {
      const read = readEnv(env)
      assert.deepEqual([read.port, read.host], [port, host])
    })
  }

  reads({}, 3000)
  reads({ PORT: '' }, 3000)
  reads({ PORT: '8080' }, 8080)
  reads({ PORT: '0' }, 0)
  reads({ PORT: '1' }, 1)
  reads({ PORT: '65535' }, 65_535)
  reads({ PORT: '00080' }, 80)
  reads({ HOST: '127.0.0.1' }, 3000, '127.0.0.1')
  reads({ HOST: '' }, 3000)
  reads({ HOST: '::1', PORT: '81' }, 81, '::1')
  reads({ HOSTNAME: 'a-container' }, 3000)

  for (const value of ['65536', '-1', 'abc', '80a', '1e3', '0x50', '8080.5', ' 80', '80 ', '+80', 'NaN', '8080\n', '٣', 'http://h', '99999999999999999999']) {
    it(`refuses ${JSON.stringify(value)}`, () =>
      assert.throws(() => readEnv({ PORT: value }), {
        name: 'EnvError',
        message: `PORT must be a number from 0 to 65535, got ${JSON.stringify(value)}. Example: PORT=8080`,
      }))
  }
})

describe('listen', () => {
  it('resolves with the address', async (test) => {
    const server = createServer()
    test.after(() => server.close())
    const { port, address } = await listen(server, { port: 0, host: '127.0.0.1' })
    assert.equal(address, '127.0.0.1')
    assert.ok(port > 0)
  })

  it('listens on every interface by default', async (test) => {
    const server = createServer()
    test.after(() => server.close())
    const { address } = await listen(server, { port: 0, host: undefined })
    assert.match(address, /^(::|0\.0\.0\.0)$/)
  })

  it('says which port is in use', async (test) => {
    const server = createServer()
    test.after(() => server.close())
    const { port } = await listen(server, { port: 0, host: '127.0.0.1' })
    const message = `127.0.0.1, port ${port} is already in use. Stop the other process or set PORT to another port.`
    await assert.rejects(listen(createServer(), { port, host: '127.0.0.1' }), { name: 'EnvError', message })
  })

  it('says that HOST is no address of this machine', async () => {
    await assert.rejects(
      listen(createServer(), { port: 0, host: '192.0.2.1' }),
      (error: Error) => error instanceof EnvError && error.message.includes('"192.0.2.1"'),
    )
  })
})
