import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { it } from 'node:test'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { createStackMapper } from './stack.ts'

/** A segment: how far it is from the one before in its line, and, unless it has no source, where it leads. */
type Segment = readonly [columns: number] | readonly [columns: number, source: number, line: number, column: number]

const sources = ['../pages/api/a.ts', '../lib/b.ts', '../node_modules/c/index.js']
const segment = fc.oneof(fc.tuple(fc.nat(6)), fc.tuple(fc.nat(6), fc.nat(sources.length - 1), fc.nat(70_000), fc.nat(3_000)))
/** More lines than lie between two marks, most of them empty. */
const lines = fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant<Segment[]>([]) }, fc.array(segment, { maxLength: 4 })), {
  minLength: 1,
  maxLength: 1_600,
  size: 'max',
})

function encode(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1
  let text = ''
  do {
    const digit = rest & 31
    rest >>>= 5
    text += 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'[rest > 0 ? digit | 32 : digit]
  } while (rest > 0)
  return text
}

function mappingsOf(all: readonly Segment[][]): string {
  const last = [0, 0, 0]
  const encodeSegment = ([columns, ...place]: Segment) => {
    const differences = place.map((value, i) => value - (last[i] ?? 0))
    for (const [i, value] of place.entries()) last[i] = value
    return [columns, ...differences].map(encode).join('')
  }
  return `${all.map((line) => line.map(encodeSegment).join(',')).join(';')};` // node:module misreads a last segment without its end
}

it('finds the places that node:module finds, in any order of asking', (test) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'apiroutes-stack-'))
  test.after(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'server.js')
  const url = pathToFileURL(file).href
  const asked = fc.array(fc.tuple(fc.integer({ min: 1, max: 1_650 }), fc.integer({ min: 1, max: 20 })), { minLength: 1, maxLength: 40, size: 'max' })
  fc.assert(
    fc.property(lines, asked, (all, places) => {
      const map = { version: 3, sources, names: [], mappings: mappingsOf(all) }
      writeFileSync(`${file}.map`, JSON.stringify(map))
      const reference = new SourceMap(map as unknown as SourceMapPayload)
      const mapper = createStackMapper(url)
      for (const [line, column] of places) {
        const entry = reference.findEntry(line - 1, column - 1)
        const source = 'originalSource' in entry ? entry.originalSource : undefined
        const expected =
          source && 'originalLine' in entry ? `${source.slice(3)}:${entry.originalLine + 1}:${entry.originalColumn + 1}` : `apiroutes:runtime:${line}:${column}`
        assert.equal(mapper.map(`${url}:${line}:${column}`), expected)
      }
    }),
    { numRuns: 100 },
  )
})

it('takes no longer for a message that reads like frames: 300 kB of it are not seconds', (test) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'apiroutes-stack-'))
  test.after(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'server.js')
  writeFileSync(`${file}.map`, JSON.stringify({ version: 3, sources, names: [], mappings: '' }))
  const stack = `Error: ${'at '.repeat(100_000)}\n    at f (${pathToFileURL(file).href}:1:1)`
  const begin = performance.now()
  assert.match(createStackMapper(pathToFileURL(file).href).map(stack), /\n {4}at apiroutes:runtime:1:1$/)
  assert.ok(performance.now() - begin < 2_000)
})
