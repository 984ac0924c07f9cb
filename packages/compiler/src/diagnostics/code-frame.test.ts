import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { widthOf } from './cells.ts'
import { codeFrame } from './code-frame.ts'

describe('codeFrame', () => {
  /** The span is between the two `|`. */
  function frames(name: string, marked: string, ...expected: string[]): void {
    it(name, () => {
      const [before = '', inner = '', after = ''] = marked.split('|')
      const span = { file: 'a.ts', start: before.length, end: before.length + inner.length }
      assert.deepEqual(codeFrame(before + inner + after, span).split('\n'), expected)
    })
  }

  frames('one word', 'let |abc| = 1', '   |', ' 1 | let abc = 1', '   |     ^^^')
  frames('a whole line', '|abc|\ndef', '   |', ' 1 | abc', '   | ^^^')
  frames('nothing', 'abc ||def', '   |', ' 1 | abc def', '   |     ^')
  frames('an empty file', '||', '   |', ' 1 |', '   | ^')
  frames('the end of the file', 'abc||', '   |', ' 1 | abc', '   |    ^')
  frames('after the last line break', 'abc\n||', '   |', ' 2 |', '   | ^')
  frames('white space at the end', 'abc| \t|\ndef', '   |', ' 1 | abc', '   |    ^^^^^')
  frames('Windows line ends', 'abc\r\nd|e|f\r\n', '   |', ' 2 | def', '   |  ^')
  frames('a lone carriage return', 'abc\rd|e|f\r', '   |', ' 2 | def', '   |  ^')
  frames('a line separator', 'abc\u2028d|e|f\u2029', '   |', ' 2 | def', '   |  ^')
  frames('the line break itself', 'abc|\n|def', '   |', ' 1 | abc', '   |    ^')
  frames('line 10', `${'\n'.repeat(9)}a|b|`, '    |', ' 10 | ab', '    |  ^')
  frames('line 1000', `${'\n'.repeat(999)}|ab|`, '      |', ' 1000 | ab', '      | ^^')

  // several lines
  frames('two lines', 'a = |{\n  b }|', '   |', ' 1 | a = {', '   |     ^', ' 2 |   b }', '   |   ^^^')
  frames('three lines', 'a = |{\n  b\n}|', '   |', ' 1 | a = {', '   |     ^', ' … |', ' 3 | }', '   | ^')
  frames('three Windows lines', 'a = |{  \r\n  b\r\n}|', '   |', ' 1 | a = {', '   |     ^^^', ' … |', ' 3 | }', '   | ^')
  frames('from line 9 to line 11', `${'\n'.repeat(8)}|{\n\n}|`, '    |', '  9 | {', '    | ^', '  … |', ' 11 | }', '    | ^')
  frames('the line break behind is not a second line', '|abc\r\n|def', '   |', ' 1 | abc', '   | ^^^')
  frames('nor are empty lines', '|abc\n\n  |\ndef', '   |', ' 1 | abc', '   | ^^^')

  // tabs
  frames('a tab before', '\tif (a)\t|b|', '   |', ' 1 |     if (a)    b', '   |               ^')
  frames('a tab within', '|a\tb|c', '   |', ' 1 | a    bc', '   | ^^^^^^')

  // what is wider or narrower than it is long
  frames('East Asian', "'日本' + |語| + a", '   |', " 1 | '日本' + 語 + a", '   |          ^^')
  frames('half-width katakana', 'ｱ|ｲ|', '   |', ' 1 | ｱｲ', '   |  ^')
  frames('Hangul in parts', '\u1112\u1161\u11ab|a|', '   |', ' 1 | \u1112\u1161\u11aba', '   |   ^')
  frames('an emoji', '😀|a|', '   |', ' 1 | 😀a', '   |   ^')
  frames('a family', '👨‍👩‍👧‍👦|a|', '   |', ' 1 | 👨‍👩‍👧‍👦a', '   |   ^')
  frames('a flag', '🇩🇪|🇫🇷|a', '   |', ' 1 | 🇩🇪🇫🇷a', '   |   ^^')
  frames('a skin tone', '👍🏽|a|', '   |', ' 1 | 👍🏽a', '   |   ^')
  frames('a heart, as text and as a picture', '❤|❤️|', '   |', ' 1 | ❤❤️', '   |  ^^')
  frames('an accent of its own', 'e\u0301|a|', '   |', ' 1 | e\u0301a', '   |  ^')
  frames('half an emoji is all of it', '\ud83d|\ude00|a', '   |', ' 1 | 😀a', '   | ^^')

  // what must not reach a terminal, or would not be seen
  frames('an escape sequence', "a = '\u001b[31m|x|'", '   |', " 1 | a = '␛[31mx'", '   |           ^')
  frames('control characters', '\0\b\u007f\u009b|a|', '   |', ' 1 | ␀␈␡\uFFFDa', '   |     ^')
  frames('text that turns round', 'a\u202e|b|', '   |', ' 1 | a\uFFFDb', '   |   ^')
  frames('a space of no width', 'a|\u200b|b', '   |', ' 1 | a\uFFFDb', '   |  ^')
  frames('half a character', 'a|\ud800|b', '   |', ' 1 | a\uFFFDb', '   |  ^')

  // long lines
  const x = (n: number) => 'x'.repeat(n)
  frames('120 columns are shown', `${x(117)}|abc|`, '   |', ` 1 | ${x(117)}abc`, `   | ${' '.repeat(117)}^^^`)
  frames('near the start', `|abc|${x(200)}`, '   |', ` 1 | abc${x(117)}…`, '   | ^^^')
  frames('near the end', `${x(200)}|abc|`, '   |', ` 1 | …${x(117)}abc`, `   | ${' '.repeat(118)}^^^`)
  frames('in the middle', `${x(500)}|abcd|${x(500)}`, '   |', ` 1 | …${x(58)}abcd${x(58)}…`, `   | ${' '.repeat(59)}^^^^`)
  frames('megabytes', `${x(5e6)}|abcd|${x(5e6)}`, '   |', ` 1 | …${x(58)}abcd${x(58)}…`, `   | ${' '.repeat(59)}^^^^`)
  frames('a span of megabytes', `a|${x(5e6)}|b`, '   |', ` 1 | a${x(119)}…`, `   |  ${'^'.repeat(119)}`)
  frames('a long span', `${x(500)}|${'a'.repeat(500)}|${x(500)}`, '   |', ` 1 | …${x(20)}${'a'.repeat(100)}…`, `   | ${' '.repeat(21)}${'^'.repeat(100)}`)
  frames(
    'wide characters are not halved',
    `${'語'.repeat(300)}|a|${'語'.repeat(300)}`,
    '   |',
    ` 1 | …${'語'.repeat(29)}a${'語'.repeat(30)}…`,
    `   | ${' '.repeat(59)}^`,
  )
  frames(
    'the first line of a long span',
    `${x(200)}|a${x(200)}\nb|`,
    '   |',
    ` 1 | …${x(20)}a${x(99)}…`,
    `   | ${' '.repeat(21)}${'^'.repeat(100)}`,
    ' 2 | b',
    '   | ^',
  )

  it('is always narrow, has no control characters, and marks something', () => {
    const part = fc.constantFrom('a', '  ', '\t', '\n', '\r\n', '\u2028', '語', '👨‍👩‍👧‍👦', '🇩🇪', 'e\u0301', '\u001b[1m', '\ud83d', '\u200b', x(70))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), fc.nat(), fc.nat(), (parts, a, b) => {
        const text = parts.join('')
        const [start = 0, end = 0] = [a, b].map((n) => n % (text.length + 1)).toSorted((one, two) => one - two)
        const lines = codeFrame(text, { file: 'a.ts', start, end }).split('\n')
        assert.ok(lines.length === 3 || lines.length === 5 || lines.length === 6)
        assert.match(lines.at(-1) ?? '', /^ +\| +\^+$|^ +\| \^+$/)
        for (const line of lines) assert.ok(widthOf(line) <= 132 && !/[\p{Control}\u2028\u2029]/u.test(line), JSON.stringify(line))
      }),
    )
  })
})
