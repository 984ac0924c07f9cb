// Projects and handlers that are out of the ordinary, each of which once went wrong.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync, readFileSync, symlinkSync, unlinkSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { build, buildOrThrow, diagnosticCodes } from './support/build.ts'
import { answersIn, sendRaw } from './support/raw.ts'
import { startServer } from './support/server.ts'
import { type FileMap, temporaryProject } from './support/temporary.ts'

async function serve(t: TestContext, project: string | FileMap, flags: readonly string[] = []) {
  const { dist } = await buildOrThrow(project, { flags })
  const server = await startServer(dist)
  t.after(() => server.stop())
  const get = async (target: string) => {
    const response = await server.fetch(target)
    return `${response.status} ${await response.text()}`
  }
  return { ...server, get }
}

describe('a project', () => {
  it('has its tsconfig applied to route files: decorators, class fields, JSX', async (t) => {
    const { get } = await serve(t, {
      'tsconfig.json':
        '{ "compilerOptions": { "experimentalDecorators": true, "useDefineForClassFields": false, "target": "es2022", "jsx": "react-jsx", "jsxImportSource": "tiny" } }',
      'node_modules/tiny/package.json': '{ "name": "tiny" }',
      'node_modules/tiny/jsx-runtime.js': 'exports.jsx = (type) => `<${type}>`\n',
      'pages/api/a.tsx': `const mark = (target: any, name: string) => { target.marked = name }
let set = 'no setter'
class Base { set field(value: string) { set = value } }
class A extends Base { field = 'setter'; @mark run() {} }
export default (req: any, res: any) => res.json([new A() && set, (A.prototype as any).marked, <b />])\n`,
    })
    assert.equal(await get('/api/a'), '200 ["setter","run","<b>"]')
  })

  it('may have a route that is a link: its imports are those of the real file, and state is shared', async (t) => {
    const project = temporaryProject({
      'shared/handler.js': `import { next } from './state.js'\nexport default (req, res) => res.json(next())\n`,
      'shared/state.js': 'let n = 0\nexport const next = () => ++n\n',
      'pages/api/two.js': `export { default } from '../../shared/handler.js'\n`,
    })
    symlinkSync('../../shared/handler.js', path.join(project, 'pages/api/one.js'))
    const { get } = await serve(t, project)
    assert.deepEqual([await get('/api/one'), await get('/api/two'), await get('/api/one')], ['200 1', '200 2', '200 3'])
  })

  it('may be reached through a link', async (t) => {
    const real = temporaryProject({
      'pages/api/one.js': `let n = 0\nexport const next = () => ++n\nexport default (req, res) => res.json(next())\n`,
      'pages/api/two.js': `import { next } from './one.js'\nexport default (req, res) => res.json(next())\n`,
    })
    const link = `${real}-link`
    symlinkSync(real, link)
    const direct = readFileSync(path.join((await buildOrThrow(real)).dist, 'server.js'), 'utf8')
    const { get } = await serve(t, link)
    assert.deepEqual([await get('/api/one'), await get('/api/two'), await get('/api/one')], ['200 1', '200 2', '200 3'])
    assert.equal(readFileSync(path.join(real, 'dist/server.js'), 'utf8'), direct)
  })

  it('may import styles, build after build', async (t) => {
    const project = temporaryProject({
      'lib/x.css': 'b { color: red }',
      'lib/y.module.css': '.y {}',
      'pages/api/a.tsx': `import '../../lib/x.css'\nimport y from '../../lib/y.module.css'\nexport default (req: any, res: any) => res.json(typeof y)\n`,
    })
    await buildOrThrow(project)
    assert.equal(await (await serve(t, project)).get('/api/a'), '200 "object"')
    assert.deepEqual(readdirSync(path.join(project, 'dist')).toSorted(), ['manifest.json', 'package.json', 'server.js', 'server.js.map'])
  })

  it('may have an external that is missing: the other routes are unharmed', async (t) => {
    const { get, waitForLog } = await serve(
      t,
      {
        'pages/api/a.ts': `import { x } from 'not-there'\nexport default (req: any, res: any) => res.json(x)\n`,
        'pages/api/b.ts': `export default (req: any, res: any) => res.json(process.env.NODE_ENV)\n`,
      },
      ['--external', 'not-there'],
    )
    assert.equal(await get('/api/b'), '200 "production"')
    assert.equal(await get('/api/a'), '500 Internal Server Error')
    await waitForLog(/GET \/api\/a: Error: Cannot find module 'not-there'/)
  })

  it('may lie in a folder called raw-body', async (t) => {
    const project = temporaryProject({
      'my-raw-body/pages/api/a.ts': `export const config = { api: { bodyParser: { sizeLimit: process.env.NONE ?? '1kb' } } }\nexport default (req: any, res: any) => res.json(1)\n`,
    })
    const server = await serve(t, path.join(project, 'my-raw-body'))
    const post = async (bytes: number) => (await server.fetch('/api/a', { method: 'POST', body: 'x'.repeat(bytes) })).status
    assert.deepEqual([await post(1024), await post(1025)], [200, 413])
  })

  it('with an output that is a file is refused', async () => {
    const project = temporaryProject({ 'pages/api/a.ts': 'export default () => {}\n', dist: 'mine' })
    const built = await build(project)
    assert.deepEqual([built.code, diagnosticCodes(built)], [1, ['output-unwritable']])
    assert.equal(readFileSync(path.join(project, 'dist'), 'utf8'), 'mine')
    unlinkSync(path.join(project, 'dist'))
  })

  it('says a mistake once, however many phases see it', async () => {
    const built = await build({ 'pages/api/a.ts': 'export default (req: any, res: any) => { class A { x = await 1 }; const y = await f() }\n' })
    assert.deepEqual([built.code, diagnosticCodes(built)], [1, ['await-outside-async', 'await-outside-async']])
  })
})

describe('a handler', async () => {
  const files = {
    'node_modules/mapped/package.json': '{ "name": "mapped", "type": "module", "main": "index.js" }',
    'node_modules/mapped/index.js': `export const fail = () => { throw new Error('mapped badly') }\n//# sourceMappingURL=index.js.map\n`,
    'node_modules/mapped/index.js.map': '{"version":3,"sources":["100%/x.js"],"sourcesContent":["x"],"names":[],"mappings":"AAAA,AAAA,AAAA"}',
    'pages/api/mapped.ts': `import { fail } from 'mapped'\nexport default () => fail()\n`,
    'pages/api/wrapped.ts': `export default (req: any, res: any) => { res.end = () => { throw new Error('end is broken') }; throw new Error('first') }\n`,
    'pages/api/slow.ts': `export default (req: any, res: any) => setImmediate(() => setImmediate(() => res.end('slow')))\n`,
    'pages/api/partial.ts': `export default (req: any, res: any) => { res.write('part'); throw new Error('after a part') }\n`,
    'pages/api/stream/[how].ts': `import { PassThrough } from 'node:stream'
export default (req: any, res: any) => {
  const stream = new PassThrough()
  stream.on('close', () => console.log('closed', req.query.how))
  if (req.query.how === 'before') stream.destroy()
  if (req.query.how === 'failed') { stream.on('error', () => {}); stream.destroy(new Error('failed before')); return setImmediate(() => res.send(stream)) }
  if (req.query.how === 'none') res.status(204)
  res.send(stream)
  if (req.query.how === 'after') { stream.write('some'); setImmediate(() => stream.destroy()) }
}\n`,
    'pages/api/router.ts': `import http from 'node:http'
export default (req: any, res: any) => {
  req.route = { mine: true }
  const { mine } = req.route
  Object.setPrototypeOf(req, Object.create(http.IncomingMessage.prototype))
  res.json([mine, req.body])
}\n`,
  }
  const { dist } = await buildOrThrow(files)

  it('is logged and answered when a source map is no URL', async (t) => {
    const server = await startServer(dist)
    t.after(() => server.stop())
    assert.equal((await server.fetch('/api/mapped')).status, 500)
    await server.waitForLog(/GET \/api\/mapped: Error: mapped badly/)
  })

  it('that breaks res.end is cut off, and both errors are logged', async (t) => {
    const server = await startServer(dist)
    t.after(() => server.stop())
    await assert.rejects(server.fetch('/api/wrapped'))
    await server.waitForLog(/Error: first[\s\S]*Error: end is broken/)
  })

  it('that fails after a part is cut, also when its answer has to wait for another', async (t) => {
    const server = await startServer(dist)
    t.after(() => server.stop())
    const { bytes, closed } = await sendRaw(server.port, { send: ['GET /api/slow HTTP/1.1\r\nHost: a\r\n\r\nGET /api/partial HTTP/1.1\r\nHost: a\r\n\r\n'] })
    assert.ok(closed)
    const [first, second] = answersIn(bytes)
    assert.deepEqual([first?.body, second?.end ?? 'cut'], ['slow', 'cut'])
  })

  function streams(how: string, expected: string) {
    it(`that sends a stream: ${how}`, async (t) => {
      const server = await startServer(dist)
      t.after(() => server.stop())
      const got = await server
        .fetch(`/api/stream/${how}`)
        .then(async (response) => `${response.status} ${await response.text()}`)
        .catch(() => 'cut')
      assert.equal(got, expected)
      await server.waitForLog(new RegExp(`closed ${how}`))
    })
  }
  streams('before', '500 Internal Server Error') // destroyed before it is sent
  streams('failed', '500 Internal Server Error')
  streams('after', 'cut') // destroyed on the way, without an error
  streams('none', '204 ') // nobody will read it

  it('may assign req.route, and keeps req.body when its prototype is changed, as Express does', async (t) => {
    const server = await startServer(dist)
    t.after(() => server.stop())
    const response = await server.fetch('/api/router', { method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' } })
    assert.equal(await response.text(), '[true,{"a":1}]')
  })

  it('is nobody at SIGTERM: connections that are silent, half a request or idle do not keep the process', async () => {
    const server = await startServer(dist)
    const [silent, half, idle] = await Promise.all(
      ['', 'GET /api/slow HTTP/1.1\r\nHo', 'GET /api/slow HTTP/1.1\r\nHost: a\r\n\r\n'].map(async (text) => {
        const socket = net.connect(server.port, '127.0.0.1').on('error', () => {})
        await once(socket, 'connect')
        if (text) socket.write(text)
        return socket
      }),
    )
    if (idle) await once(idle, 'data')
    assert.equal(await server.stop(), 0)
    for (const socket of [silent, half, idle]) if (socket && !socket.closed) await once(socket.resume(), 'close')
  })
})
