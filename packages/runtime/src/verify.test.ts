import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createApp } from './dispatch.ts'
import { createManifest, type TestRoutes } from './testing.ts'
import { createTestLog, type Logged } from './testing-log.ts'
import { verify } from './verify.ts'

describe('verify', () => {
  /** The exit code, then each line that is printed. */
  function prints(name: string, routes: TestRoutes, expected: readonly unknown[]): void {
    it(name, async (test) => {
      const lines: unknown[] = []
      test.mock.method(console, 'log', (line: string) => lines.push(JSON.parse(line.replace(/^apiroutes-verify /, ''))))
      const errors: Logged[] = []
      const code = await verify(createApp(createManifest(routes), createTestLog(errors)))
      assert.deepEqual(errors, [])
      const isStart = (line: unknown) => Object.keys(line as object).join() === 'path,file' // a line before each route
      assert.equal(lines.filter(isStart).length, Object.keys(routes).length)
      assert.deepEqual([code, ...lines.filter((line) => !isStart(line))], expected)
    })
  }

  const ok = () => {}
  const fails = (thrown: unknown) => ({ load: () => Promise.reject(thrown) })
  prints('no routes', {}, [0, { routes: 0, failed: 0 }])
  prints('all load', { '/api/a': ok, '/api/[b]': ok }, [0, { routes: 2, failed: 0 }])
  prints('one fails, the others are tried', { '/api/a': fails(new Error('no')), '/api/b': ok, '/api/c': fails('text') }, [
    1,
    { path: '/api/a', file: 'pages/api/a.ts', error: 'Error: no' },
    { path: '/api/c', file: 'pages/api/c.ts', error: 'text' },
    { routes: 3, failed: 2 },
  ])
  prints('no handler', { '/api/a': { load: async () => ({}) } }, [
    1,
    { path: '/api/a', file: 'pages/api/a.ts', error: 'TypeError: pages/api/a.ts does not export a default function' },
    { routes: 1, failed: 1 },
  ])

  it('a module that never finishes loading', async (test) => {
    test.mock.timers.enable({ apis: ['setTimeout'] })
    const lines: string[] = []
    test.mock.method(console, 'log', (line: string) => lines.push(line))
    const verified = verify(createApp(createManifest({ '/api/a': { load: () => new Promise(() => {}) }, '/api/b': ok }), createTestLog()))
    test.mock.timers.tick(30_000)
    assert.equal(await verified, 1)
    assert.match(lines[1] ?? '', /it has not loaded within 30 seconds/)
  })
})
