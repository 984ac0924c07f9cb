import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { catalogue } from '../diagnostics/catalogue.ts'
import { explanationOf } from './explain-command.ts'

describe('explain', () => {
  it('prints what the documentation says', () => {
    assert.deepEqual(explanationOf('segment-dots'), {
      kind: 'section',
      text: [
        'segment-dots (error)',
        '',
        'One or two periods are a catch-all mistyped.',
        'Fix: A catch-all has exactly three periods: [...name].',
        '',
        'Wrong:',
        '  pages/api/[..path].ts',
        '',
        'Right:',
        '  pages/api/[...path].ts',
      ].join('\n'),
    })
  })
  for (const code of Object.keys(catalogue)) it(`knows ${code}`, () => assert.equal(explanationOf(code).kind, 'section'))

  function unknown(code: string, expected: RegExp): void {
    it(`unknown: ${code}`, () => {
      const { kind, text } = explanationOf(code)
      assert.deepEqual([kind, expected.test(text)], ['unknown', true], text)
    })
  }
  unknown('route-conflcit', /did you mean route-conflict\?$/)
  unknown('what', /the codes are:\n {2}no-routes\n/)
  unknown('constructor', /there is no code "constructor"/)
})
