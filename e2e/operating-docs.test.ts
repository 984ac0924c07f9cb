// What docs/instrumentation.md and docs/logging.md show: the code compiles, builds and runs as it stands, and the lines are what the server prints.
import assert from 'node:assert/strict'
import { readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { build, buildOrThrow, diagnosticCodes } from './support/build.ts'
import { runProgram } from './support/run-program.ts'
import { type Server, startServer } from './support/server.ts'
import { type FileMap, temporaryProject } from './support/temporary.ts'

const root = path.join(import.meta.dirname, '..')

/** The code blocks of a page, in order. */
function blocks(page: string, language: string): string[] {
  const text = readFileSync(path.join(root, 'docs', page), 'utf8')
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, code = '']) => code)
}

const route = `export default function handler(req: any, res: any) {
  if (req.query.fail) {
    throw Object.assign(new Error('no such user', { cause: 'the database' }), { code: 'E_USER' })
  }
  res.json({ id: req.query.id })
}
`

async function start(t: TestContext, dist: string, env: Record<string, string>): Promise<Server> {
  const server = await startServer(dist, { env })
  t.after(() => server.stop())
  return server
}

describe('docs/instrumentation.md', () => {
  const [hooks = '', openTelemetry = ''] = blocks('instrumentation.md', 'ts')

  /** A project with this instrumentation.ts, after `tsc` has found nothing in it and the build has. */
  async function compiled(files: FileMap): Promise<string> {
    const compilerOptions = { strict: true, noEmit: true, skipLibCheck: true, module: 'esnext', moduleResolution: 'bundler', types: ['apiroutes/next'] }
    const project = temporaryProject({ 'package.json': '{}', 'tsconfig.json': JSON.stringify({ compilerOptions }), 'pages/api/users/[id].ts': route, ...files })
    symlinkSync(path.join(root, 'e2e/apps/opentelemetry/node_modules'), path.join(project, 'node_modules'), 'dir')
    const checked = await runProgram(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'], { cwd: project })
    assert.equal(checked.stdout, '')
    const built = await build(project)
    assert.deepEqual([built.code, diagnosticCodes(built)], [0, []])
    return built.dist
  }

  it('the hooks run as shown', async (t) => {
    const database = `export const pool = { connect: async () => console.log('connected'), end: async () => console.log('ended') }
globalThis.fetch = async (url, init) => (console.log(\`\${url} \${init?.method} \${init?.body}\`), new Response())\n`
    const server = await start(t, await compiled({ 'instrumentation.ts': hooks, 'lib/database.ts': database }), {})
    await server.fetch('/api/users/42?fail=1')
    await server.waitForLog(/errors\.example\.com/)
    assert.equal(await server.stop(), 0)
    const said = server.log.stdout.split('\n').filter((line) => line && !line.startsWith('apiroutes: '))
    assert.deepEqual(said, ['connected', 'https://errors.example.com POST /api/users/[id]: Error: no such user', 'ended'])
  })

  it('OpenTelemetry starts as shown', async (t) => {
    const dist = await compiled({ 'instrumentation.ts': openTelemetry })
    const env = { OTEL_TRACES_EXPORTER: 'console', OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none', OTEL_BSP_SCHEDULE_DELAY: '1' }
    const server = await start(t, dist, env)
    await server.fetch('/api/users/42')
    await server.waitForLog(/name: 'GET \/api\/users\/\[id\]'[\s\S]*'http\.route': '\/api\/users\/\[id\]'/)
    assert.equal(await server.stop(), 0)
  })
})

describe('docs/logging.md', async () => {
  const { dist } = await buildOrThrow({
    'pages/api/users/[id].ts': route,
    'pages/api/slow.ts': `export default (req: any, res: any) => res.write('a')\n`,
  })

  it('the lines of JSON', async (t) => {
    const server = await start(t, dist, { ACCESS_LOG: 'json' })
    await server.fetch('/api/users/42')
    await server.fetch('/api/users/42?fail=1')
    assert.equal(await server.stop(), 0)
    const access = server.log.stdout.split('\n').find((line) => line.includes('"status":200')) ?? ''
    const [documentedAccess = '', documentedError = ''] = blocks('logging.md', 'json')
    assert.equal(shape(access), shape(documentedAccess))
    assert.equal(shape(server.log.stderr), shape(documentedError))
  })

  it('the lines for people', async (t) => {
    const server = await start(t, dist, { ACCESS_LOG: 'pretty' })
    await server.fetch('/api/users/42')
    const aborter = new AbortController()
    await server.fetch('/api/slow', { signal: aborter.signal })
    aborter.abort()
    await server.waitForLog(/aborted/)
    await server.stop()
    const lines = server.log.stdout.split('\n').filter((line) => !line.startsWith('apiroutes: '))
    assert.deepEqual(lines.map(masked), blocks('logging.md', 'text').at(-1)?.split('\n').map(masked))
  })
})

/** What differs from run to run, made equal: ids, numbers other than the status, the width of their columns. */
function masked(text: string): string {
  return text
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'ID')
    .replace(/\d+:\d+:\d+\.\d+/g, 'TIME')
    .replace(/ +[\d.]+ ms/g, ' MS')
}

/** An entry with its keys in order; of a stack the frames that the page shows. */
function shape(json: string): string {
  return JSON.stringify(
    JSON.parse(json),
    (key, value) => {
      if (key === 'time' || key === 'id' || key === 'ms') return typeof value
      if (key === 'stack')
        return value
          .split('\n')
          .slice(0, 3)
          .join('\n')
          .replace(/:\d+:\d+/g, ':0:0')
      return value
    },
    2,
  )
}
