import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { diagnostic, fileSpan } from '../diagnostics/diagnostic.ts'
import { memoryHost } from '../testing.ts'
import type { Format } from './arguments.ts'
import { printDiagnostics } from './print.ts'

describe('printDiagnostics: a file that cannot be read is named without its source line', () => {
  const host = { ...memoryHost({ 'pages/api/a.ts': '' }), read: () => assert.fail('EACCES') }
  const found = [diagnostic('file-unreadable', { why: 'EACCES' }, fileSpan('pages/api/a.ts'))]

  function printed(test: TestContext, format: Format, stream: 'log' | 'error'): string {
    const print = test.mock.method(console, stream, () => {})
    printDiagnostics(found, format, host)
    return String(print.mock.calls[0]?.arguments[0])
  }

  it('text', (test) => assert.match(printed(test, 'text', 'error'), /--> pages\/api\/a\.ts\nfix: /))
  it('json', (test) => assert.equal(JSON.parse(printed(test, 'json', 'log')).file, 'pages/api/a.ts'))
  it('github', (test) => assert.match(printed(test, 'github', 'log'), /pages\/api\/a\.ts,title=file-unreadable::this file cannot be read: EACCES%0Afix: /))
})

it('printDiagnostics: a file that is no text is named without its bytes', (test) => {
  const host = memoryHost({ 'a.node': '\x7fELF\0\0' })
  const print = test.mock.method(console, 'error', () => {})
  printDiagnostics([diagnostic('addon-platform', { platform: 'linux-x64', target: 'linux-arm64' }, fileSpan('a.node'))], 'text', host)
  assert.match(String(print.mock.calls[0]?.arguments[0]), /--> a\.node\nfix: /)
})
