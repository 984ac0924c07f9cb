// What `npm test` prints: one line for each file, all there is to know about each failure, every skipped test by name, and as the last
// line `N passed, N failed`. Tests are counted, suites are not. Sets the exit code.
import path from 'node:path'
import { inspect } from 'node:util'

const root = path.join(import.meta.dirname, '..')

/** @param {AsyncIterable<{ type: string, data: any }>} events of node:test; the results are in the order of files, children before parents */
// biome-ignore lint/style/noDefaultExport: node:test takes the default export of a reporter
export default async function* reporter(events) {
  const files = new Map()
  let current
  for await (const { type, data } of events) {
    if (!data.file) continue
    const name = path.relative(root, path.resolve(root, data.file))
    if (!files.has(name)) files.set(name, { name, results: [], output: '', milliseconds: 0 })
    const file = files.get(name)
    if (type === 'test:stdout' || type === 'test:stderr') file.output += data.message
    if (type !== 'test:pass' && type !== 'test:fail') continue
    if (current && current !== file) yield describeFile(current)
    current = file
    addResult(file, type, data)
  }
  if (current) yield describeFile(current)
  yield summary([...files.values()].flatMap(({ results }) => results))
}

/** A parent is counted only when it failed by itself: else its children say all there is to say. */
function addResult(file, type, data) {
  if (data.nesting === 0) file.milliseconds += data.details.duration_ms
  const children = file.results.filter(({ nesting }) => nesting > data.nesting)
  for (const child of children) {
    child.nesting = data.nesting
    child.names.unshift(data.name)
  }
  const isParent = children.length > 0 || data.details.type === 'suite'
  const isWholeFile = path.resolve(root, data.name) === path.resolve(root, file.name)
  const result = isWholeFile ? wholeFileResult(type, data) : testResult(type, data)
  if (isParent && (result.outcome === 'passed' || data.details.error?.failureType === 'subtestsFailed')) return
  file.results.push({ ...result, nesting: data.nesting, names: [isWholeFile ? 'the file as a whole' : data.name] })
}

function testResult(type, { skip, todo, details }) {
  const reason = skip ?? todo
  if (reason !== undefined && reason !== false) return { outcome: 'skipped', text: typeof reason === 'string' ? reason : 'no reason given' }
  return type === 'test:fail' ? { outcome: 'failed', text: describeError(details.error) } : { outcome: 'passed', text: '' }
}

/** node:test reports the file itself when its process fails, and as a passed test when there is no test in it. */
function wholeFileResult(type, { details: { error } }) {
  if (type === 'test:pass') return { outcome: 'failed', text: 'there is no test in it' }
  return { outcome: 'failed', text: `${describeError(error)}, exit code ${error.exitCode}, signal ${error.signal}` }
}

function describeError({ failureType, message, cause }) {
  if (!(cause instanceof Error)) return `${failureType}: ${message}`
  return inspect(cause, { depth: 8, colors: process.stdout.isTTY }).replace(/\n +at [^\n{]*node:(internal|async_hooks)[^\n{]*?(?= \{|\n|$)/g, '')
}

function describeFile({ name, results, output, milliseconds }) {
  const failures = results.filter(({ outcome }) => outcome === 'failed')
  const skips = results.filter(({ outcome }) => outcome === 'skipped')
  return [
    `${failures.length > 0 ? '✗' : '✓'} ${name}: ${tally(results)} (${(milliseconds / 1000).toFixed(1)} s)`,
    ...failures.map(({ names, text }) => `\n  ✗ ${names.join(' > ')}\n${indent(text, 4)}\n`),
    ...(failures.length > 0 && output ? [`  output of ${name}:\n${indent(output.trimEnd(), 4)}\n`] : []),
    ...skips.map(({ names, text }) => `  - skipped: ${names.join(' > ')} (${text})`),
    '',
  ].join('\n')
}

function summary(results) {
  const ran = results.some(({ outcome }) => outcome !== 'skipped')
  const failed = results.some(({ outcome }) => outcome === 'failed')
  const skipped = results.some(({ outcome }) => outcome === 'skipped') && process.env.APIROUTES_SKIP_IS_FAILURE === '1'
  if (failed || skipped || !ran) process.exitCode = 1
  const notes = [...(ran ? [] : ['No test ran.']), ...(skipped ? ['Skipped tests count as failures here (APIROUTES_SKIP_IS_FAILURE=1).'] : [])]
  return `${['', ...notes, tally(results)].join('\n')}\n`
}

function tally(results) {
  const count = (wanted) => results.filter(({ outcome }) => outcome === wanted).length
  const skipped = count('skipped') > 0 ? `, ${count('skipped')} skipped` : ''
  return `${count('passed')} passed, ${count('failed')} failed${skipped}`
}

function indent(text, width) {
  return text.replace(/^(?=.)/gm, ' '.repeat(width))
}
