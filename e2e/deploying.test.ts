// The files of docs/deploying.md, each against the program that reads it, and all against one another.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import http, { type IncomingMessage } from 'node:http'
import path from 'node:path'
import type { Duplex } from 'node:stream'
import { after, describe, it } from 'node:test'
import { readEnv } from '../packages/runtime/src/env.ts'
import { buildOrThrow } from './support/build.ts'
import { freePort } from './support/free-port.ts'
import { type KubernetesObject, parseKubernetes, schemaProblems } from './support/kubernetes.ts'
import { findNginx, type Nginx, startNginx, testNginxConfig } from './support/nginx.ts'
import { programOnPath } from './support/programs.ts'
import { runProgram } from './support/run-program.ts'
import { type Server, startServer } from './support/server.ts'
import { temporaryFolder, writeFiles } from './support/temporary.ts'

const folder = path.join(import.meta.dirname, '../examples/deploy')
const files = Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]))
const { 'kubernetes.yaml': kubernetes = '', 'apiroutes@.service': unit = '', 'nginx.conf': nginxConf = '' } = files
const page = readFileSync(path.join(import.meta.dirname, '../docs/deploying.md'), 'utf8')
const defaults = readEnv({})
/** Between two idle timeouts. */
const spareSeconds = 5
/** For what takes milliseconds here, on a machine that does a lot besides. */
const deadlineMs = 30_000

const appBehindNginx = {
  'package.json': '{ "type": "module" }',
  'lib/gate.ts': `
    const closed = () => {
      const gate = { open: () => {}, wrote: () => {} }
      return Object.assign(gate, {
        opened: new Promise<void>((resolve) => { gate.open = resolve }),
        written: new Promise<void>((resolve) => { gate.wrote = resolve }),
      })
    }
    let gate = closed()
    export const current = () => gate
    export function release() {
      gate.open()
      gate = closed()
    }`,
  'pages/api/echo.ts': `
    const ids = new WeakMap<object, number>()
    let last = 0
    export default function handler(req, res) {
      if (!ids.has(req.socket)) ids.set(req.socket, ++last)
      res.json({ headers: req.headers, socket: ids.get(req.socket) })
    }`,
  'pages/api/events.ts': `
    import { current } from '../../lib/gate'
    export default async function handler(req, res) {
      const { wrote, opened } = current()
      res.writeHead(200, { 'Content-Type': 'text/event-stream' })
      res.write('data: 1\\n\\n', wrote)
      await opened
      res.end('data: 2\\n\\n')
    }`,
  'pages/api/release.ts': `
    import { release } from '../../lib/gate'
    export default function handler(req, res) { release(); res.status(204).end() }`,
  'pages/api/written.ts': `
    import { current } from '../../lib/gate'
    export default async function handler(req, res) { await current().written; res.status(204).end() }`,
  'pages/api/large.ts': `
    export const config = { api: { bodyParser: { sizeLimit: '20mb' } } }
    export default function handler(req, res) { res.send(String(req.body.length)) }`,
  'pages/api/upload.ts': `
    export const config = { api: { bodyParser: false } }
    export default async function handler(req, res) {
      let bytes = 0
      for await (const chunk of req) bytes += chunk.length
      res.send(String(bytes))
    }`,
  'pages/api/socket.ts': `
    export default function handler(req, res) {
      res.socket.server.once('upgrade', (request, socket) => {
        socket.write('HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: echo\\r\\n\\r\\n')
        socket.on('data', (data) => socket.end(String(data).toUpperCase()))
      })
      res.status(204).end()
    }`,
}

/** A copy with a mistake in it. */
function changed(text: string, [from, to]: readonly [from: string, to: string]): string {
  assert.ok(text.includes(from), `there is no ${from}`)
  return text.replace(from, to)
}

describe('docs/deploying.md', () => {
  for (const [name, text] of Object.entries(files)) {
    it(`shows ${name} as it is, and links to it`, () => {
      assert.ok(page.includes(`\n${text}\`\`\`\n`), 'the block on the page is not the file')
      assert.ok(page.includes(`(../examples/deploy/${name})`))
    })
  }

  it('leads to headings that it has', () => {
    const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, text = '']) =>
      text
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    )
    const links = [...page.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor = '']) => anchor)
    assert.deepEqual(
      links.filter((anchor) => !headings.includes(anchor)),
      [],
    )
  })
})

describe('kubernetes.yaml', () => {
  const objects = parseKubernetes(kubernetes)
  const only = (kind: string): KubernetesObject => {
    const [object, ...more] = objects.filter((candidate) => candidate['kind'] === kind)
    assert.ok(object && more.length === 0, `one ${kind}`)
    return object
  }
  const pod = () => only('Deployment')['spec'].template
  const container = () => pod().spec.containers[0]
  const schema = async (text: string) => (await Promise.all(parseKubernetes(text).map(schemaProblems))).flat()

  it('is what the schema of Kubernetes allows', async () => {
    assert.deepEqual(
      objects.map(({ kind }) => kind),
      ['ConfigMap', 'Deployment', 'Service', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'],
    )
    assert.deepEqual(await schema(kubernetes), [])
  })

  const mistake = (from: string, to: string, problem: string) => {
    it(`the schema sees a mistake: ${to}`, async () => assert.deepEqual(await schema(changed(kubernetes, [from, to])), [problem]))
  }
  mistake('livenessProbe:', 'livenesProbe:', 'Deployment.spec.template.spec.containers.0.livenesProbe: unknown')
  mistake('minReplicas: 2', 'minReplica: 2', 'HorizontalPodAutoscaler.spec.minReplica: unknown')
  mistake('\ndata:', '\ndate:', 'ConfigMap.date: unknown')
  mistake('PORT: "3000"', 'PORT: 3000', 'ConfigMap.data.PORT: type')
  mistake('drop: [ALL]', 'drop: ALL', 'Deployment.spec.template.spec.containers.0.securityContext.capabilities.drop: type')
  mistake('containerPort: 3000', 'hostPort: 3000', 'Deployment.spec.template.spec.containers.0.ports.0: required')
  mistake('port: 80', 'port: http', 'Service.spec.ports.0.port: type')

  it('selects the Pods that it makes, everywhere', () => {
    const { labels } = pod().metadata
    assert.deepEqual(only('Deployment')['spec'].selector.matchLabels, labels)
    assert.deepEqual(only('Service')['spec'].selector, labels)
    assert.deepEqual(only('PodDisruptionBudget')['spec'].selector.matchLabels, labels)
    assert.deepEqual(pod().spec.topologySpreadConstraints[0].labelSelector.matchLabels, labels)
    const { kind, apiVersion, metadata } = only('Deployment')
    assert.deepEqual(only('HorizontalPodAutoscaler')['spec'].scaleTargetRef, { apiVersion, kind, name: metadata.name })
    assert.deepEqual(container().envFrom, [{ configMapRef: { name: only('ConfigMap')['metadata'].name } }])
  })

  it('has one port, by name', () => {
    const { data } = only('ConfigMap')
    assert.deepEqual(container().ports, [{ name: 'http', containerPort: Number(data.PORT) }])
    assert.equal(only('Service')['spec'].ports[0].targetPort, 'http')
    assert.equal(readEnv(data).port, defaults.port)
  })

  it('asks the paths that the server answers by default', () => {
    const { startupProbe, livenessProbe, readinessProbe } = container()
    const asked = [startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet)
    assert.deepEqual(asked, [
      { path: defaults.livezPath, port: 'http' },
      { path: defaults.livezPath, port: 'http' },
      { path: defaults.readyzPath, port: 'http' },
    ])
  })

  it('waits longer than a stop takes, and says so', () => {
    const { SHUTDOWN_DELAY, SHUTDOWN_TIMEOUT } = only('ConfigMap')['data']
    const { terminationGracePeriodSeconds } = pod().spec
    assert.equal(terminationGracePeriodSeconds, Number(SHUTDOWN_DELAY) + Number(SHUTDOWN_TIMEOUT) + 10)
    const rows = [...page.matchAll(/^\| (?:\*\*)?(?:`(\w+)`|to spare)(?:\*\*)? +\| +\**(\d+)\** \|/gm)].map(([, name = 'spare', seconds]) => [
      name,
      Number(seconds),
    ])
    assert.deepEqual(Object.fromEntries(rows), {
      SHUTDOWN_DELAY: Number(SHUTDOWN_DELAY),
      SHUTDOWN_TIMEOUT: Number(SHUTDOWN_TIMEOUT),
      spare: 10,
      terminationGracePeriodSeconds,
    })
  })

  it('leaves a quarter of the memory to what is not heap', () => {
    const [, heap] = /--max-old-space-size=(\d+)/.exec(only('ConfigMap')['data'].NODE_OPTIONS) ?? []
    assert.equal(Number(heap) / 0.75, Number.parseInt(container().resources.limits.memory, 10))
  })
})

describe('apiroutes@.service', () => {
  const program = programOnPath('systemd-analyze')
  const skip = program === undefined && 'systemd-analyze is not installed (Debian: systemd)'
  const settings = [...unit.matchAll(/^([A-Z]\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value] as const)
  const setting = (wanted: string) =>
    settings
      .filter(([name]) => name === wanted)
      .map(([, value]) => value)
      .join(' ')
  const environment = Object.fromEntries([...setting('Environment').matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value]))

  const analyze = async (command: readonly string[], text: string) => {
    const dir = temporaryFolder()
    writeFiles(dir, { 'apiroutes@.service': text })
    return runProgram(program ?? '', [...command, path.join(dir, 'apiroutes@.service')], { env: { SYSTEMD_LOG_LEVEL: 'warning' } })
  }
  const verify = (text: string) => analyze(['verify', '--man=no'], text)

  it('is what systemd understands', { skip }, async () => {
    const { code, stdout, stderr } = await verify(unit)
    assert.deepEqual({ code, output: stdout + stderr }, { code: 0, output: '' })
  })

  const mistake = (from: string, to: string, complaint: RegExp) => {
    it(`systemd sees a mistake: ${to}`, { skip }, async () => assert.match((await verify(changed(unit, [from, to]))).stderr, complaint))
  }
  mistake('KillMode=mixed', 'KillMode=mix', /Failed to parse kill mode/)
  mistake('TimeoutStopSec=35', 'TimeoutStop=35', /Unknown key.* 'TimeoutStop'/)
  mistake('ExecStart=node', 'ExecStart=nodejs-20', /nodejs-20/)
  mistake('@system-service', '@system-services', /system-services/)

  it('leaves little exposed', { skip }, async () => {
    const security = (text: string) => analyze(['security', '--offline=true', '--no-pager', '--threshold=20'], text)
    const { code, stdout, stderr } = await security(unit)
    assert.equal(code, 0, stdout + stderr)
    assert.notEqual((await security(changed(unit, ['SystemCallFilter=', '#']))).code, 0, 'the threshold tells')
  })

  it('has started when /readyz says so, and not if the server has ended', async () => {
    const { dist } = await buildOrThrow({ 'pages/api/hello.ts': 'export default (req, res) => res.json({})' })
    const [, script = ''] = /^\/bin\/sh -c '(.*)'$/.exec(setting('ExecStartPost')) ?? []
    const server = await startServer(dist)
    const started = (MAINPID: number) =>
      runProgram('/bin/sh', ['-c', script], { cwd: dist, env: { HOST: '127.0.0.1', PORT: `${server.port}`, MAINPID: `${MAINPID}` } })
    assert.equal((await started(server.pid)).code, 0)
    await server.stop()
    assert.equal((await started(server.pid)).code, 1)
  })

  it('allows what the compiler of Node.js does', () => {
    assert.equal(setting('MemoryDenyWriteExecute'), '')
    assert.equal(setting('ProcSubset'), '')
  })

  it('waits longer than a stop takes', () => {
    assert.equal(setting('KillSignal'), 'SIGTERM')
    const stop = Number(environment['SHUTDOWN_DELAY']) + Number(environment['SHUTDOWN_TIMEOUT'])
    assert.equal(setting('TimeoutStopSec'), String(stop + 10))
  })

  it('leaves a quarter of the memory to what is not heap', () => {
    assert.equal(Number(/=--max-old-space-size=(\d+)/.exec(setting('Environment'))?.[1]) / 0.75, Number.parseInt(setting('MemoryMax'), 10))
  })

  it('sets what the server accepts', () => {
    const { host, port } = readEnv({ ...environment, PORT: '3000' })
    assert.deepEqual({ host, port, given: environment['PORT'] }, { host: '127.0.0.1', port: 3000, given: '%i' })
  })
})

describe('nginx.conf', async () => {
  const program = findNginx()
  const skip = typeof program === 'object' && program.missing
  const nginx = typeof program === 'string' ? program : ''

  const privileged = process.getuid?.() !== 0 && 'only root may listen on port 80'
  it('is what nginx understands', { skip: skip || privileged }, async () => {
    const { code, stderr } = await testNginxConfig(nginx, nginxConf)
    assert.equal(code, 0, stderr)
    assert.doesNotMatch(stderr, /\[(warn|error)\]/)
  })

  const mistake = (from: string, to: string, complaint: RegExp) => {
    it(`nginx sees a mistake: ${to}`, { skip: skip || privileged }, async () => {
      const { code, stderr } = await testNginxConfig(nginx, changed(nginxConf, [from, to]))
      assert.equal(code, 1)
      assert.match(stderr, complaint)
    })
  }
  mistake('proxy_buffering off', 'proxy_bufering off', /unknown directive "proxy_bufering"/)
  mistake('keepalive 64;', 'keepalive;', /invalid number of arguments/)
  mistake('$api_connection;', '$api_conection;', /unknown "api_conection" variable/)

  it('closes idle connections before the server does', () => {
    const [, seconds] = /keepalive_timeout (\d+)s;/.exec(nginxConf) ?? []
    assert.ok(Number(seconds) + spareSeconds <= defaults.keepAliveTimeout / 1000)
    assert.ok(nginxConf.includes(`KEEP_ALIVE_TIMEOUT, which is ${defaults.keepAliveTimeout / 1000} seconds`))
  })

  it('leads to the instances that the page starts', () => {
    const ports = [...nginxConf.matchAll(/server 127\.0\.0\.1:(\d+);/g)].map(([, port]) => `apiroutes@${port}`)
    assert.ok(page.includes(`systemctl enable --now ${ports.join(' ')}\n`))
  })

  describe('in front of a server', { skip }, async () => {
    if (skip) return
    const app = await startServer((await buildOrThrow(appBehindNginx)).dist)
    after(() => app.stop())
    const front = await startFront(nginx, nginxConf, app)
    after(() => front.nginx.stop())
    behindNginx(front, app)

    it('a stream is held back with the defaults of nginx, so this test can tell', async () => {
      const defaultsOfNginx = [
        ['proxy_http_version 1.1;', ''],
        ['proxy_buffering off;', ''],
      ] as const
      const buffering = await startFront(nginx, defaultsOfNginx.reduce(changed, nginxConf), app)
      after(() => buffering.nginx.stop())
      let arrived = ''
      const answer = fetch(`${buffering.url}/api/events`).then(async (response) => {
        for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) arrived += text
      })
      await app.fetch('/api/written') // the first event has left the server
      for (let turn = 0; turn < 20; turn += 1) await (await fetch(`${buffering.url}/api/echo`)).text() // and nginx has had occasion to pass it on
      assert.equal(arrived, '')
      await app.fetch('/api/release')
      await answer
      assert.equal(arrived, 'data: 1\n\ndata: 2\n\n')
    })
  })
})

interface Echo {
  readonly headers: Readonly<Record<string, string>>
  /** Which connection it came on. */
  readonly socket: number
}

interface Front {
  readonly url: string
  readonly port: number
  readonly nginx: Nginx
}

/** nginx by the file, but for its ports: that of the server is one, nobody listens on the other. */
async function startFront(program: string, config: string, app: Server): Promise<Front> {
  const [port, nobody] = [await freePort(), await freePort()]
  const replacements = [
    ['listen 80;', `listen 127.0.0.1:${port};`],
    ['listen [::]:80;', ''],
    ['127.0.0.1:3000', `127.0.0.1:${app.port}`],
    ['127.0.0.1:3001', `127.0.0.1:${nobody}`],
  ] as const
  return { port, url: `http://127.0.0.1:${port}`, nginx: await startNginx(program, replacements.reduce(changed, config)) }
}

function behindNginx({ url, port }: Front, app: Server): void {
  const echo = async (headers: Record<string, string> = {}): Promise<Echo> => (await fetch(`${url}/api/echo`, { headers })).json() as Promise<Echo>

  it('requests arrive with the headers that say where they came from', async () => {
    const { headers } = await echo({ 'x-forwarded-for': '203.0.113.9', 'x-request-id': 'abc-123' })
    const { host, connection, upgrade } = headers
    assert.deepEqual({ host, connection, upgrade }, { host: `127.0.0.1:${port}`, connection: undefined, upgrade: undefined })
    assert.equal(headers['x-forwarded-for'], '127.0.0.1')
    assert.equal(headers['x-forwarded-host'], `127.0.0.1:${port}`)
    assert.equal(headers['x-forwarded-proto'], 'http')
    assert.equal(headers['x-request-id'], 'abc-123')
  })

  it('a request without an id, or with a strange one, gets one', async () => {
    for (const id of ['', 'a b"c', 'a'.repeat(65)]) assert.match((await echo({ 'x-request-id': id })).headers['x-request-id'] ?? '', /^[0-9a-f]{32}$/)
  })

  it('connections to the server are kept, and an instance that is away is passed over', async () => {
    const sockets = new Set()
    for (let turn = 0; turn < 20; turn += 1) sockets.add((await echo()).socket)
    assert.ok(sockets.size <= 2, `${sockets.size} connections for 20 requests`)
  })

  it('a stream arrives as it is written', async () => {
    const response = await fetch(`${url}/api/events`, { signal: AbortSignal.timeout(deadlineMs) })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    assert.equal((await reader?.read())?.value, 'data: 1\n\n')
    await app.fetch('/api/release') // only now is the rest written
    assert.equal((await reader?.read())?.value, 'data: 2\n\n')
    assert.equal((await reader?.read())?.done, true)
  })

  const upload = (route: string, megabytes: number, expected: object) => {
    it(`${megabytes} MB to ${route}`, async () => {
      const response = await fetch(`${url}${route}`, { method: 'POST', body: Buffer.alloc(megabytes * 1_000_000) })
      const { status } = response
      assert.deepEqual({ status, text: status === 200 ? await response.text() : '' }, expected)
    })
  }
  upload('/api/large', 9, { status: 200, text: '9000000' })
  upload('/api/large', 11, { status: 413, text: '' })
  upload('/api/upload', 11, { status: 200, text: '11000000' })

  it('an upgrade goes through, and both sides talk', async () => {
    await app.fetch('/api/socket')
    const request = http.get(`${url}/api/socket`, { headers: { Connection: 'Upgrade', Upgrade: 'echo' } })
    const [response, socket] = (await once(request, 'upgrade', { signal: AbortSignal.timeout(deadlineMs) })) as [IncomingMessage, Duplex]
    assert.equal(response.statusCode, 101)
    socket.write('hello')
    assert.equal(String((await once(socket, 'data', { signal: AbortSignal.timeout(deadlineMs) }))[0]), 'HELLO')
    socket.destroy()
  })

  it('health is not shown to the world', async () => {
    for (const target of [defaults.livezPath, defaults.readyzPath]) {
      const response = await fetch(`${url}${target}`)
      assert.equal(response.status, 404)
      assert.match(await response.text(), /nginx/)
    }
  })
}
