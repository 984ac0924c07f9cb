import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { it } from 'node:test'
import { fileURLToPath } from 'node:url'

/** Microseconds of processor time for many a `process.nextTick`, in a process that has collected garbage while it was idle. */
function ticksAfterIdling(isKept: boolean): number {
  const script = `
    const { keepTickShape } = await import(${JSON.stringify(new URL('tick-shape.ts', import.meta.url))})
    if (${isKept}) keepTickShape()
    const turn = () => new Promise(setImmediate)
    const ticks = (count) => {
      for (let i = 0; i < count; i++) process.nextTick(() => {}, i)
      return turn()
    }
    for (let i = 0; i < 200; i++) await ticks(1)
    for (let i = 0; i < 4; i++) {
      await turn()
      gc()
    }
    for (let i = 0; i < 100; i++) await ticks(1_000)
    const before = process.cpuUsage()
    for (let i = 0; i < 100; i++) await ticks(1_000)
    const { user, system } = process.cpuUsage(before)
    console.log(user + system)
  `
  const output = execFileSync(process.execPath, ['--expose-gc', '--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    encoding: 'utf8',
  })
  return Number(output)
}

// The ratio is 0.2 to 0.3 in Node.js 20 to 24, and 1 in Node.js 26, which has no need of it.
it('process.nextTick is as fast after a pause as before', { skip: Number.parseInt(process.versions.node, 10) > 24 && 'V8 keeps the shapes by itself' }, () => {
  const ratios = Array.from({ length: 3 }, () => ticksAfterIdling(true) / ticksAfterIdling(false)).sort((a, b) => a - b)
  assert.ok((ratios[0] ?? 1) < 0.6, `${ratios}`)
})
