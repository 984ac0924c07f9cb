import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Diagnostic, diagnostic, fileSpan } from './diagnostic.ts'
import { toGitHub } from './render-github.ts'

const texts: Record<string, string> = { 'pages/api/a.ts': 'export default handler\n', 'pages/api/b,c:%.ts': 'one\r\ntwo\r\n' }

describe('toGitHub', () => {
  function annotates(name: string, found: Diagnostic, expected: string): void {
    it(name, () => {
      const line = toGitHub(
        found,
        (file) => texts[file],
        (file) => `app/${file}`,
      )
      assert.equal(line, expected)
    })
  }
  const unknownKey = { key: 'config.apis', nearest: '' }

  annotates(
    'an error: its range, the fix, and a second place',
    diagnostic('route-conflict', { path: '/api/a', other: 'b' }, { file: 'pages/api/a.ts', start: 7, end: 14 }, [
      { text: 'the other handler is here', at: { file: 'pages/api/b,c:%.ts', start: 5, end: 8 } },
      { text: 'and there', at: fileSpan('gone.ts') },
    ]),
    '::error file=app/pages/api/a.ts,line=1,col=8,endLine=1,endColumn=15,title=route-conflict::this file and b both answer /api/a' +
      '%0Anote: the other handler is here: app/pages/api/b,c:%25.ts:2:1%0Anote: and there: app/gone.ts%0Afix: Rename or delete one of the two files.',
  )
  annotates(
    'a warning, a name and a message that have to be escaped',
    diagnostic('config-unknown-key', { key: 'a%0A,b:\r\nc', nearest: '' }, { file: 'pages/api/b,c:%.ts', start: 0, end: 3 }),
    '::warning file=app/pages/api/b%2Cc%3A%25.ts,line=1,col=1,endLine=1,endColumn=4,title=config-unknown-key::`a%250A,b:␍␊c` is no config key' +
      '%0Afix: Correct the name, or remove the key: it has no effect.',
  )
  annotates(
    'several lines: without columns, which GitHub refuses then',
    diagnostic('config-unknown-key', unknownKey, { file: 'pages/api/b,c:%.ts', start: 0, end: 8 }),
    '::warning file=app/pages/api/b%2Cc%3A%25.ts,line=1,endLine=2,title=config-unknown-key::`config.apis` is no config key%0Afix: Correct the name, or remove the key: it has no effect.',
  )
  annotates(
    'a place that has no text: without a line',
    diagnostic('no-routes', { what: 'no API routes', looked: 'x' }, fileSpan('pages/api')),
    '::error file=app/pages/api,title=no-routes::there are no API routes: looked for .ts, .tsx, .js and .jsx files in x' +
      '%0Afix: Create pages/api/hello.ts, or give the folder that contains `pages` as the argument.',
  )
})
