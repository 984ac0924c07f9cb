// How long a build takes, and how much memory, beside the least it could take: npm run bench:build -- [--sizes 10,100] [--rounds 5] [--quick]
// Each measurement is a process of its own; the subjects take turns, so that all see the same machine. It prints Markdown.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { cli } from '../../support/build.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { generateApp } from './app.ts'
import { type Cost, type Measured, report } from './report.ts'

const floor = path.join(import.meta.dirname, 'floor.js')
const hasCheck = spawnSync(process.execPath, [cli, '--help'], { encoding: 'utf8' }).stdout.includes('apiroutes check')
const check = hasCheck ? 'check' : 'routes' // both are phases 1 to 3

const subjects: Readonly<Record<string, (app: string) => readonly string[]>> = {
  'apiroutes build': (app) => [cli, 'build', app],
  'ts-morph and esbuild': (app) => [floor, 'build', app],
  [`apiroutes ${check}`]: (app) => [cli, check, app],
  'ts-morph': (app) => [floor, 'parse', app],
}

async function measure(args: readonly string[]): Promise<Cost> {
  const usage = path.join(temporaryFolder(), 'usage.json')
  const begin = performance.now()
  const child = spawn(process.execPath, ['--import', path.join(import.meta.dirname, 'usage.js'), ...args], {
    env: { ...process.env, BENCH_USAGE: usage },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = await once(child, 'close')
  const wallMs = performance.now() - begin
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}`)
  return { wallMs, ...JSON.parse(readFileSync(usage, 'utf8')) }
}

/** One round that does not count, since it fills the caches of the disk, then `rounds` that do. */
async function measureSize(size: number, rounds: number): Promise<Measured[]> {
  const app = generateApp(size)
  const measured = Object.keys(subjects).map((name) => ({ size, name, costs: [] as Cost[] }))
  for (let round = 0; round <= rounds; round++) {
    console.error(`${size} routes, round ${round} of ${rounds}`)
    for (const { name, costs } of measured) {
      const cost = await measure(subjects[name]?.(app) ?? [])
      if (round > 0) costs.push(cost)
    }
  }
  return measured
}

const { values } = parseArgs({ options: { sizes: { type: 'string' }, rounds: { type: 'string' }, quick: { type: 'boolean' } } })
const sizes = (values.sizes ?? (values.quick ? '10,100,1000' : '10,100,1000,10000')).split(',').map(Number)
const rounds = Number(values.rounds ?? (values.quick ? 3 : 5))

const measured: Measured[] = []
for (const size of sizes) measured.push(...(await measureSize(size, rounds)))
console.log(report(measured, rounds))
