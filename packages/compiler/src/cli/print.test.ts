import assert from 'node:assert/strict'
import { it } from 'node:test'
import { diagnostic, fileSpan } from '../diagnostics/diagnostic.ts'
import { memoryHost } from '../testing.ts'
import { printDiagnostics, printDiagnosticsAsJson } from './print.ts'

it('a file that cannot be read is named without its source line', (test) => {
  const host = { ...memoryHost({ 'pages/api/a.ts': '' }), read: () => assert.fail('EACCES') }
  const found = [diagnostic('file-unreadable', { why: 'EACCES' }, fileSpan('pages/api/a.ts'))]
  const text = test.mock.method(console, 'error', () => {})
  const json = test.mock.method(console, 'log', () => {})
  printDiagnostics(found, host)
  printDiagnosticsAsJson(found, host)
  assert.match(String(text.mock.calls[0]?.arguments[0]), /--> pages\/api\/a\.ts\nfix: /)
  assert.equal(JSON.parse(String(json.mock.calls[0]?.arguments[0])).file, 'pages/api/a.ts')
})
