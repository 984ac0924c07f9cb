import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { memoryHost } from '../../testing.ts'
import { evaluate, type Literal } from './literal.ts'
import { parseFiles } from './program.ts'

/** The literal as a value; what cannot be told is where it is written: `{ a: 1, b: "? f()" }`. */
function plain(literal: Literal): unknown {
  if (literal.kind === 'unknown') return `? ${literal.node.getText()}`
  if (literal.kind === 'value') return literal.value
  return Object.fromEntries([...literal.entries].map(([key, { value }]) => [key, plain(value)]))
}

/** In one file, after `before`. */
function evaluatedAll(expressions: readonly string[], before = ''): Literal[] {
  const declarations = expressions.map((expression, i) => `const it${i} = ${expression}\n`).join('')
  const [source] = parseFiles(['a.ts'], memoryHost({ 'a.ts': `${before}\n${declarations}` }))
  return expressions.map((expression, i) => evaluate(source?.getVariableDeclaration(`it${i}`)?.getInitializer() ?? assert.fail(expression)))
}

describe('evaluate', () => {
  function is(expression: string, value: unknown, before = ''): void {
    it([before, expression].filter(Boolean).join('; '), () => assert.deepEqual(evaluatedAll([expression], before).map(plain), [value]))
  }

  function unknown(expression: string, at = expression, before = ''): void {
    is(expression, `? ${at}`, before)
  }

  describe('values', () => {
    is("'a'", 'a')
    is('"a\\n\\u{1F600}"', 'a\n😀')
    is('`a`', 'a')
    is('``', '')
    is('5', 5)
    is('0xff', 255)
    is('1e3', 1000)
    is('1e21', 1e21)
    is('1e-7', 1e-7)
    is('.5', 0.5)
    is('1_000.5', 1000.5)
    is('-5', -5)
    is('- -5', 5)
    is('-(5)', -5)
    is('NaN', Number.NaN)
    is('-NaN', Number.NaN)
    is('true', true)
    is('false', false)
    is('null', null)
    is('undefined', undefined)
    is('[]', [])
    is("[1, 'a', [null]]", [1, 'a', [null]])
    is('{}', {})
    is("{ a: 1, 'b-c': { d: [2] }, 3: 4, ['e']: 5 }", { a: 1, 'b-c': { d: [2] }, 3: 4, e: 5 })
    is('{ [1]: 2, [null]: 3, [`x`]: 4 }', { 1: 2, null: 3, x: 4 })
    is('{ constructor: 1, toString: 2, hasOwnProperty: 3 }', { constructor: 1, toString: 2, hasOwnProperty: 3 })
    is('{ 1e21: 1, 1e-7: 2 }', { '1e+21': 1, '1e-7': 2 })
    is("{ ['__proto__']: 1 }", Object.fromEntries([['__proto__', 1]]))
    is('{ a: 1, a: 2 }', { a: 2 })
    is('{ \\u0061: 1 }', { a: 1 })
  })

  describe('types change nothing', () => {
    is('(((5)))', 5)
    is('5 as const', 5)
    is('5 as unknown as string', 5)
    is('5 satisfies number', 5)
    is('<number>5', 5)
    is('5!', 5)
    is('{ a: (5 as const) } satisfies object', { a: 5 })
  })

  describe('constants of the file', () => {
    is('a', 5, 'const a = 5')
    is('{ a }', { a: 5 }, 'const a = 5')
    is('[a, -a]', [5, -5], 'const a = 5')
    is('{ [a]: a }', { k: 'k' }, "const a = 'k'")
    is('a', { b: 1 }, 'const a = { b: 1 }')
    is('b', 5, 'export const b = a; const a = 5 as const')
    unknown('a', 'a', 'let a = 5')
    unknown('a', 'a', 'var a = 5')
    unknown('a', 'a', "import { a } from './a'")
    unknown('a', 'a', "import a from './a'")
    unknown('a', 'a', 'declare const a: number')
    unknown('a', 'a', 'const { a } = b')
    unknown('a', 'a', 'function f() { const a = 5 }')
    unknown('a', 'a', '{ const a = 5 }')
    unknown('a', 'a', 'const a = a')
    unknown('a', 'a', 'const a = [b]; const b = [a]')
    unknown('a', 'a', 'const a = 1 + 1')
    unknown('a', 'a', 'function a() {}')
    unknown('a', 'a', 'class a {}')
    unknown('a', 'a', 'const a = { b: 1 }; a.b = 2')
    unknown('a', 'a', "const a = { b: 1 }; a['b'] = 2")
    unknown('a', 'a', 'const a = { b: 1 }; f(a)')
    is('a', { b: 1 }, 'const a = { b: 1 }; f(b.a)')
    is('{ a: b }', { a: '? b' })
  })

  describe('cannot tell', () => {
    unknown('f()')
    unknown('new F()')
    unknown('f`a`')
    unknown('process.env.A')
    unknown("process.env['A']")
    unknown('a.b')
    unknown('a?.b')
    unknown('1 + 1')
    unknown("'a' + 'b'")
    unknown('!true')
    unknown('+5')
    unknown('~5')
    unknown("-'5'")
    unknown('-true')
    unknown('void 0')
    unknown('typeof 5')
    unknown('a ? 1 : 2')
    unknown('a ?? 1')
    unknown('`${1}`')
    unknown('5n')
    unknown('/a/')
    unknown('() => 1')
    unknown('function () {}')
    unknown('class {}')
    unknown('await 5')
    unknown('(1, 2)', '1, 2')
    unknown('[...a]')
    unknown('[, 1]')
    unknown('[{}]')
    unknown('[f()]')
    unknown('{ ...a }', '...a')
    unknown('{ a() {} }', 'a() {}')
    unknown('{ get a() { return 1 } }', 'get a() { return 1 }')
    unknown('{ [f()]: 1 }', '[f()]: 1')
    unknown('{ __proto__: null }', '__proto__: null')
    unknown('{ "__proto__": {} }', '"__proto__": {}')
    is('{ a: f(), b: 1 }', { a: '? f()', b: 1 })
    is('{ a: { b: f() } }', { a: { b: '? f()' } })
  })
})

describe("evaluate agrees with JavaScript's own value", () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('a', '500kb', 'api', '__proto__', 'constructor', '\u2028', '</script>', "it's", '${a}'),
  )
  const quoted = text.map((value) => JSON.stringify(value))
  const single = fc.constantFrom("'a'", "'\\''", "'\\x41\\u0042\\u{43}'", "'\\\n'", "'\\0'", "'\\a'", "'\\u2028'", "'a\u2028b'")
  const template = fc.constantFrom('`a`', '`\n  a\n`', '`\\``', '`$`', '`\\${a}`', '`\r\n`', '`{}`', '`\\u{1F600}`')
  const number = fc.oneof(
    fc.integer().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.constantFrom('0', '-0', '0b11', '0o17', '0xFF', '1_0', '.5', '5.', '1E3', '2e+2', '0.1e2', '9007199254740993', '- -3', '-(-3)', 'NaN'),
  )
  const word = fc.constantFrom('true', 'false', 'null', 'undefined', 'TEXT', 'NUMBER', 'ITEMS', 'OBJECT')
  const unknown = fc.constantFrom(
    'f()',
    'TEXT.length',
    '1 + 1',
    '`${1}`',
    'true ? 1 : 2',
    '!0',
    '[...ITEMS]',
    '{ ...OBJECT }',
    '{ get a() { return 1 } }',
    '(1, 2)',
    'void 0',
  )
  const key = fc.oneof(
    fc.constantFrom(
      'a',
      'b',
      'api',
      'constructor',
      'toString',
      '$',
      '_',
      'ünï',
      'if',
      "'a-b'",
      '""',
      '5',
      '0x10',
      '1e3',
      '.5',
      "['a']",
      '[TEXT]',
      '[`b`]',
      '[5]',
      '[NUMBER]',
      '[null]',
      "['__proto__']",
    ),
    quoted.filter((value) => value !== '"__proto__"'),
  )
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(quoted, single, template, number, word),
      { arbitrary: unknown, weight: 1 },
      { arbitrary: fc.array(tie('expression'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`), weight: 1 },
      {
        arbitrary: fc
          .array(
            fc.oneof(
              fc.tuple(key, tie('expression')).map((entry) => entry.join(': ')),
              fc.constantFrom('TEXT', 'ITEMS'),
            ),
            { maxLength: 4 },
          )
          .map((entries) => `{ ${entries.join(', ')} }`),
        weight: 2,
      },
      { arbitrary: tie('expression').map((inner) => `(${inner})`), weight: 1 },
    ),
  }))
  const before = `const TEXT = 'text', NUMBER = -1.5, ITEMS = [1, 'a', null], OBJECT = { a: { b: true } }\nfunction f() { return 1 }\n`

  const hasUnknown = (literal: Literal): boolean =>
    literal.kind === 'unknown' || (literal.kind === 'object' && [...literal.entries.values()].some(({ value }) => hasUnknown(value)))

  it('or says that it cannot tell', () => {
    const count = { known: 0, unknown: 0 }
    fc.assert(
      // many in one file, since a file costs more than an expression
      fc.property(fc.array(expression, { minLength: 1, maxLength: 20, size: 'max' }), (expressions) => {
        for (const [i, literal] of evaluatedAll(expressions, before).entries()) {
          if (!hasUnknown(literal)) assert.deepEqual(plain(literal), new Function(`${before}return (${expressions[i]})`)())
          count[hasUnknown(literal) ? 'unknown' : 'known']++
        }
      }),
      { numRuns: 60 },
    )
    assert.ok(Math.min(count.known, count.unknown) > 50, JSON.stringify(count))
  })
})
