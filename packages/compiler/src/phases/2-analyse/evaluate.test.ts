import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { transform } from 'esbuild'
import fc from 'fast-check'
import type { ts } from 'ts-morph'
import { memoryHost } from '../../testing.ts'
import { contextOf, evaluate } from './evaluate.ts'
import type { Literal } from './literal.ts'
import { createModules } from './modules.ts'
import { parse } from './parse.ts'

/** The literal as a value; what cannot be told is where it is shown: `{ a: 1, b: "? f()" }`. */
function plain(literal: Literal): unknown {
  if (literal.kind === 'unknown') return `? ${literal.node.getText()}`
  if (literal.kind === 'value') return literal.value
  if (literal.kind === 'array') return literal.items.map(plain)
  const open = literal.open ? [['...', plain(literal.open)]] : []
  return Object.fromEntries([...open, ...[...literal.entries].map(([key, { value }]) => [key, plain(value)])])
}

/** TypeScript takes `f(a << (b > (c)))` for a call with type arguments, and then for a mistake. */
function isMisread(expression: string): boolean {
  const { parseDiagnostics } = parse('a.ts', `use(${expression}\n)`) as ts.SourceFile & { parseDiagnostics: readonly unknown[] }
  return parseDiagnostics.length > 0
}

/** In one file, after `before`. */
function evaluatedAll(expressions: readonly string[], before = ''): Literal[] {
  const source = parse('a.ts', [before, ...expressions.map((expression) => `use(${expression}\n)`)].join('\n'))
  const modules = createModules(memoryHost({}))
  return source.statements.slice(-expressions.length).map((statement) => {
    const [argument] = ((statement as ts.ExpressionStatement).expression as ts.CallExpression).arguments
    return evaluate(argument ?? assert.fail(), contextOf(source, modules))
  })
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
    is('b', 5, 'const a = 5 as const; export const b = a')
    is('a', 2, 'const a = 1 + 1')
    is('undefined', 5, 'const undefined = 5')
    unknown('b', 'b', 'const b = a; const a = 5')
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
    unknown('a', 'a', 'const a = 1; function a() {}')
    unknown('a', 'a', 'function a() {}')
    unknown('a', 'a', 'class a {}')
    unknown('a', 'a', 'const a = { b: 1 }; a.b = 2')
    unknown('a', 'a', "const a = { b: 1 }; a['b'] = 2")
    unknown('a', 'a', 'const a = { b: 1 }; f(a)')
    is('a', { b: 1 }, 'const a = { b: 1 }; f(b.a)')
    is('{ a: b }', { a: '? b' })
  })

  describe('operators', () => {
    is("1 + '2' + 3", '123')
    is("'5' * '4'", 20)
    is("+''", 0)
    is('-true', -1)
    is("-'5'", -5)
    is('~5', -6)
    is('!0', true)
    is('void 0', undefined)
    is('typeof 5', 'number')
    is('typeof null', 'object')
    is('typeof []', 'object')
    is('0 / 0', Number.NaN)
    is('-1 / 0', Number.NEGATIVE_INFINITY)
    is('1 / -0', Number.NEGATIVE_INFINITY)
    is('2 ** 3 ** 2', 512)
    is('-1 >>> 28', 15)
    is('null + 1', 1)
    is('undefined + 1', Number.NaN)
    is("'b' > 'a'", true)
    is("'10' < '9'", true)
    is("null == undefined && null !== undefined && '1' == 1", true)
    is('NaN === NaN', false)
    is('{} === null', false)
    is('[] !== 5', true)
    is('`${-0} ${1e21} ${null} ${true} ${0.1 + 0.2}`', '0 1e+21 null true 0.30000000000000004')
  })

  describe('what decides alone', () => {
    is('true ? 1 : f()', 1)
    is("'' ? f() : 2", 2)
    is('0 || f', '? f')
    is('1 || f()', 1)
    is('0 && f()', 0)
    is('{ a: f() } && 5', 5)
    is("'' ?? f()", '')
    is('null ?? 5', 5)
    is('[] ? 1 : 2', 1)
    is('![]', false)
    unknown('f() ? 1 : 2', 'f()')
    unknown('f() || 1', 'f()')
    unknown('1 + f()', 'f()')
    unknown('`a${f()}`', 'f()')
    unknown('!f()', 'f()')
  })

  describe('parts', () => {
    is("'abc'.length", 3)
    is("'abc'[1]", 'b')
    is("'abc'[9]", undefined)
    is("'abc'['-1']", undefined)
    is('[1, 2].length', 2)
    is('[1, 2][1]', 2)
    is('[1, 2][2]', undefined)
    is("[1, 2]['01']", undefined)
    is('{ a: { b: 1 } }.a.b', 1)
    is("{ a: { b: 1 } }['a']?.['b']", 1)
    is('{ a: 1 }.b', undefined)
    is('{ a: null }.a?.b.c.d', undefined)
    is('{ a: 1, b: f() }.a', 1)
    is('{ 5: 1 }[5]', 1)
    is('a.b[a.c].d', 7, "const a = { b: { k: { d: 7 } }, c: 'k' }")
    is('(a as any).b!.c', 5, 'const a = { b: { c: 5 } }')
    unknown('{ a: null }.a.b')
    unknown('({ a: null }.a?.b).c', '({ a: null }.a?.b).c')
    unknown('{ a: 1 }.toString')
    unknown('{ a: 1 }.__proto__')
    unknown('[1].map')
    unknown("'a'.at")
    unknown('(5).toFixed')
    unknown('f().a', 'f()')
    unknown('{ a: f() }.a')
  })

  describe('spreads', () => {
    is('{ ...{ a: 1, b: 2 }, b: 3 }', { a: 1, b: 3 })
    is('{ b: 3, ...{ a: 1, b: 2 } }', { a: 1, b: 2 })
    is('{ ...null, ...undefined, ...5, ...true }', {})
    is("{ ...'ab', ...[7] }", { 0: 7, 1: 'b' })
    is("[...[1, 2], ...'a😀']", [1, 2, 'a', '😀'])
    is('{ a: 1, ...f(), b: 2 }', { '...': '? f()', b: 2 })
    unknown('{ a: 1, ...f(), b: 2 }.a')
    is('{ a: 1, ...f(), b: 2 }.b', 2)
    unknown('[...f()]', 'f()')
    unknown('[...5]', '...5')
    unknown('[...{}]', '...{}')
  })

  describe('enums', () => {
    is('[E.A, E.B, E.C, E.D, E["e-f"]]', [0, 1, 5, 6, 'x'], "enum E { A, B, C = 5, D, 'e-f' = 'x' }")
    is('E[5]', 'C', 'enum E { A, C = 5 }')
    is('E.C', 6, 'enum E { A = 1 << 1, B = A | 4, C = B }')
    is('E.C', 7, 'const A = 7; enum E { B = A, C = B }')
    is('E.B', 'ab', "enum E { A = 'a', B = `${A}b` }")
    is('E.B', 'ab', "enum E { A = 'a', B = E.A + 'b' }".replace('E.A', "'a'"))
    is('E.A', 1, 'const enum E { A = 1 }')
    is('E.Z', undefined, 'enum E { A }')
    unknown('E.A', 'E.A', 'declare enum E { A }')
    unknown('E.A', 'E.A', 'enum E { A = f(), B = 2 }')
    unknown('E.B', 'E.B', "enum E { A = 'a', B }")
    unknown('E.A', 'E.A', 'enum E { A = B, B = 1 }')
    unknown('E.A', 'E.A', 'enum E { A } enum E { B = 1 }')
    unknown('E.A', 'E.A', 'enum E { A }; E.A = 5')
  })

  describe('taken apart', () => {
    is('a', 5, 'const { a } = { a: 5 }')
    is('b', 5, 'const { a: { b } } = { a: { b: 5 } }')
    is('a', 5, 'const { a = 5 } = {}')
    is('a', null, 'const { a = 5 } = { a: null }')
    is('b', 2, 'const [a, b] = [1, 2]')
    is('b', 7, "const k = 'x'; const { [k]: b } = { x: 7 }")
    unknown('a', 'a', 'const { ...a } = { b: 1 }')
    unknown('a', 'a', 'const { a } = null')
    unknown('a', 'a', 'let { a } = { a: 5 }')
    unknown('a', 'a', 'const [a] = f()')
  })

  describe('cannot tell', () => {
    unknown('f()')
    unknown('new F()')
    unknown('f`a`')
    unknown('process.env.A')
    unknown("process.env['A']")
    unknown('process.env.A.length')
    unknown('a.b')
    unknown('a?.b')
    unknown('5n')
    unknown('/a/')
    unknown('() => 1')
    unknown('function () {}')
    unknown('class {}')
    unknown('await 5')
    unknown('(1, 2)', '1, 2')
    unknown('(a = 5)', 'a = 5')
    unknown('[, 1]')
    unknown("'a' in { a: 1 }")
    unknown('{} + 1')
    unknown('`${{}}`', '{}')
    unknown('[] == 0')
    unknown('+[]')
    unknown('{} === {}')
    unknown('{ a() {} }', 'a() {}')
    unknown('{ get a() { return 1 } }', 'get a() { return 1 }')
    unknown('{ [f()]: 1 }', 'f()')
    unknown('{ [{}]: 1 }', '{}')
    unknown('{ __proto__: null }', '__proto__: null')
    unknown('{ "__proto__": {} }', '"__proto__": {}')
    is('[f()]', ['? f()'])
    is('{ a: f(), b: 1 }', { a: '? f()', b: 1 })
    is('{ a: { b: f() } }', { a: { b: '? f()' } })
    it('a text of a million letters', () => {
      const doubled = Array.from({ length: 20 }, (_, i) => `const a${i + 1} = a${i} + a${i}`).join('\n')
      assert.deepEqual(evaluatedAll(['a20'], `const a0 = 'x'\n${doubled}`).map(plain), ['? a20'])
    })
    it('a sum of 3,000 terms', () => assert.equal(evaluatedAll([`1${' + 1'.repeat(3000)}`])[0]?.kind, 'unknown'))
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
  const word = fc.constantFrom('true', 'false', 'null', 'undefined', 'TEXT', 'NUMBER', 'ITEMS', 'OBJECT', 'ZERO', 'Infinity')
  const part = fc.constantFrom(
    'TEXT.length',
    'TEXT[1]',
    'ITEMS[1]',
    "ITEMS['length']",
    'OBJECT.a.b',
    "OBJECT['a']?.['b']",
    'OBJECT.none?.x.y',
    'Size.Small',
    'Size[4]',
    "Size['Big']",
  )
  const unknown = fc.constantFrom(
    'f()',
    '{ get a() { return 1 } }',
    '(1, 2)',
    '[, 1]',
    'TEXT.at',
    'OBJECT.none.x',
    'new Date(0)',
    '{ a() {} }',
    '`${ITEMS}`',
    '[] + 1',
  )
  const key = fc.oneof(
    fc.constantFrom(
      'a',
      'b',
      'api',
      'constructor',
      'toString',
      '$',
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
  const BINARY = ['+', '-', '*', '/', '%', '**', '&', '|', '^', '<<', '>>', '>>>', '<', '<=', '>', '>=', '==', '!=', '===', '!==', '&&', '||']
  const type = fc.constantFrom(' as any', ' satisfies unknown', ' as const', '!', '')

  /** Expressions of every kind over some leaves; with primitive leaves alone every one of them can be told. */
  function expressionsOver(leaf: fc.Arbitrary<string>): fc.Arbitrary<string> {
    return fc.letrec<{ expression: string }>((tie) => {
      const inner = tie('expression')
      const entry = fc.oneof(
        fc.tuple(key, inner).map((both) => both.join(': ')),
        fc.constantFrom('TEXT', 'ITEMS', 'OBJECT'),
        inner.map((item) => `...(${item})`),
      )
      return {
        expression: fc.oneof(
          { maxDepth: 5, withCrossShrink: true },
          leaf,
          fc.array(inner, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
          fc.array(inner, { maxLength: 3 }).map((items) => `[...(${items[0] ?? "''"}), ...[${items.join(', ')}]]`),
          fc.array(entry, { maxLength: 4 }).map((entries) => `{ ${entries.join(', ')} }`),
          ...operations(inner),
        ),
      }
    }).expression
  }

  function operations(inner: fc.Arbitrary<string>): fc.Arbitrary<string>[] {
    return [
      fc.tuple(inner, type).map(([item, suffix]) => `((${item})${suffix})`),
      fc.tuple(inner, fc.constantFrom(...BINARY), inner).map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
      fc.tuple(inner, inner).map(([left, right]) => `(${left}) ?? (${right})`),
      fc.tuple(inner, inner, inner).map(([a, b, c]) => `(${a}) ? (${b}) : (${c})`),
      fc.tuple(fc.constantFrom('-', '+', '!', '~', 'typeof ', 'void '), inner).map(([operator, item]) => `${operator}(${item})`),
      fc.tuple(inner, inner).map(([a, b]) => `\`<\${${a}}|\${${b}}>\``),
    ]
  }

  const before = `const TEXT = 'text', NUMBER = -1.5, ZERO = -0, ITEMS = [1, 'a', null], OBJECT = { a: { b: true } }
enum Size { Small, Big = 4, Text = 'x', Bigger = Big * 2 + 1, Next }
function f() { return 1 }
`

  const hasUnknown = (literal: Literal): boolean => {
    if (literal.kind === 'object') return literal.open !== undefined || [...literal.entries.values()].some(({ value }) => hasUnknown(value))
    return literal.kind === 'array' ? literal.items.some(hasUnknown) : literal.kind === 'unknown'
  }

  /** JavaScript's own values, types stripped; what throws is the error. */
  async function run(expressions: readonly string[]): Promise<unknown[]> {
    const listed = expressions.map((expression) => `() => (${expression}\n)`).join(',\n')
    const { code } = await transform(`${before}\nreturnValue = [${listed}]`, { loader: 'ts', format: 'cjs', target: 'esnext', logLevel: 'silent' })
    const all: (() => unknown)[] = new Function(`let returnValue; ${code}; return returnValue`)()
    return all.map((evaluateNow) => {
      try {
        return evaluateNow()
      } catch (error) {
        return error
      }
    })
  }

  const primitive = fc.oneof(
    quoted,
    single,
    template,
    number,
    fc.constantFrom('true', 'false', 'null', 'undefined', 'TEXT', 'NUMBER', 'ZERO', 'Infinity', 'TEXT.length', 'OBJECT.a.b', 'Size.Next'),
  )
  const anything = fc.oneof({ arbitrary: primitive, weight: 6 }, word, part, { arbitrary: unknown, weight: 1 })

  it('or says that it cannot tell', async () => {
    const count = { known: 0, unknown: 0 }
    const property = fc.asyncProperty(fc.array(expressionsOver(anything), { minLength: 10, maxLength: 40, size: 'max' }), async (generated) => {
      const expressions = generated.filter((expression) => !isMisread(expression))
      const values = await run(expressions)
      for (const [i, literal] of evaluatedAll(expressions, before).entries()) {
        if (values[i] instanceof Error) continue // a module that throws while it loads has no config
        if (!hasUnknown(literal)) assert.deepEqual(plain(literal), values[i], expressions[i])
        count[hasUnknown(literal) ? 'unknown' : 'known']++
      }
    })
    await fc.assert(property, { numRuns: 60 })
    assert.ok(Math.min(count.known, count.unknown) > 200, JSON.stringify(count))
  })

  it('and always can, of operators on plain values', async () => {
    const plainOnly = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof({ maxDepth: 5, withCrossShrink: true }, primitive, ...operations(tie('expression'))),
    })).expression
    const property = fc.asyncProperty(fc.array(plainOnly, { minLength: 10, maxLength: 40, size: 'max' }), async (generated) => {
      const expressions = generated.filter((expression) => !isMisread(expression))
      const values = await run(expressions)
      const known = evaluatedAll(expressions, before).map((literal, i) => (hasUnknown(literal) ? assert.fail(expressions[i] ?? '') : plain(literal)))
      assert.deepEqual(known, values)
    })
    await fc.assert(property, { numRuns: 60 })
  })
})
