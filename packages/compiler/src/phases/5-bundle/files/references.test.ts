import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { temporaryProject } from '../../../testing.ts'
import { createPackages } from './packages.ts'
import { findReferences } from './references.ts'

const FILES = {
  'data/a.json': '{}',
  'data/b.json': '{}',
  'lib/x.txt': '',
  'lib/w.ts': '',
  'lib/v.js': '',
  'node_modules/q/package.json': '{ "name": "q" }',
  'node_modules/q/index.js': '',
  'node_modules/q/worker.js': '',
}

describe('findReferences', () => {
  /** What a module asks for, in order. */
  function finds(file: string, text: string, expected: readonly string[], imports: readonly string[] = []): void {
    it(`${file}: ${text}`, async (test) => {
      const root = temporaryProject(test, { ...FILES, [file]: text })
      const path = join(root, file)
      const module = { file: path, isFile: true, imports: imports.map((specifier) => ({ specifier, target: undefined, isRequire: true })) }
      const found = await findReferences([module], new Map([[path, text]]), root, createPackages(root))
      assert.deepEqual((found.get(path) ?? []).map((item) => item.slice(root.length + 1)).toSorted(), expected)
    })
  }

  const fs = "const fs = require('fs'), path = require('path')\n"
  const esm = "import fs from 'fs'\nimport path from 'path'\n"
  finds('lib/m.js', `${fs}fs.readFileSync(path.join(__dirname, 'x.txt'))`, ['lib/x.txt'])
  finds('lib/m.js', `${fs}fs.readFileSync(__dirname + '/x.txt')`, ['lib/x.txt'])
  finds('lib/m.js', `${fs}fs.readFileSync(\`\${__dirname}/x.txt\`)`, ['lib/x.txt'])
  finds('lib/m.ts', `${esm}const name: string = fs.readFileSync(new URL('./x.txt', import.meta.url), 'utf8')`, ['lib/x.txt'])
  finds('lib/m.tsx', `${esm}const x = <b>{fs.readFileSync(path.join(process.cwd(), 'data/a.json'))}</b>`, ['data/a.json'])
  finds('lib/m.ts', `${esm}const x = (n: string) => fs.readFileSync(path.join(process.cwd(), 'data', n))`, ['data/a.json', 'data/b.json'])
  finds('lib/m.ts', `${esm}const x = (n: string) => fs.readFileSync(path.join(process.cwd(), 'data', n + '.json'))`, ['data/a.json', 'data/b.json'])
  finds('lib/m.ts', "import { Worker } from 'worker_threads'\nnew Worker(new URL('./w.ts', import.meta.url))", ['lib/w.ts'])
  finds('lib/m.js', "const { Worker } = require('worker_threads')\nnew Worker(require('path').resolve(__dirname, 'v.js'))", ['lib/v.js'])
  finds('lib/m.js', "require.resolve('q/worker.js')", ['node_modules/q/worker.js'])
  finds('lib/m.js', "require.resolve('q'), __dirname", ['node_modules/q/index.js'])
  finds('lib/m.js', "require('q'), __dirname", [], ['q'])
  finds('lib/m.js', "require('fs').readFileSync('x.txt')", [])
  finds('lib/m.js', 'const s = \'require("q") __dirname\'', [])
  finds('lib/m.ts', 'this is not TypeScript; __dirname', [])
  finds('node_modules/q/index.js', `${fs}fs.readFileSync(path.join(__dirname, 'worker.js'))`, ['node_modules/q/worker.js'])
})
