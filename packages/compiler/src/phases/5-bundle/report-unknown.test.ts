import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createReport } from '../../report.ts'
import { saidOf } from '../../testing.ts'
import { reportTakenNames } from './report-unknown.ts'

describe('reportTakenNames', () => {
  /** Copies by their place in the output, and workers, both relative to the project `/app`. */
  function says(copies: Readonly<Record<string, string>>, workers: readonly string[], expected: readonly string[]): void {
    it(`${JSON.stringify(copies)} ${workers}`, () => {
      const report = createReport()
      const plan = {
        outside: new Set<never>(),
        copies: new Map(Object.entries(copies).map(([to, from]) => [to, { from: `/app/${from}`, why: '', isRelative: false }])),
        placeOf: (file: string) => file.slice('/app/'.length),
      }
      reportTakenNames(plan, new Set(workers.map((file) => `/app/${file}`)), '/app', report)
      assert.deepEqual(saidOf(report.all()), expected)
    })
  }

  says({}, [], [])
  says({ 'server.js': 'server.js' }, [], ['output-name-taken server.js'])
  says({ 'server.js.map': 'server.js.map' }, [], ['output-name-taken server.js.map'])
  says({ 'manifest.json': 'manifest.json' }, [], ['output-name-taken manifest.json'])
  says({ 'manifest.json': 'data/m.json' }, [], ['output-name-taken data/m.json'])
  says({ 'package.json': 'package.json' }, [], []) // becomes part of ours
  says({ 'data/server.js': 'data/server.js', 'data/manifest.json': 'data/manifest.json' }, [], [])
  says({ 'manifest.json': 'manifest.json', 'server.js': 'server.js' }, [], ['output-name-taken manifest.json', 'output-name-taken server.js'])
  says({}, ['server.js'], ['output-name-taken server.js'])
  says({}, ['server.ts', 'server.cjs', 'server.mjs', 'workers/server.js'], [])
  says({ 'server.js': 'server.js' }, ['server.js'], ['output-name-taken server.js'])
})
