import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { codeFrame, locate } from './code-frame.ts'

describe('locate', () => {
  /** `|` is the offset; `expected` is line:column and the text of the line. */
  function at(name: string, marked: string, expected: string): void {
    it(name, () => {
      const { line, column, lineText } = locate(marked.replace('|', ''), marked.indexOf('|'))
      assert.equal(`${line}:${column} ${lineText}`, expected)
    })
  }

  at('an empty file', '|', '1:1 ')
  at('the start', '|abc\ndef', '1:1 abc')
  at('within a line', 'ab|c\ndef', '1:3 abc')
  at('the end of a line', 'abc|\ndef', '1:4 abc')
  at('the start of the next', 'abc\n|def', '2:1 def')
  at('the end of the file', 'abc\ndef|', '2:4 def')
  at('after the last line break', 'abc\n|', '2:1 ')
  at('an empty line', 'abc\n|\ndef', '2:1 ')
  at('Windows line ends', 'abc\r\nd|ef\r\n', '2:2 def')
  at('before a Windows line end', 'abc|\r\ndef', '1:4 abc')
  at('white space at the end is not shown', 'abc  |\t\ndef', '1:6 abc')
  at('tabs count one', '\t\ta|b', '1:4 \t\tab')
  at('UTF-16 units, as editors count', '😀|a', '1:3 😀a')
})

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
  frames('an empty file', '||', '   |', ' 1 | ', '   | ^')
  frames('the end of the file', 'abc||', '   |', ' 1 | abc', '   |    ^')
  frames('after the last line break', 'abc\n||', '   |', ' 2 | ', '   | ^')
  frames('several lines: cut at the first', 'a = |{\n  b\n}|', '   |', ' 1 | a = {', '   |     ^')
  frames('several Windows lines', 'a = |{  \r\n  b\r\n}|', '   |', ' 1 | a = {', '   |     ^')
  frames('Windows line ends', 'abc\r\nd|e|f\r\n', '   |', ' 2 | def', '   |  ^')
  frames('the line break itself', 'abc|\n|def', '   |', ' 1 | abc', '   |    ^')
  frames('tabs stay tabs', '\tif (a)\t|b|', '   |', ' 1 | \tif (a)\tb', '   | \t      \t^')
  frames('tabs within', '|a\tb|', '   |', ' 1 | a\tb', '   | ^^^')
  frames('line 10', `${'\n'.repeat(9)}a|b|`, '    |', ' 10 | ab', '    |  ^')
  frames('line 1000', `${'\n'.repeat(999)}|ab|`, '      |', ' 1000 | ab', '      | ^^')
})
