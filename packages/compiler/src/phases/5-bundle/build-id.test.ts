import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { OutputFile } from '../../model.ts'
import { temporaryProject } from '../../testing.ts'
import { withBuildId } from './build-id.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const SERVER = 'pages({ build: "apiroutes-build-id-xxx" })'

/** The text of server.js beside these files. */
function server(files: Readonly<Record<string, OutputFile>>): string {
  const file = withBuildId(new Map([['server.js', bytes(SERVER)], ...Object.entries(files)])).get('server.js')
  return file instanceof Uint8Array ? new TextDecoder().decode(file) : assert.fail('server.js is gone')
}

describe('the name of a build', () => {
  it('takes the place of a text of its length, in letters that a URL and a key may have', () => {
    assert.equal(server({}).length, SERVER.length)
    assert.match(server({}), /^pages\(\{ build: "(?!apiroutes)[\w-]{22}" \}\)$/)
  })

  /** Does another name come of it than of server.js and a.txt? */
  function differs(name: string, files: Readonly<Record<string, OutputFile>>, expected: boolean): void {
    it(`${expected ? 'differs' : 'stays'}: ${name}`, () => assert.equal(server(files) !== server({ 'a.txt': bytes('aa') }), expected))
  }
  differs('the same', { 'a.txt': bytes('aa') }, false)
  differs('a byte', { 'a.txt': bytes('ab') }, true)
  differs('a name', { 'b.txt': bytes('aa') }, true)
  differs('a file more', { 'a.txt': bytes('aa'), 'b.txt': bytes('') }, true)
  differs('a source map', { 'a.txt': bytes('aa'), 'server.js.map': bytes('{}') }, false)

  it('the order of files does not matter', () => {
    assert.equal(server({ a: bytes('1'), b: bytes('2') }), server({ b: bytes('2'), a: bytes('1') }))
  })
  it('where one file ends and the next begins does', () => {
    assert.notEqual(server({ a: bytes('1'), b: bytes('2') }), server({ a: bytes('1"b" 1\n2') }))
  })

  it('differs with a byte of a file that is copied', (test) => {
    const from = join(temporaryProject(test, { 'data.json': '[1]' }), 'data.json')
    const copied = { 'data/data.json': { from, length: 3, why: 'it is read' } }
    const before = server(copied)
    writeFileSync(from, '[2]')
    assert.notEqual(server(copied), before)
  })
})
