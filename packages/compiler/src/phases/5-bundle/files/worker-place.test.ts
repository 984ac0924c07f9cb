import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { jsName, workerPlace } from './worker-place.ts'

describe('jsName', () => {
  function is(path: string, expected: string): void {
    it(path, () => assert.equal(jsName(path), expected))
  }
  is('w.ts', 'w.ts.js')
  is('w.mts', 'w.mts.js')
  is('w.cts', 'w.cts.js')
  is('a/w.tsx', 'a/w.tsx.js')
  is('w.jsx', 'w.jsx.js')
  is('w.cjs', 'w.cjs.js')
  is('w.js', 'w.js')
  is('w.mjs', 'w.mjs')
  is('w.ts.js', 'w.ts.js')
  is('ts', 'ts')
  is('a.ts/w.js', 'a.ts/w.js')
})

it('is in the place that the file has in the output', () => {
  const plan = { outside: new Set<never>(), copies: new Map(), placeOf: (file: string) => `placed${file}` }
  assert.equal(workerPlace('/a/w.ts', plan), 'placed/a/w.ts.js')
})
