#!/usr/bin/env node
// Records what a server answers, and compares it with what was recorded. Needs only Node.js.
//   node record.mjs --requests R.json --out E.json --port P [--host 127.0.0.1] [--stderr-file F]
//   node record.mjs --requests R.json --out E.json --server "cmd … {PORT}" [--cwd D] [--port P]
//   node record.mjs --requests R.json --compare expected.json [--differences d.json] (--port P | --server …)
// Options: --only id,id  --area a,b  --timeout ms(5000)  --settle ms(25 when stderr is captured, else 0)
//          --concurrency N (1; forced to 1 when stderr is captured or when a request uses cookiesFrom)
//          --compare-stderr  --compare-status-text  --verbose  --allow-missing
// Exit: 0 nothing differs, 1 something differs, 2 cannot run.
import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { compare } from './compare.mjs'
import { isListening, startServer, tailFile } from './recorded-server.mjs'
import { replay } from './replay.mjs'

const text = /** @type {const} */ ({ type: 'string' })
const flag = /** @type {const} */ ({ type: 'boolean' })
const { values: options } = parseArgs({
  options: {
    requests: { ...text, default: 'requests.json' },
    out: text,
    compare: text,
    differences: text,
    host: { ...text, default: '127.0.0.1' },
    port: { ...text, default: '4310' },
    server: text,
    cwd: { ...text, default: process.cwd() },
    'stderr-file': text,
    only: text,
    area: text,
    timeout: { ...text, default: '5000' },
    settle: text,
    concurrency: { ...text, default: '1' },
    'compare-stderr': flag,
    'compare-status-text': flag,
    verbose: flag,
    'allow-missing': flag,
  },
})
const { host } = options
const port = Number(options.port)

const requests = selectRequests(readJson(options.requests))
const server = await reachServer()
try {
  const answers = await replay(requests, {
    host,
    port,
    timeout: Number(options.timeout),
    concurrency: server.takeStderr ? 1 : Number(options.concurrency),
    settle,
  })
  if (options.out) writeAnswers(answers)
  if (options.compare) compareAll(answers)
} finally {
  await server.stop()
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** The requests asked for, and those that they take their cookies from. */
function selectRequests(all) {
  const duplicate = all.find(({ id }, index) => all.findIndex((other) => other.id === id) !== index)
  if (duplicate) fail(`duplicate id ${duplicate.id}`)
  const only = options.only?.split(',')
  const areas = options.area?.split(',')
  const wanted = all.filter(({ id, area }) => (!only || only.includes(id)) && (!areas || areas.includes(area)))
  const givers = new Set(wanted.map(({ cookiesFrom }) => cookiesFrom))
  return all.filter((request) => wanted.includes(request) || givers.has(request.id))
}

async function reachServer() {
  if (options.server) return startServer(options.server, { host, port, cwd: options.cwd })
  if (!(await isListening(host, port))) fail(`nothing listens on ${host}:${port}`)
  return { stop: async () => {}, takeStderr: options['stderr-file'] && tailFile(options['stderr-file']), hasDied: () => false }
}

function fail(message) {
  console.error(message)
  process.exit(2)
}

async function settle(request, answer) {
  const pause = Number(options.settle ?? (server.takeStderr ? 25 : 0))
  if (pause > 0) await sleep(request.settleMs ?? pause)
  const stderr = server.takeStderr?.() ?? []
  if (stderr.length > 0) answer.stderr = stderr.map((line) => line.replaceAll(options.port, '<PORT>'))
  if (server.hasDied()) {
    answer.serverDied = true
    await server.restart()
  }
  if (options.verbose) console.log(request.id, answer.status, answer.body?.slice(0, 200) ?? '')
}

function writeAnswers(answers) {
  const lines = [...answers].map(([id, answer]) => `${JSON.stringify(id)}: ${JSON.stringify(answer)}`)
  writeFileSync(options.out, `{\n${lines.join(',\n')}\n}\n`)
  if (!options.compare) console.log(`recorded ${answers.size} requests to ${options.out}`)
}

function compareAll(answers) {
  const expected = readJson(options.compare)
  const differences = options.differences ? readJson(options.differences) : []
  const count = { recorded: 0, rule: 0, differ: 0 }
  for (const request of requests) {
    const recorded = expected[request.id]
    if (!recorded && options['allow-missing']) continue
    const difference = differences.find(({ id }) => id === request.id)
    const lines = recorded
      ? compare(recorded, answers.get(request.id), {
          difference,
          compareStatusText: options['compare-status-text'],
          compareStderr: options['compare-stderr'],
        })
      : ['no expected record']
    count[lines.length > 0 ? 'differ' : difference ? 'rule' : 'recorded']++
    if (lines.length > 0) console.log(`✗ ${titleOf(request)}\n${lines.map((line) => `    ${line}`).join('\n')}`)
  }
  const total = count.recorded + count.rule + count.differ
  console.log(`${count.recorded} as recorded, ${count.rule} by a listed rule, ${count.differ} differ of ${total}`)
  process.exitCode = count.differ > 0 ? 1 : 0
}

function titleOf({ id, area, method, target = '(generated target)', why }) {
  return `${id} [${area}] ${method} ${target.slice(0, 100)} - ${why}`
}
