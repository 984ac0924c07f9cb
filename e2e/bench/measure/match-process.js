// node match-process.js <folder of node_modules> <rounds>: nanoseconds from the text of a path to its route and params, as JSON.
// All in one process, in turns. Plain JavaScript, so that nothing but what users run is measured.
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseSegments } from '../../../packages/compiler/dist/phases/1-scan/segments.js'
import { link } from '../../../packages/compiler/dist/phases/3-link/link.js'
import { emitManifest } from '../../../packages/compiler/dist/phases/4-emit/manifest.js'
import { createReport } from '../../../packages/compiler/dist/report.js'
import { matchRoute, noValues, paramsOf, staticPaths } from '../../../packages/runtime/dist/match.js'

const [folder = '', rounds = '15'] = process.argv.slice(2)
const require = createRequire(path.join(folder, 'package.json'))
const { createRouter, addRoute } = await import(pathToFileURL(require.resolve('rou3')).href)
const { compileRouter } = await import(pathToFileURL(require.resolve('rou3/compiler')).href)
const findMyWay = require('find-my-way')

const SIZES = [100, 10_000]
const LOOKUPS = 20_000
const WARM_UP_ROUNDS = 5

/** Half of them static, half with four params. */
function patterns(count) {
  return Array.from({ length: count }, (_, i) =>
    i % 2 === 0 ? `/api/area-${i % 100}/reports/summary-${i}` : `/api/team-${i}/users/[user]/orders/[order]/items/[item]/notes/[note]`,
  )
}

const withColons = (pattern) => pattern.replace(/\[(\w+)\]/g, ':$1')

/** Each takes a path and returns [index of the route, params]. */
const matchers = {
  async apiroutes(all) {
    const report = createReport()
    const config = { kind: 'at-load' }
    const routes = all.map((pattern) => ({ kind: 'api', file: `pages${pattern}.ts`, segments: parseSegments(pattern.slice(1), pattern, report), config }))
    const { code } = emitManifest(link({ routes, pages: undefined, instrumentation: undefined }, report))
    const { manifest } = await import(`data:text/javascript,${encodeURIComponent(code.replace(/^import .*$/m, 'const readConfig = undefined'))}`)
    const order = new Map(all.map((pattern, i) => [pattern, i]))
    const { leaves, tree } = manifest
    const indexes = leaves.map(({ pattern }) => order.get(pattern))
    const statics = staticPaths(leaves)
    return (text) => {
      const whole = statics(text) // as dispatch.ts begins
      if (whole !== undefined) return [indexes[whole], {}]
      const values = noValues()
      const index = matchRoute(tree, text, values)
      return [indexes[index], paramsOf(leaves[index], text, values)]
    }
  },
  rou3(all) {
    const router = createRouter()
    for (const [i, pattern] of all.entries()) addRoute(router, 'GET', withColons(pattern), i)
    const find = compileRouter(router)
    return (text) => {
      const found = find('GET', text)
      return [found.data, found.params]
    }
  },
  'find-my-way'(all) {
    const router = findMyWay()
    for (const [i, pattern] of all.entries()) router.on('GET', withColons(pattern), () => {}, { index: i })
    return (text) => {
      const found = router.find('GET', text)
      return [found.store.index, found.params]
    }
  },
  /** The least: only for what is static. */
  floor(all) {
    const indexes = new Map(all.map((pattern, i) => [pattern, i]))
    return (text) => [indexes.get(text), undefined]
  },
}

/** Numbers below `limit` that look random, the same on every machine. */
function createPick() {
  let state = 20_261_127
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

function pathsFor(all, isDynamic) {
  const pick = createPick()
  const eligible = all.filter((pattern) => pattern.includes('[') === isDynamic)
  return Array.from({ length: LOOKUPS }, () => eligible[pick(eligible.length)].replace(/\[\w+\]/g, () => `id${pick(1_000_000)}`))
}

/** New strings, as a server gets them: V8 has not yet worked out their hashes. */
const renew = (paths) => paths.map((text) => Buffer.from(text, 'latin1').latin1Slice())

let sink = 0
function measure(match, texts) {
  const begin = process.hrtime.bigint()
  for (const text of texts) {
    const [index, params] = match(text)
    sink += index + (params === undefined ? 0 : 1)
  }
  return Number(process.hrtime.bigint() - begin) / texts.length
}

function checkAll(made, paths, isDynamic) {
  const [, ...others] = Object.values(made)
  for (const text of paths.slice(0, 200)) {
    const [expected, params] = made.apiroutes(text)
    for (const match of others) {
      const [index, its] = match(text)
      const same = index === expected && (!isDynamic || JSON.stringify({ ...its }) === JSON.stringify(params))
      if (!same) throw new Error(`${text}: ${index} ${JSON.stringify(its)}, and of apiroutes ${expected} ${JSON.stringify(params)}`)
    }
  }
}

/** By name: the nanoseconds of each round. */
function measureAll(taking, textsOf) {
  const values = Object.fromEntries(Object.keys(taking).map((name) => [name, []]))
  for (let round = -WARM_UP_ROUNDS; round < Number(rounds); round++) {
    for (const [name, match] of Object.entries(taking)) {
      const nanoseconds = measure(match, textsOf())
      if (round >= 0) values[name].push(nanoseconds)
    }
  }
  return values
}

const results = []
for (const size of SIZES) {
  const all = patterns(size)
  const { floor, ...made } = Object.fromEntries(await Promise.all(Object.entries(matchers).map(async ([name, make]) => [name, await make(all)])))
  for (const kind of ['static', 'dynamic']) {
    const paths = pathsFor(all, kind === 'dynamic')
    const taking = kind === 'dynamic' ? made : { ...made, floor }
    checkAll(taking, paths, kind === 'dynamic')
    for (const [suffix, textsOf] of [
      ['', () => renew(paths)],
      ['-again', () => paths],
    ]) {
      const values = measureAll(taking, textsOf)
      results.push(...Object.entries(values).map(([subject, list]) => ({ work: `match-${kind}-${size}${suffix}`, subject, values: list })))
    }
  }
}
if (!Number.isFinite(sink)) throw new Error('a route was not found')
console.log(JSON.stringify(results))
