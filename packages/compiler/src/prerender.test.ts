import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { messageOf } from './diagnostics/diagnostic.ts'
import type { OutputFiles } from './model.ts'
import { completeOptions } from './options.ts'
import { prerender } from './prerender.ts'
import { createReport } from './report.ts'
import { memoryHost } from './testing.ts'

const FILES: OutputFiles = new Map([['prerendered/a.json', new Uint8Array([1])]])
const line = (said: object) => `apiroutes-prerender ${JSON.stringify(said)}\n`
const DONE = line({ pages: 2, failed: 0 })
const home = { path: '/', file: 'pages/index.tsx' }

describe('prerender', () => {
  /** The number of pages, the files, and `code file: message` of what is said when the program prints this. */
  function says(name: string, [code, stdout, stderr = '']: readonly [number | null, string, string?], expected: readonly unknown[], target?: string): void {
    it(name, async () => {
      const report = createReport()
      const asked: string[] = []
      const runOutput = async (_: OutputFiles, args: readonly string[]) => {
        asked.push(...args)
        return { code, stdout, stderr, prerendered: FILES }
      }
      const { pages, files } = await prerender(new Map(), completeOptions(target === undefined ? {} : { target }), { ...memoryHost({}), runOutput }, report)
      const said = report.all().map((item) => `${item.code} ${item.at.file}: ${messageOf(item)}`)
      assert.deepEqual([asked, pages, [...files.keys()], ...said], expected)
    })
  }

  const [asked, files] = [['--prerender'], ['prerendered/a.json']]
  says('all is well', [0, `hello\n${line(home)}${DONE}`], [asked, 2, files])
  says(
    'a page that fails',
    [1, `${line({ ...home, error: 'Error: no\n    at node:fs:1:1\n    at p (node_modules/p/a.js:1:2)' })}${line({ pages: 1, failed: 1 })}`],
    [asked, 1, files, 'page-not-prerendered pages/index.tsx: / could not be generated (package p): Error: no, at p (node_modules/p/a.js:1:2)'],
  )
  says(
    'an end before its time, after a page that was made',
    [3, line(home), 'a\nb\n'],
    [asked, 0, files, 'prerender-failed dist/server.js: the pages could not be generated: it ended the process with exit code 3. b'],
  )
  says(
    'an error that ends it',
    [1, '', "x.js:1\nthrow e\n^\n\nError: no data\n    at a (pages/a.ts:1:1) {\n  code: 'X'\n}\n\nNode.js v20.20.2\n"],
    [asked, 0, files, 'prerender-failed dist/server.js: the pages could not be generated: it ended the process with exit code 1. Error: no data'],
  )
  says(
    'an end before its time, after a page that failed',
    [null, line({ ...home, error: 'Error: no' })],
    [
      ...[asked, 0, files],
      'prerender-failed dist/server.js: the pages could not be generated: it ended the process with a signal',
      'page-not-prerendered pages/index.tsx: / could not be generated: Error: no',
    ],
  )
  says('a module that prints like --verify', [0, `apiroutes-verify ${JSON.stringify({ ...home, error: 'no' })}\n${DONE}`], [asked, 2, files])
  says(
    'another platform is not started',
    [0, DONE],
    [[], 0, [], 'prerender-failed dist/server.js: the pages could not be generated: it is for linux-arm64, and this is linux-x64'],
    'linux-arm64',
  )
})
