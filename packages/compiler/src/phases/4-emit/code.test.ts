import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Code, code, comment, type Json, lines } from './code.ts'

function run(expression: Code): unknown {
  return new Function(`'use strict'; return (${expression.text}\n)`)()
}

describe('code', () => {
  function prints(name: string, printed: Code, text: string): void {
    it(name, () => assert.equal(printed.text, text))
  }

  describe('data is quoted, code is pasted', () => {
    prints('a string', code`f(${'a'})`, 'f("a")')
    prints('code', code`f(${new Code('a')})`, 'f(a)')
    prints('code in code', code`f(${code`g(${'a'})`})`, 'f(g("a"))')
    prints('numbers and words', code`${1} ${-1.5} ${true} ${null} ${undefined}`, '1 -1.5 true null undefined')
    prints('arrays and objects', code`${{ a: [1, 'b', { c: null }] }}`, '{ a: [1, "b", { c: null }] }')
    prints('empty ones', code`${[]} ${{}}`, '[] {}')
    prints('keys that are no names', code`${{ 'a-b': 1, '': 2, 'a"': 3, $: 4, _5: 6, 7: 8 }}`, '{ "7": 8, "a-b": 1, "": 2, "a\\"": 3, $: 4, _5: 6 }')
    prints('reserved words are fine as keys', code`${{ if: 1 }}`, '{ if: 1 }')
    prints('undefined in an object', code`${{ a: undefined }}`, '{ a: undefined }')
    prints('a prototype as a key', code`${JSON.parse('{ "__proto__": 1, "constructor": 2 }')}`, '{ ["__proto__"]: 1, constructor: 2 }')
    prints('an object without a prototype', code`${Object.assign(Object.create(null), { a: 1 })}`, '{ __proto__: null, a: 1 }')
    prints('an empty object without a prototype', code`${Object.create(null)}`, '{ __proto__: null }')
    prints('nothing', code``, '')
  })

  describe('text cannot break out', () => {
    prints('quotes', code`import ${'";evil("'}`, 'import "\\";evil(\\""')
    prints('a backslash', code`import ${'\\'}`, 'import "\\\\"')
    prints('a line break', code`import ${'a\nevil()'}`, 'import "a\\nevil()"')
    prints('template holes and backticks', code`import ${'`${evil()}'}`, 'import "`${evil()}"')
    prints('replacement patterns', code`f(${"$&$1$'$`$$"})`, 'f("$&$1$\'$`$$")')
    prints('a comment with a line break', comment('a\nevil()'), '// a evil()')
    prints('a comment with every line break', comment('a\r\nb\rc\u2028d\u2029e\n\n'), '// a b c d e ')
    prints('a comment with the end of another', comment('*/ evil() /*'), '// */ evil() /*')
    prints('U+2028 in a string', code`${'\u2028'}`, '"\u2028"')
  })

  describe('indentation is that of the template', () => {
    const two = lines([code`a()`, code`b()`])
    prints(
      'the margin goes',
      code`
      f()
        g()
      h()
    `,
      'f()\n  g()\nh()',
    )
    prints('lines', two, 'a()\nb()')
    prints('no lines', lines([]), '')
    prints(
      'several lines in a hole',
      code`
      f([
        ${two}
      ])
    `,
      'f([\n  a()\n  b()\n])',
    )
    prints(
      'a block in a block',
      code`
      {
        ${code`
          {
            ${two}
          }
        `}
      }
    `,
      '{\n  {\n    a()\n    b()\n  }\n}',
    )
    prints(
      'after other text',
      code`
      f(x, {
        a: ${code`
          [
            1,
          ]
        `},
      })
    `,
      'f(x, {\n  a: [\n    1,\n  ],\n})',
    )
    prints(
      'tabs',
      code`
\t\tf(
\t\t\t${two}
\t\t)
    `,
      'f(\n\ta()\n\tb()\n)',
    )
    prints(
      'an empty hole',
      code`
      f([
        ${lines([])}
      ])
    `,
      'f([\n  \n])',
    )
    prints(
      'text is not indented',
      code`
      f(
        ${'a\n  b'}
      )
    `,
      'f(\n  "a\\n  b"\n)',
    )
  })

  describe('a value evaluates back to itself', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'a-b', '0', '-1', '\u2028', '"', 'if', 'ünï', '__proto__ '))
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('";evil("', '\u2028\u2029', '</script>', '`${a}`', '\n', "$&$'"))
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        text,
        fc.constantFrom(null, true, false, undefined, 0, 1e21, 1e-7, 5e-324),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
        fc.array(tie('value')),
        fc.dictionary(key, tie('value')),
      ),
    }))
    const rows: readonly Json[] = ['";evil("', '__proto__', '\u2028', JSON.parse('{ "__proto__": { "a": 1 } }'), Object.create(null), [], [undefined]]

    for (const row of rows) it(JSON.stringify(row), () => assert.deepEqual(run(code`${row}`), row))
    it('any', () =>
      fc.assert(
        fc.property(value, (given) => assert.deepEqual(run(code`${given}`), given)),
        { numRuns: 500 },
      ))
    it('any, deep in an indented template', () =>
      fc.assert(
        fc.property(value, (given) => {
          const nested = code`
            [
              ${code`
                ${given},
              `}
              ${comment(`${JSON.stringify(given)}`)}
            ]
          `
          assert.deepEqual(run(nested), [given])
        }),
      ))
  })
})
