// Route files that `next build` or the first request refuses, and what becomes of them here: one row for each case of
// rejections/cases.mjs, in its order. What Next.js said is in rejections/results.json.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { build, diagnosticCodes } from '../support/build.ts'
import { startServer } from '../support/server.ts'
import type { FileMap } from '../support/temporary.ts'
import { exchange } from './exchange.mjs'
import { cases } from './rejections/cases.mjs'

type Case = (typeof cases)[string]
type Sent = Case[1][number]

interface Recorded {
  readonly build: string
  readonly requests?: readonly string[]
}

interface Expectations {
  /** The codes of warnings, in order. */
  readonly warns?: readonly string[]
  /** Why the answers are not those that were recorded; then `answers` has all of them. Rules are those of docs/compatibility.md. */
  readonly because?: string
  /** status | body, of each request */
  readonly answers?: readonly string[]
}

const results: Record<string, Recorded> = JSON.parse(readFileSync(path.join(import.meta.dirname, 'rejections/results.json'), 'utf8'))
const rows = new Set<string>()

/** The build ends with these errors (and warnings), in this order, and with no others. */
function fails(id: string, codes: readonly string[]) {
  itOnce(id, async ([files]) => {
    const built = await build(projectOf(files))
    assert.deepEqual(diagnosticCodes(built), codes, built.stderr)
    assert.equal(built.code, 1)
  })
}

/** The build succeeds, and the server answers as Next.js did or as listed. */
function builds(id: string, { warns = [], because, answers = recordedAnswers(id) }: Expectations = {}) {
  itOnce(id, async ([files, requests]) => {
    if (because) assert.notDeepEqual(answers, recordedAnswers(id), `nothing differs ${because}`)
    const built = await build(projectOf(files))
    assert.deepEqual(diagnosticCodes(built), warns, built.stderr)
    assert.equal(built.code, 0, built.stderr)
    const server = await startServer(built.dist)
    try {
      const got = await Promise.all(requests.map((sent) => answerTo(sent, server.port)))
      assert.deepEqual(got.map(withoutPage(answers)), answers)
    } finally {
      await server.stop()
    }
  })
}

function itOnce(id: string, run: (files: Case) => Promise<void>) {
  const row = cases[id]
  if (!row || rows.has(id)) throw new Error(`${id} is no case, or has two rows`)
  rows.add(id)
  it(id, () => run(row))
}

/** The paths of a case begin at pages/api. The extra file makes the folder exist when a case has no file at all. */
function projectOf(files: FileMap): FileMap {
  const entries = Object.entries(files).map(([name, content]) => [path.posix.join('pages/api', name), content])
  return { 'pages/api/README.md': '', ...Object.fromEntries(entries) }
}

/** `GET /api/a -> 200 OK | {}` becomes `200 | {}`. */
function recordedAnswers(id: string): string[] {
  return (results[id]?.requests ?? []).map((line) => line.replace(/^.* -> (\d+) [^|]*\| /, '$1 | '))
}

async function answerTo(sent: Sent, port: number): Promise<string> {
  const { path: target, method, body } = typeof sent === 'string' ? { path: sent, method: 'GET', body: undefined } : sent
  const headers: [string, string][] = body === undefined ? [] : [['Content-Type', 'application/json']]
  const request = { id: target, area: '', why: '', method, target, headers, body }
  const { answer } = await exchange(request, { host: '127.0.0.1', port, timeout: 10_000 })
  return `${answer.status} | ${answer.body}`
}

/** Of an HTML page only the status is compared. */
function withoutPage(expected: readonly string[]) {
  return (got: string, index: number) => (expected[index]?.endsWith('[html page]') ? got.replace(/\|.*/s, '| [html page]') : got)
}

const default1mb = '200 | {"t":"object","b":{}}'
const parserOff = '200 | {"t":"undefined","b":"undefined"}'
const readHere = 'the value can be worked out without running code'
const readAtLoad = 'what cannot be worked out is read when the route loads'

describe('what Next.js refuses', { concurrency: 2 }, () => {
  // ---- two files for one path, and file names
  fails('dup-ext', ['syntax-error', 'route-conflict']) // the .js file of this case has types in it
  fails('dup-index', ['route-conflict'])
  fails('dup-dynamic-index', ['route-conflict'])
  fails('dup-api-root', ['route-conflict'])
  fails('two-names-file-dir', ['param-name-conflict'])
  fails('two-names-files', ['param-name-conflict'])
  fails('catchall-not-last', ['catch-all-not-last'])
  fails('optional-catchall-not-last', ['catch-all-not-last'])
  fails('optional-single', ['optional-param'])
  builds('two-params-one-segment', {
    warns: ['looks-dynamic'],
    because: 'a literal name has no params',
    answers: ['404 | [html page]', '200 | {"file":"[a][b].ts","q":{}}'],
  })
  builds('param-prefix', { warns: ['looks-dynamic'] })
  builds('param-suffix', { warns: ['looks-dynamic'] })
  fails('param-repeat', ['param-repeated'])
  fails('param-nonword-differ', ['param-repeated'])
  builds('param-dash')
  builds('param-empty', { warns: ['looks-dynamic'] })
  builds('catchall-empty', { warns: ['looks-dynamic'] })
  fails('param-dots', ['segment-dots'])
  fails('param-two-dots', ['segment-dots'])
  fails('param-ellipsis', ['segment-ellipsis'])
  fails('param-extra-bracket', ['segment-brackets'])
  fails('opt-and-index', ['optional-index-conflict'])
  fails('catch-and-opt', ['catch-all-conflict'])
  fails('case-conflict', ['case-conflict'])

  // ---- handlers
  fails('missing-default', ['handler-missing'])
  fails('empty-file', ['handler-missing'])
  fails('default-object', ['handler-not-function'])
  fails('default-string', ['handler-not-function'])
  fails('default-null', ['handler-not-function'])
  fails('default-class', ['handler-not-function'])
  fails('handler-object-method-map', ['handler-missing'])

  // ---- config
  builds('config-env', { warns: ['config-not-static'], because: readAtLoad, answers: [default1mb] })
  builds('config-call', { warns: ['config-not-static'], because: readAtLoad, answers: [parserOff] })
  builds('config-identifier', { because: readHere, answers: [parserOff] })
  builds('config-spread', { because: readHere, answers: [parserOff] })
  builds('config-imported', { because: readHere, answers: ['200 | {"t":"undefined"}'] })
  builds('config-let', { warns: ['config-not-static'] })
  builds('config-mutated', { warns: ['config-not-static'] })
  builds('config-unknown-keys', { warns: ['config-unknown-key', 'config-unknown-key'] })
  builds('config-unknown-bodyparser-key', { warns: ['config-unknown-key'] })
  builds('config-bodyparser-string', { warns: ['config-no-effect'] })
  builds('config-bodyparser-null')
  builds('config-api-null')
  fails('config-not-object', ['config-not-object'])
  fails('size-limit-words', ['config-value'])
  builds('size-limit-zero', { warns: ['config-no-effect'] })
  builds('size-limit-zero-string')
  fails('size-limit-negative', ['config-value'])
  fails('size-limit-boolean', ['config-value'])
  fails('response-limit-words', ['config-value'])
  fails('runtime-bogus', ['config-value'])
  builds('runtime-nodejs')
  fails('runtime-edge-node-handler', ['config-edge'])
  fails('runtime-edge', ['config-edge'])
  fails('runtime-segment-edge', ['config-edge'])
  fails('max-duration-string', ['config-value'])

  // ---- modules
  builds('throw-at-load')
  builds('top-level-await')
  fails('syntax-error', ['syntax-error', 'syntax-error'])
  builds('type-error', { because: 'types are checked by tsc, not by us', answers: ['200 | "x"'] })
  fails('unresolved-import', ['import-unresolved'])
  fails('missing-package', ['package-not-installed'])

  // ---- file names again
  fails('underscore-middleware', ['reserved-name'])
  builds('dts-file', {
    because: 'declaration files are ignored',
    answers: ['404 | [html page]', '404 | [html page]', '200 | {"file":"a.ts","q":{}}'],
  })
  builds('dot-file')
  builds('space-file', {
    because: 'rule decoded',
    answers: ['200 | {"file":"a b.ts","q":{}}', '200 | {"file":"c d/[x y].ts","q":{"x y":"1"}}'],
  })
  builds('percent-file', {
    because: 'rule decoded',
    answers: ['200 | {"file":"50%.ts","q":{}}', '200 | {"file":"50%.ts","q":{}}', '404 | [html page]', '200 | {"file":"a%20b.ts","q":{}}'],
  })
  builds('index-index')
  builds('group-folder')
  builds('at-plus-tilde', {
    because: 'rule decoded',
    answers: [...['@me', 'a+b', '~t', 'x,y', "it's", "it's", 'a+b'].map((name) => `200 | {"file":"${name}.ts","q":{}}`)],
  })
  builds('gssp-export')
  builds('json-circular-import')
  fails('no-routes', ['no-routes'])
  builds('symlink-none-ts-ignored', { warns: ['file-ignored', 'file-ignored'] })

  // ---- more config
  fails('export-all', ['export-all'])
  builds('config-arith', { because: readHere, answers: [default1mb] })
  builds('config-template')
  builds('config-template-expr', { because: readHere, answers: [default1mb] })
  builds('config-const-ref', { because: readHere, answers: [default1mb] })
  builds('config-computed-key', { because: readHere, answers: [parserOff] })
  builds('config-quoted-key')
  builds('config-undefined-value')
  builds('config-ternary', { because: readHere, answers: [parserOff] })
  fails('config-function', ['config-not-object'])
  builds('config-export-list', { because: readHere, answers: ['200 | {"t":"undefined"}'] })
  builds('config-export-renamed', { because: readHere, answers: ['200 | {"t":"undefined"}'] })

  // ---- more handlers
  fails('default-undefined', ['handler-not-function'])
  fails('default-promise', ['handler-not-function'])
  fails('cjs-object', ['handler-not-function'])
  builds('cjs-exports-default', { because: 'rule cjs-default', answers: ['200 | x'] })
  builds('import-style-dir')

  it('every case has a row', () => {
    assert.deepEqual([...rows].sort(), Object.keys(cases).sort())
  })
})
