// The two images, and those that users make of them: built by buildah from the Dockerfiles as they are, and run as a container engine would.
import assert from 'node:assert/strict'
import { cpSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { baseImageContext } from './support/base-image.ts'
import { runInImage, startContainer } from './support/container.ts'
import { createImageStore, type Image, whyNoImages } from './support/images.ts'
import { runProgram } from './support/run-program.ts'
import { temporaryProject } from './support/temporary.ts'

const workspace = path.join(import.meta.dirname, '..')
const hello = path.join(workspace, 'examples/hello')
const { version } = JSON.parse(readFileSync(path.join(workspace, 'packages/compiler/package.json'), 'utf8'))

/** A project of a user: the same Dockerfile, a package with a native addon, and what nobody may need. */
async function projectWithDependencies(): Promise<string> {
  const project = temporaryProject({
    'package.json': JSON.stringify({ private: true, dependencies: { bcrypt: '6' } }),
    'pages/api/hash.ts': `import bcrypt from 'bcrypt'\nexport default async (req: any, res: any) => res.json({ matches: await bcrypt.compare('a', await bcrypt.hash('a', 4)) })\n`,
    'node_modules/bcrypt/index.js': `throw new Error('packages of the machine that builds are left behind')\n`,
    'dist/old.txt': '',
  })
  for (const name of ['Dockerfile', '.dockerignore']) cpSync(path.join(hello, name), path.join(project, name))
  const { code, stderr } = await runProgram('npm', ['install', '--package-lock-only', '--ignore-scripts'], { cwd: project })
  assert.equal(code, 0, stderr)
  return project
}

async function buildImages(): Promise<Record<'base' | 'builder' | 'runtime' | 'hello' | 'hash', Image>> {
  const images = createImageStore()
  const [context, project] = await Promise.all([baseImageContext(), projectWithDependencies()])
  await images.build(context, '--tag', 'base')
  for (const target of ['builder', 'runtime']) {
    await images.build(workspace, '--build-arg', 'NODE_IMAGE=localhost/base', '--target', target, '--tag', `apiroutes:${target}`)
  }
  await images.build(hello, '--tag', 'hello')
  await images.build(project, '--tag', 'hash')
  const [base, builder, runtime, ofHello, hash] = await Promise.all(
    ['base', 'apiroutes:builder', 'apiroutes:runtime', 'hello', 'hash'].map((name) => images.open(name)),
  )
  assert.ok(base && builder && runtime && ofHello && hash)
  return { base, builder, runtime, hello: ofHello, hash }
}

it("a user's Dockerfile is six lines, and stands in the documentation as it is", () => {
  const dockerfile = readFileSync(path.join(hello, 'Dockerfile'), 'utf8')
  assert.equal(dockerfile.trimEnd().split('\n').length, 6)
  for (const page of ['README.md', 'docs/docker.md']) assert.ok(readFileSync(path.join(workspace, page), 'utf8').includes(dockerfile), page)
})

describe('the images', { skip: whyNoImages() ?? false }, () => {
  let images: Awaited<ReturnType<typeof buildImages>>
  before(async () => {
    images = await buildImages()
  })

  describe('say how they are run', () => {
    function says(name: string, image: 'builder' | 'runtime' | 'hello', field: keyof Image['config'], expected: unknown): void {
      it(name, () => assert.deepEqual(images[image].config[field], expected))
    }
    says('a user by number, as runAsNonRoot needs', 'hello', 'User', '1000:1000')
    says('the folder', 'hello', 'WorkingDir', '/app')
    says('the command', 'hello', 'Cmd', ['node', 'server.js'])
    says('nothing before the command', 'hello', 'Entrypoint', [])
    says('the port', 'hello', 'ExposedPorts', { '3000/tcp': {} })
    says('the signal', 'hello', 'StopSignal', 'SIGTERM')
    says('the builder runs nothing before a command', 'builder', 'Entrypoint', [])

    it('NODE_ENV is production where it runs, and not where it is built', () => {
      assert.ok(images.hello.config.Env.includes('NODE_ENV=production'))
      assert.ok(!images.builder.config.Env.some((variable) => variable.startsWith('NODE_ENV')))
    })
    it('a HEALTHCHECK without a shell', () => assert.deepEqual(images.hello.config.Healthcheck.Test, ['CMD', 'node', 'server.js', '--healthcheck']))

    for (const target of ['builder', 'runtime'] as const) {
      it(`labels of OCI: ${target}`, () => {
        const { Labels } = images[target].config
        const label = (name: string) => Labels[`org.opencontainers.image.${name}`]
        assert.deepEqual([label('title'), label('version'), label('licenses')], [`apiroutes ${target}`, version, 'MIT'])
        assert.ok(label('description'))
      })
    }
  })

  describe('contain', () => {
    /** Bytes of all files, folders included. */
    async function bytes(image: Image): Promise<number> {
      const { stdout } = await runProgram('du', ['--summarize', '--bytes', image.root])
      return Number.parseInt(stdout, 10)
    }
    function addsAtMost(image: 'builder' | 'runtime' | 'hello', to: 'base' | 'runtime', limit: number, why: string): void {
      it(`${image}: at most ${limit} bytes more than ${to}, which is ${why}`, async () => {
        const added = (await bytes(images[image])) - (await bytes(images[to]))
        assert.ok(added <= limit, `${added} bytes`)
      })
    }
    addsAtMost('builder', 'base', 50_000_000, 'esbuild, the parser, and no second compiler')
    addsAtMost('runtime', 'base', 10_000, 'an empty folder')
    addsAtMost('hello', 'runtime', 100_000, 'server.js, its map, and two lists')

    it('builder: the command and what it needs, without sources, tests and development tools', async () => {
      const installed = path.join(images.builder.root, 'opt/apiroutes')
      const packages = readdirSync(path.join(installed, 'node_modules/.pnpm'))
      assert.ok(packages.some((name) => name.startsWith('esbuild@')))
      assert.deepEqual(
        packages.filter((name) => /^(typescript|@typescript|@biomejs|tsx|fast-check)/.test(name)),
        [],
      )
      assert.deepEqual(readdirSync(path.join(installed, 'packages/compiler')).sort(), [
        'LICENSE',
        'README.md',
        'bin',
        'dist',
        'next.d.ts',
        'node_modules',
        'package.json',
      ])
      assert.deepEqual(readdirSync(path.join(images.builder.root, 'root')), [], 'nothing of npm is left')
    })

    it('hello: dist/ and nothing else, which its user cannot change', () => {
      const app = path.join(images.hello.root, 'app')
      assert.deepEqual(readdirSync(app).sort(), ['manifest.json', 'package.json', 'server.js', 'server.js.map'])
      for (const name of ['.', ...readdirSync(app)]) {
        const { uid, mode } = lstatSync(path.join(app, name))
        assert.deepEqual([uid, mode & 0o022], [0, 0], name)
      }
    })
  })

  describe('run, as process 1 on a read-only file system', () => {
    it('answers, as a user without rights', async (t) => {
      const container = await startContainer(images.hello)
      t.after(() => container.stop())
      assert.equal(await (await container.fetch('/api/hello?name=Ada')).text(), '{"message":"Hello, Ada!"}')
      const status = readFileSync(`/proc/${container.pid}/status`, 'utf8')
      const [uids, groups, rights, pids] = ['Uid', 'Groups', 'CapEff', 'NSpid'].map((name) => new RegExp(`^${name}:(.*)`, 'm').exec(status)?.[1]?.trim())
      assert.deepEqual([uids, groups, rights], ['1000\t1000\t1000\t1000', '', '0000000000000000'])
      assert.equal(pids, `${container.pid}\t1`)
    })

    it('the HEALTHCHECK says 0 when it is ready, and 1 when it does not run', { timeout: 30_000 }, async (t) => {
      const container = await startContainer(images.hello)
      t.after(() => container.stop())
      const [, ...command] = images.hello.config.Healthcheck.Test
      await waitUntilReady(container.fetch)
      const healthy = await container.run(command)
      assert.equal(healthy.code, 0, healthy.stdout + healthy.stderr)
      await container.stop()
      const unhealthy = await container.run(command)
      assert.equal(unhealthy.code, 1, unhealthy.stdout + unhealthy.stderr)
    })

    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      it(`ends with 0 on ${signal}, after the request in flight`, { timeout: 30_000 }, async (t) => {
        const container = await startContainer(images.hello)
        t.after(() => container.stop())
        const request = await openRequest(container.port)
        container.kill(signal)
        await untilRefused(container.port)
        const answer = await request.finish()
        assert.match(answer, /^HTTP\/1\.1 200 OK\r\n[\s\S]*\{"message":"Hello, world!"\}$/)
        assert.equal(await container.exit, 0)
      })
    }

    it('a native addon, of a project with dependencies', async (t) => {
      assert.deepEqual(readdirSync(path.join(images.hash.root, 'app')).sort(), ['manifest.json', 'node_modules', 'package.json', 'server.js', 'server.js.map'])
      const container = await startContainer(images.hash)
      t.after(() => container.stop())
      assert.equal(await (await container.fetch('/api/hash')).text(), '{"matches":true}')
    })
  })

  it('the builder has the command on its PATH, and npm', async () => {
    const root = { ...images.builder, config: { ...images.builder.config, User: '0:0' } }
    for (const [program, pattern] of [
      ['apiroutes', new RegExp(`^${version}\n$`)],
      ['npm', /^\d+\.\d+\.\d+\n$/],
    ] as const) {
      const { code, stdout, stderr } = await runInImage(root, [program, '--version'])
      assert.equal(code, 0, stderr)
      assert.match(stdout, pattern)
    }
  })
})

async function waitUntilReady(ask: (target: string) => Promise<Response>): Promise<void> {
  while ((await ask('/readyz')).status !== 200);
}

/** A request whose body is not there yet. Resolves when the server has asked for the body. */
async function openRequest(port: number): Promise<{ finish(): Promise<string> }> {
  const socket = net.connect(port, '127.0.0.1').setEncoding('latin1')
  let received = ''
  const closed = new Promise((resolve) => socket.on('close', resolve))
  await new Promise<void>((resolve) => {
    socket.on('data', (text: string) => {
      received += text
      if (/^HTTP\/1\.1 100 .*\r\n\r\n/.test(received)) resolve()
    })
    socket.write('POST /api/hello HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n')
  })
  return {
    async finish() {
      socket.write('{}')
      await closed
      return received.replace(/^HTTP\/1\.1 100 .*\r\n\r\n/, '')
    },
  }
}

/** Resolves when nobody listens on the port any more. */
async function untilRefused(port: number): Promise<void> {
  const isRefused = () =>
    new Promise<boolean>((resolve) => {
      const socket = net.connect(port, '127.0.0.1')
      socket.once('connect', () => resolve(!socket.destroy()))
      socket.once('error', () => resolve(true))
    })
  while (!(await isRefused()));
}
