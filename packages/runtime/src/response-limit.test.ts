import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import type { Handler } from './routes.ts'
import { startApp } from './testing.ts'

const send =
  (bytes: number): Handler =>
  (_req, res) =>
    res.send('x'.repeat(bytes))

async function warningsOf(test: Parameters<typeof startApp>[0], responseLimit: unknown, handler: Handler, method = 'GET'): Promise<string[]> {
  const app = await startApp(test, { '/api/files/[id]': { config: { api: { responseLimit } }, handler } })
  const { status } = await app.ask('/api/files/7?x=1', { method })
  assert.equal(status, 200)
  assert.deepEqual(app.log, [])
  return app.warnings
}

describe('responseLimit', () => {
  function warns(name: string, responseLimit: unknown, handler: Handler, limit: string, method?: string) {
    it(`${name}: warns`, async (test) => {
      const [warning = '', ...more] = await warningsOf(test, responseLimit, handler, method)
      assert.deepEqual(more, [])
      assert.ok(warning.startsWith(`${method ?? 'GET'} /api/files/[id]: the response exceeds ${limit}. It was sent in full.`), warning)
    })
  }

  function isQuiet(name: string, responseLimit: unknown, handler: Handler, method?: string) {
    it(`${name}: is quiet`, async (test) => assert.deepEqual(await warningsOf(test, responseLimit, handler, method), []))
  }

  isQuiet('4mb less one, by default', undefined, send(4_194_303))
  warns('4mb, by default', undefined, send(4_194_304), '4mb')
  warns('4mb, with true', true, send(4_194_304), '4mb')
  warns('4mb, with null', null, send(4_194_304), '4mb')
  isQuiet('with false', false, send(5_000_000))
  isQuiet('with 0', 0, send(5_000_000))
  isQuiet('99 of 100', 100, send(99))
  warns('100 of 100', 100, send(100), '100')
  warns('101 of 100', 100, send(101), '100')
  isQuiet('1023 of 1kb', '1kb', send(1023))
  warns('1kb', '1kb', send(1024), '1kb')
  warns('1.5 KB as it is written', '1.5 KB', send(1536), '1.5 KB')
  warns('anything over the text 0', '0', send(0), '0')

  const chunks =
    (...parts: (string | Uint8Array)[]): Handler =>
    (_req, res) => {
      for (const part of parts.slice(0, -1)) res.write(part)
      res.end(parts.at(-1))
    }
  isQuiet('write and end, one less', 10, chunks('aaa', 'bbb', 'ccc'))
  warns('write and end', 10, chunks('aaa', 'bbb', 'cccc'), '10')
  warns('a Buffer and a Uint8Array', 10, chunks(Buffer.alloc(5), new Uint8Array(5)), '10')
  warns('write alone', 10, (_req, res) => [res.write('x'.repeat(10)), res.end()], '10')
  warns('bytes, not characters', 10, (_req, res) => res.end('é'.repeat(5)), '10')
  isQuiet('an encoding, one less', 10, (_req, res) => res.end('aa'.repeat(9), 'hex'))
  warns('an encoding', 10, (_req, res) => res.end('aa'.repeat(10), 'hex'), '10')
  isQuiet('latin1', 10, (_req, res) => res.end('é'.repeat(9), 'latin1'))
  warns('json', 10, (_req, res) => res.json('x'.repeat(8)), '10')
  isQuiet('json, one less', 10, (_req, res) => res.json('x'.repeat(7)))
  warns('a Buffer', 10, (_req, res) => res.send(Buffer.alloc(10)), '10')
  warns('a stream', 10, (_req, res) => res.send(Readable.from(['x'.repeat(6), 'x'.repeat(6)])), '10')
  warns('HEAD', 10, send(10), '10', 'HEAD')
  isQuiet('HEAD, one less', 10, send(9), 'HEAD')
  warns('end twice, once', 10, (_req, res) => [res.end('x'.repeat(10)), res.end('x'.repeat(10))], '10')
  isQuiet('write after end', 10, (_req, res) => [res.end('x'), res.write('x'.repeat(10))])
  isQuiet('an empty answer', 1, (_req, res) => res.end())
  isQuiet('a callback for a chunk', 1, (_req, res) => res.end(() => {}))

  it('never blocks', async (test) => {
    const app = await startApp(test, { '/api/test': { config: { api: { responseLimit: 10 } }, handler: send(10_000) } })
    assert.equal((await app.ask('/api/test')).body.length, 10_000)
  })

  it('warns for every answer', async (test) => {
    const app = await startApp(test, { '/api/test': { config: { api: { responseLimit: 10 } }, handler: send(10) } })
    for (let i = 0; i < 3; i++) await app.ask('/api/test')
    assert.equal(app.warnings.length, 3)
  })
})

describe('externalResolver', () => {
  for (const externalResolver of [true, false, undefined]) {
    it(`${externalResolver}: a late answer is no reason to warn`, async (test) => {
      const app = await startApp(test, {
        '/api/test': { config: { api: { externalResolver } }, handler: (_req, res) => void setTimeout(() => res.end('late'), 5) },
      })
      assert.equal((await app.ask('/api/test')).body, 'late')
      assert.deepEqual([app.warnings, app.log], [[], []])
    })
  }
})
