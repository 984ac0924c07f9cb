import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnostic } from './diagnostics/diagnostic.ts'
import { createReport } from './report.ts'

describe('report', () => {
  const warning = (file: string, start: number) => diagnostic('file-ignored', { extension: '.mjs', what: 'route' }, { file, start, end: start })
  const error = (file: string, start: number) => diagnostic('segment-dots', { segment: '[.a]' }, { file, start, end: start })

  it('lists by file, then place, then code', () => {
    const report = createReport()
    for (const found of [error('b', 0), error('a', 10), warning('a', 9), error('B', 5), error('ä', 0), error('a', 2), warning('a', 2)]) report.add(found)
    assert.deepEqual(
      report.all().map(({ code, at }) => `${at.file}${at.start} ${code}`),
      ['B5 segment-dots', 'a2 file-ignored', 'a2 segment-dots', 'a9 file-ignored', 'a10 segment-dots', 'b0 segment-dots', 'ä0 segment-dots'],
    )
  })

  function errors(name: string, given: Parameters<ReturnType<typeof createReport>['add']>[0][], expected: boolean): void {
    it(name, () => {
      const report = createReport()
      for (const found of given) report.add(found)
      assert.equal(report.hasErrors(), expected)
    })
  }
  errors('nothing is no error', [], false)
  errors('a warning is no error', [warning('a', 0)], false)
  errors('an error is one', [warning('a', 0), error('a', 0)], true)
})
