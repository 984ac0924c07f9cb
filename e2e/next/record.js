// Is conformance/expected.json honest? Builds the same app with the real Next.js, sends the same requests and compares the answers.
// Leaves the new records in e2e/.cache/next/recorded.json; exits 0 when none differs. Takes a minute, and needs the npm registry.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'

/** What was recorded. The types are what the app is checked with; they have no part in the answers. */
const dependencies = {
  next: '16.4.6',
  react: '^19.0.0',
  'react-dom': '^19.0.0',
  typescript: '^5.9.0',
  '@types/node': '^20.19.0',
  '@types/react': '^19.0.0',
}
const conformance = path.join(import.meta.dirname, '../conformance')
const cache = path.join(import.meta.dirname, '../.cache/next')
const app = path.join(cache, 'app')
const next = 'node_modules/next/dist/bin/next'

copyApp()
run('npm', ['install', '--no-audit', '--no-fund', '--loglevel', 'error'], app)
run(process.execPath, [next, 'build'], app)
process.exit(await record())

/** Only the sources are new: what was installed before stays. */
function copyApp() {
  for (const folder of ['pages', 'lib', 'data', '.next']) rmSync(path.join(app, folder), { recursive: true, force: true })
  mkdirSync(app, { recursive: true })
  cpSync(path.join(conformance, 'app'), app, {
    recursive: true,
    filter: (source) => !['dist', 'node_modules'].includes(path.basename(source)),
  })
  writeFileSync(path.join(app, 'package.json'), `${JSON.stringify({ name: 'app', private: true, dependencies }, undefined, 2)}\n`)
}

async function record() {
  const port = await freePort()
  return run(
    process.execPath,
    [
      ...['record.mjs', '--requests', 'requests.json', '--compare', 'expected.json', '--out', path.join(cache, 'recorded.json')],
      ...['--server', `"${process.execPath}" ${next} start --port {PORT} --hostname 127.0.0.1`, '--cwd', app, '--port', String(port)],
    ],
    conformance,
    { mayFail: true },
  )
}

function run(program, args, cwd, { mayFail = false } = {}) {
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', HOSTNAME: '127.0.0.1' }
  const { status } = spawnSync(program, args, { cwd, env, stdio: 'inherit' })
  if (status !== 0 && !mayFail) process.exit(status ?? 1)
  return status ?? 1
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
