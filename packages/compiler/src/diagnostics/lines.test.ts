import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { locate, offsetOfLine } from './lines.ts'

describe('locate', () => {
  /** `|` is the offset; `expected` is line:column and the text of the line. */
  function at(name: string, marked: string, expected: string): void {
    it(name, () => {
      const text = marked.replace('|', '')
      const { line, column, lineStart, lineEnd } = locate(text, marked.indexOf('|'))
      assert.equal(`${line}:${column} ${text.slice(lineStart, lineEnd)}`, expected)
      assert.equal(offsetOfLine(text, line), lineStart)
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
  at('old Macintosh line ends', 'abc\rd|ef\rghi', '2:2 def')
  at('all kinds in one file', 'a\nb\r\nc\rd\u2028e\u2029f|g', '6:2 fg')
  at('a line separator ends a line for JavaScript', 'abc\u2028d|ef', '2:2 def')
  at('tabs count one', '\t\ta|b', '1:4 \t\tab')
  at('UTF-16 units, as editors count', '😀|a', '1:3 😀a')

  it('a line that is not there begins at the end', () => assert.equal(offsetOfLine('a\nb', 5), 3))
})
