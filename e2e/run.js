// Runs all tests, or the files given: node e2e/run.js [file…]
// reporter.js decides the exit code and prints the last line, `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'

const root = path.join(import.meta.dirname, '..')
/** A file below `pages` is a route, whatever its name. */
const notOurs = new Set(['node_modules', '.cache', 'app', 'apps', 'dist', 'pages'])
/** Against a test that hangs. Also holds for a file as a whole, hence generous: the slowest takes a minute on two cores. */
const timeoutMs = 15 * 60_000

function testsBelow(folder) {
  if (!existsSync(path.join(root, folder))) return []
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name)
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : testsBelow(file)
    return entry.name.endsWith('.test.ts') ? [file] : []
  })
}

function allTests() {
  const packages = readdirSync(path.join(root, 'packages'))
  return [...packages.map((name) => `packages/${name}/src`), 'e2e'].flatMap(testsBelow)
}

const given = process.argv.slice(2).map((file) => path.relative(root, path.resolve(file)))
const files = given.length > 0 ? given : allTests()
const missing = files.filter((file) => !existsSync(path.join(root, file)))
if (files.length === 0 || missing.length > 0) {
  console.log(`No such test: ${missing.join(', ')}\n0 passed, 0 failed`)
  process.exit(1)
}
const { status } = spawnSync(
  process.execPath,
  [
    ...['--import', 'tsx', '--test', '--test-concurrency', '2', '--test-timeout', String(timeoutMs)],
    ...['--test-reporter', './e2e/reporter.js', '--test-reporter-destination', 'stdout'],
    ...files,
  ],
  { cwd: root, stdio: 'inherit' },
)
process.exit(status ?? 1)
