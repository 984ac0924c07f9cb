import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { type Diagnostic, diagnostic, fileSpan, type Span } from './diagnostic.ts'
import { countLine, render } from './render.ts'
import { renderDocs } from './render-docs.ts'
import { toJson } from './render-json.ts'

const texts: Record<string, string> = {
  'pages/api/a.ts': 'export default handler\n',
  'pages/api/a/index.ts': 'import x from "x"\nexport default handler\n',
  'pages/api/empty.ts': '',
  'pages/api/windows.ts': '\tone\r\n\ttwo\r\n',
}

function spanOf(file: string, text: string): Span {
  const start = (texts[file] ?? '').indexOf(text)
  return { file, start, end: start + text.length }
}

describe('render', () => {
  function renders(name: string, found: Diagnostic, ...expected: string[]): void {
    it(name, () => assert.deepEqual(render(found, (file) => texts[file]).split('\n'), expected))
  }

  renders(
    'what, where, and how to fix it',
    diagnostic('config-value', { key: 'config.api', expected: 'an object', got: '5' }, spanOf('pages/api/a.ts', 'handler')),
    'error[config-value]: `config.api` must be an object, got 5',
    '  --> pages/api/a.ts:1:16',
    '   |',
    ' 1 | export default handler',
    '   |                ^^^^^^^',
    'fix: Correct the value, or remove the key to get the default.',
  )
  renders(
    'a second place',
    diagnostic('route-conflict', { path: '/api/a', other: 'pages/api/a.ts' }, spanOf('pages/api/a/index.ts', 'export'), [
      { text: 'the other handler is here', at: spanOf('pages/api/a.ts', 'export') },
    ]),
    'error[route-conflict]: this file and pages/api/a.ts both answer /api/a',
    '  --> pages/api/a/index.ts:2:1',
    '   |',
    ' 2 | export default handler',
    '   | ^^^^^^',
    'note: the other handler is here',
    '  --> pages/api/a.ts:1:1',
    '   |',
    ' 1 | export default handler',
    '   | ^^^^^^',
    'fix: Rename or delete one of the two files.',
  )
  renders(
    'a warning, Windows line ends and tabs',
    diagnostic('config-not-static', { key: 'config', why: 'it is computed' }, spanOf('pages/api/windows.ts', 'two')),
    'warning[config-not-static]: `config` cannot be known at build time (it is computed); the config is read when the route loads',
    '  --> pages/api/windows.ts:2:2',
    '   |',
    ' 2 |     two',
    '   |     ^^^',
    'fix: Write the value in place, so that it is checked now.',
  )
  renders(
    'an empty file',
    diagnostic('handler-missing', { named: '' }, fileSpan('pages/api/empty.ts')),
    'error[handler-missing]: this file has no default export',
    '  --> pages/api/empty.ts:1:1',
    '   |',
    ' 1 |',
    '   | ^',
    'fix: Write `export default function handler(req, res) { … }`. Files that are no routes belong outside pages/api.',
  )
  renders(
    'names and words with control characters',
    diagnostic('route-conflict', { path: '/api/\u001b[31m', other: 'pages/api/a\nb.ts' }, fileSpan('pages/api/\u001b[31m.ts'), [
      { text: 'said\u0007 here', at: fileSpan('pages/api/a\nb.ts') },
    ]),
    'error[route-conflict]: this file and pages/api/a␊b.ts both answer /api/␛[31m',
    '  --> pages/api/␛[31m.ts',
    'note: said␇ here',
    '  --> pages/api/a␊b.ts',
    'fix: Rename or delete one of the two files.',
  )
  renders(
    'a place that has no text',
    diagnostic('no-routes', { what: 'no API routes', looked: 'pages/api' }, fileSpan('pages/api')),
    'error[no-routes]: there are no API routes: looked for .ts, .tsx, .js and .jsx files in pages/api',
    '  --> pages/api',
    'fix: Create pages/api/hello.ts, or give the folder that contains `pages` as the argument.',
  )
})

describe('render with colour', () => {
  it('paints roles, not positions', () => {
    const found = diagnostic('route-conflict', { path: '/api/a', other: 'b.ts' }, fileSpan('none'), [{ text: 'here', at: fileSpan('none') }])
    assert.deepEqual(
      render(
        found,
        () => undefined,
        (role, text) => `<${role}>${text}</>`,
      ).split('\n'),
      [
        '<error>error[route-conflict]</><strong>: this file and b.ts both answer /api/a</>',
        '  --> none',
        '<strong>note</>: here',
        '  --> none',
        '<strong>fix</>: Rename or delete one of the two files.',
      ],
    )
  })
})

describe('toJson', () => {
  const json = (found: Diagnostic) => toJson(found, (file) => texts[file])

  it('has lines and columns', () => {
    const at = { file: 'pages/api/a/index.ts', start: 7, end: 24 } // from the first line into the second
    const notes = [{ text: 'here', at: spanOf('pages/api/windows.ts', 'two') }]
    assert.deepEqual(json(diagnostic('route-conflict', { path: '/api/a', other: 'b.ts' }, at, notes)), {
      version: 1,
      type: 'diagnostic',
      severity: 'error',
      code: 'route-conflict',
      message: 'this file and b.ts both answer /api/a',
      fix: 'Rename or delete one of the two files.',
      file: 'pages/api/a/index.ts',
      line: 1,
      column: 8,
      endLine: 2,
      endColumn: 7,
      notes: [{ message: 'here', file: 'pages/api/windows.ts', line: 2, column: 2, endLine: 2, endColumn: 5 }],
    })
  })
  it('is at the first character of what has no text', () => {
    const { line, column, endLine, endColumn } = json(diagnostic('no-routes', { what: '', looked: '' }, fileSpan('pages/api')))
    assert.deepEqual([line, column, endLine, endColumn], [1, 1, 1, 1])
  })
})

describe('countLine', () => {
  const error = diagnostic('handler-missing', { named: '' }, fileSpan('a.ts'))
  const warning = diagnostic('file-ignored', { extension: '.mjs', what: 'route' }, fileSpan('a.mjs'))
  function counts(found: readonly Diagnostic[], expected: string): void {
    it(JSON.stringify(expected), () => assert.equal(countLine(found), expected))
  }
  counts([], '')
  counts([error], '1 error')
  counts([error, error], '2 errors')
  counts([warning], '1 warning')
  counts([warning, warning, error], '1 error, 2 warnings')
})

describe('renderDocs', () => {
  it('is docs/diagnostics.md (if not: npm run docs)', () => {
    assert.equal(renderDocs(), readFileSync(new URL('../../../../docs/diagnostics.md', import.meta.url), 'utf8'))
  })
})
