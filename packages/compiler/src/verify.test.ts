import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { messageOf } from './diagnostics/diagnostic.ts'
import { completeOptions } from './options.ts'
import { createReport } from './report.ts'
import { memoryHost } from './testing.ts'
import { verify } from './verify.ts'

const DONE = 'apiroutes-verify {"routes":2,"failed":0}\n'
const failure = (error: string) => `apiroutes-verify ${JSON.stringify({ path: '/api/a', file: 'pages/api/a.ts', error })}\n`

describe('verify', () => {
  /** `code file: message` of what is said when the program prints this. */
  function says(name: string, [code, stdout, stderr = '']: readonly [number | null, string, string?], expected: readonly string[], target?: string): void {
    it(name, async () => {
      const report = createReport()
      const host = { ...memoryHost({}), runOutput: async () => ({ code, stdout, stderr, prerendered: new Map() }) }
      await verify(new Map(), completeOptions(target === undefined ? {} : { target }), host, report)
      assert.deepEqual(
        report.all().map((item) => `${item.code} ${item.at.file}: ${messageOf(item)}`),
        expected,
      )
    })
  }

  says('all is well', [0, `apiroutes: listening on http://localhost:1\nhello\n${DONE}`], [])
  says(
    'a route that does not load',
    [1, `${failure('Error: no\n    at x (lib/a.ts:1:2)')}${DONE}`],
    ['route-not-loading pages/api/a.ts: /api/a does not load: Error: no, at x (lib/a.ts:1:2)'],
  )
  says(
    'the package it comes from',
    [1, `${failure('Error: no\n    at node:internal/x:1:1\n    at y (node_modules/@s/p/lib/a.js:1:2)')}${DONE}`],
    ['route-not-loading pages/api/a.ts: /api/a does not load (package @s/p): Error: no, at y (node_modules/@s/p/lib/a.js:1:2)'],
  )
  says(
    'the innermost package',
    [1, `${failure('Error: no\n    at node_modules/p/node_modules/q/a.js:1:2')}${DONE}`],
    ['route-not-loading pages/api/a.ts: /api/a does not load (package q): Error: no, at node_modules/p/node_modules/q/a.js:1:2'],
  )
  says('an error without a stack', [1, `${failure("thrown: 'x'")}${DONE}`], ["route-not-loading pages/api/a.ts: /api/a does not load: thrown: 'x'"])
  says(
    'an end before its time',
    [3, 'apiroutes: listening\n', 'a\nb\n'],
    ['verify-failed dist/server.js: the result could not be verified: it ended the process with exit code 3. b'],
  )
  says(
    'a signal',
    [null, failure('Error: no')],
    [
      'verify-failed dist/server.js: the result could not be verified: it ended the process with a signal',
      'route-not-loading pages/api/a.ts: /api/a does not load: Error: no',
    ],
  )
  says(
    'a route that ends the process',
    [3, `apiroutes-verify {"path":"/api/a","file":"pages/api/a.ts"}\n`],
    ['route-not-loading pages/api/a.ts: /api/a does not load: it ended the process with exit code 3'],
  )
  const register = (more: object) => `apiroutes-verify ${JSON.stringify({ path: 'register()', file: 'instrumentation.ts', ...more })}\n`
  const starts = 'the server does not start, since `register()` or the loading of this file fails'
  says(
    'register() that fails',
    [1, `${register({})}${register({ error: 'Error: no\n    at node_modules/p/a.js:1:2' })}${DONE}`],
    [`instrumentation-not-starting instrumentation.ts: ${starts} (package p): Error: no, at node_modules/p/a.js:1:2`],
  )
  says(
    'register() that ends the process',
    [3, register({})],
    [`instrumentation-not-starting instrumentation.ts: ${starts}: it ended the process with exit code 3`],
  )
  says('register() that works', [0, `${register({})}${DONE}`], [])
  says('nothing at all', [0, ''], ['verify-failed dist/server.js: the result could not be verified: it ended the process with exit code 0'])
  says('a module that prints without a line break', [0, `loading...${DONE}`], [])
  says('a module that prints like us', [0, `apiroutes-verify nonsense\n${DONE}`], [])
  says(
    'another platform is not started',
    [0, ''],
    ['verify-failed dist/server.js: the result could not be verified: it is for linux-arm64, and this is linux-x64'],
    'linux-arm64',
  )
  says('the platform by its name', [0, DONE], [], 'linux-x64')
})
