// Files that code reads while it runs: of the project, by the working directory or beside a module, and of packages.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { type Exchange, exchange, startApp } from './support/app.ts'

const text = readFileSync(path.join(import.meta.dirname, 'apps/data-files/lib/beside.txt'), 'utf8')
/** `a` of generated.js is `original` at line 1, column 4 of original.js. */
const map = { version: 3, file: 'generated.js', sources: ['original.js'], names: ['original'], mappings: 'AAAIA' }

describe('data files', async () => {
  const app = await startApp('data-files')
  const row = (request: string, expected: Exchange) => it(request, async () => void (await exchange(app, request, expected)))

  row('GET /api/cwd - process.cwd(), when asked', { answer: { capital: 'Paris' } })
  row('GET /api/cwd-sync - process.cwd(), when loaded', { answer: { capital: 'Paris' } })
  row('GET /api/italy - a name that the request gives', { answer: { capital: 'Rome' } })
  row('GET /api/spain - a folder is listed', { status: 404, answer: { known: ['france', 'italy'].map((name) => `${name}.json`) } })
  row('GET /api/beside - import.meta.url', { answer: text })
  row('GET /api/dirname - __dirname', { answer: text })
  row('GET /api/wasm?a=2&b=3', { answer: { sum: 5 } })
  row('POST /api/source-map - a package with a .wasm', {
    body: { map, line: 1, column: 0 },
    answer: { source: 'original.js', line: 1, column: 4, name: 'original' },
  })
  row('GET /api/own-data - two packages, each with a data.json', {
    answer: { commonjs: { owner: 'fixture-own-data-commonjs' }, where: ['lib', 'index.js'], esm: { owner: 'fixture-own-data-esm' } },
  })
})
