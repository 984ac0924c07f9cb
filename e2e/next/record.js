// Is conformance/expected.json honest? Builds the same app with the real Next.js, sends the same requests and compares the answers.
// Leaves the new records in e2e/.cache/next/recorded.json; exits 0 when none differs. Takes a minute, and needs the npm registry.
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import { freePort } from '../support/free-port.ts'
import { buildNext, cache, dependencies, install, program } from './next-project.ts'

/** What the app is checked with; they have no part in the answers. */
const types = { typescript: '^5.9.0', '@types/node': '^20.19.0', '@types/react': '^19.0.0' }
const conformance = path.join(import.meta.dirname, '../conformance')
const app = path.join(cache, 'app')

copyApp()
await install(app, { ...dependencies, ...types })
await buildNext(app, { HOSTNAME: '127.0.0.1' })
process.exit(await record())

/** Only the sources are new: what was installed before stays. */
function copyApp() {
  for (const folder of ['pages', 'lib', 'data', '.next']) rmSync(path.join(app, folder), { recursive: true, force: true })
  cpSync(path.join(conformance, 'app'), app, {
    recursive: true,
    filter: (source) => !['dist', 'node_modules'].includes(path.basename(source)),
  })
}

async function record() {
  const port = await freePort()
  const { status } = spawnSync(
    process.execPath,
    [
      ...['record.mjs', '--requests', 'requests.json', '--compare', 'expected.json', '--out', path.join(cache, 'recorded.json')],
      ...['--server', `"${process.execPath}" ${program} start --port {PORT} --hostname 127.0.0.1`, '--cwd', app, '--port', String(port)],
    ],
    { cwd: conformance, env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', HOSTNAME: '127.0.0.1' }, stdio: 'inherit' },
  )
  return status ?? 1
}
