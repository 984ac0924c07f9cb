import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { nearest } from './nearest.ts'

describe('nearest', () => {
  function suggests(written: string, names: readonly string[], expected: string | undefined): void {
    it(`${written}: ${expected}`, () => assert.equal(nearest(written, names), expected))
  }

  suggests('utlis', ['index', 'utils'], 'utils') // letters swapped
  suggests('expres', ['express', 'expresso'], 'express')
  suggests('expreess', ['express'], 'express')
  suggests('DB', ['db'], 'db')
  suggests('Db', ['dc', 'db'], 'db')
  suggests('pth', ['path', 'http'], 'path')
  suggests('fss', ['fs'], 'fs')
  suggests('componentsList', ['component-list'], 'component-list')
  suggests('aab', ['aac', 'aaa'], 'aaa') // the same on every machine

  suggests('db', ['dc', 'a'], undefined)
  suggests('foo', ['bar', 'fob_', 'f'], undefined)
  suggests('auth', ['path', 'with'], undefined)
  suggests('stripe', ['string', 'strict'], undefined)
  suggests('nope', ['none-of-it', 'hope-less'], undefined)
  suggests('same', ['same'], undefined) // it is there: another name is not what was meant
  suggests('', ['a'], undefined)
  suggests('anything', [], undefined)

  it('mends one slip in any name of four letters', () => {
    const letter = fc.constantFrom(...'abcdefgh')
    fc.assert(
      fc.property(fc.string({ unit: letter, minLength: 4, maxLength: 20 }), fc.nat(), letter, fc.constantFrom('drop', 'add', 'swap'), (name, n, by, slip) => {
        const at = n % (name.length - 1)
        const [a = '', b = ''] = name.slice(at)
        const middle = slip === 'drop' ? b : slip === 'add' ? a + by + b : b + a
        const written = name.slice(0, at) + middle + name.slice(at + 2)
        fc.pre(written !== name)
        assert.equal(nearest(written, ['q'.repeat(written.length), name]), name)
      }),
    )
  })
})
