// node --import usage.js …: as the process ends, it writes what it has used to the file that BENCH_USAGE names. esbuild works in a
// process of its own, which is still there then; only Linux tells what it has used.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const children = `/proc/self/task/${process.pid}/children`
/** A clock tick of /proc, the same on every Linux. */
const TICK_MS = 10

function childUsage(pid) {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13)
  const [, peak = 0] = /^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return { cpuMs: (Number(user) + Number(system)) * TICK_MS, peakKb: Number(peak) }
}

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const own = { cpuMs: (userCPUTime + systemCPUTime) / 1000, peakKb: maxRSS }
  const pids = existsSync(children) ? readFileSync(children, 'utf8').trim().split(' ').filter(Boolean) : []
  const processes = [own, ...pids.map(childUsage)]
  const total = (key) => processes.reduce((sum, used) => sum + used[key], 0)
  writeFileSync(process.env.BENCH_USAGE, JSON.stringify({ cpuMs: total('cpuMs'), peakMb: total('peakKb') / 1024 }))
})
