// Static pages, as they are built (`--pages`) and served.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { build, buildOrThrow, diagnosticCodes } from './support/build.ts'
import { runProgram } from './support/run-program.ts'
import { type Server, type ServerOptions, startServer } from './support/server.ts'
import { type FileMap, temporaryFolder, temporaryProject } from './support/temporary.ts'

const example = path.join(import.meta.dirname, '../examples/pages')

/** A project with the React of these tests. */
function withReact(files: FileMap): string {
  const dir = temporaryProject(files)
  mkdirSync(path.join(dir, 'node_modules'))
  for (const name of ['react', 'react-dom']) symlinkSync(path.join(import.meta.dirname, 'node_modules', name), path.join(dir, 'node_modules', name))
  return dir
}

async function serve(test: TestContext, dist: string, options: ServerOptions = {}): Promise<Server> {
  const server = await startServer(dist, options)
  test.after(() => server.stop())
  return server
}

/** `HIT <h1>1</h1>`: where it has come from, and what is in its body. */
async function read(server: Server, target: string): Promise<string> {
  const response = await server.fetch(target, { redirect: 'manual' })
  const text = await response.text()
  return `${response.headers.get('x-apiroutes-cache')} ${/<body>(.*)<\/body>/s.exec(text)?.[1] ?? text}`
}

const revalidate = `
  export default async function handler(req, res) {
    try {
      await res.revalidate(req.query.path, { unstable_onlyGenerated: 'only' in req.query })
      res.send('done')
    } catch (error) {
      res.status(500).send(error.message)
    }
  }`
const counting = `let made = 0\nexport const getStaticProps = ({ params }) => ({ props: { made: ++made, ...params } })\n`
const anyPath = `export const getStaticPaths = () => ({ paths: ['/posts/a', '/posts/b'], fallback: 'blocking' })\n`

describe('the example', () => {
  it('does what the three lines of its README say', async (test) => {
    const out = path.join(temporaryFolder(), 'dist')
    await buildOrThrow(example, { flags: ['--pages', '--strict', '--out-dir', out] })
    const server = await serve(test, out)
    const blocks = [...readFileSync(path.join(example, 'README.md'), 'utf8').matchAll(/```sh\n(.*?)```/gs)].map(([, text = '']) => text)
    const lines = blocks.flatMap((text) => text.split('\n').filter((line) => line.startsWith('curl ')))
    assert.equal(lines.length, 3)
    for (const line of lines) {
      const [command = '', answer = ''] = line.split(/ +# /)
      const { stdout } = await runProgram('sh', ['-c', command.replace('localhost:3000', `127.0.0.1:${server.port}`)])
      assert.ok(stdout.includes(answer), `${line}\n${stdout}`)
    }
    assert.equal(server.log.stderr, '')
  })

  it('has commands in its README that its package.json knows', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(example, 'package.json'), 'utf8'))
    assert.deepEqual(scripts, { build: 'apiroutes build --pages', start: 'node dist/server.js' })
  })
})

describe('a site', async () => {
  const site: FileMap = {
    'package.json': '{ "type": "module", "dependencies": { "react": "*", "react-dom": "*" } }',
    'components/layout.tsx': 'export const Layout = ({ children }) => <main>{children}</main>',
    'pages/index.tsx': `import { useMemo } from 'react'\nimport { Layout } from '../components/layout'\n${counting}
      export default function Home({ made }) { return <Layout><title>Home</title><b>{useMemo(() => made, [made])}</b></Layout> }`,
    'pages/posts/[id].tsx': `import { Layout } from '../../components/layout'\n${counting}${anyPath}
      export default ({ id, made }) => <Layout><i>{id + made}</i></Layout>`,
    'pages/plain.ts': `${counting}export const head = '<meta name="a">'\nexport default ({ made }) => '<u>' + made + '</u>'`,
    'pages/[slug].js': `${counting}export const getStaticPaths = () => ({ paths: ['/about'], fallback: false })\nexport default ({ slug, made }) => \`<p>\${slug}\${made}</p>\``,
    'pages/_document.tsx': `export default ({ html, head }) => \`<!DOCTYPE html><html lang="en"><head>\${head}</head><body>\${html}</body></html>\``,
    'pages/fails.ts': `export const getStaticProps = () => ({ props: { at: new Date(0) } })\nexport default () => ''`,
    'pages/api/revalidate.ts': revalidate,
    'pages/api/[...rest].ts': 'export default (req, res) => res.json(req.query)',
  }
  const { dist } = await buildOrThrow(withReact(site), { flags: ['--pages', '--strict'] })

  it('is one server: pages of React, of text, and routes', async (test) => {
    const server = await serve(test, dist)
    assert.equal(await read(server, '/'), 'MISS <main><b>1</b></main>')
    assert.equal(await read(server, '/'), 'HIT <main><b>1</b></main>')
    assert.equal(await read(server, '/posts/x'), 'MISS <main><i>x1</i></main>')
    assert.equal(await read(server, '/plain'), 'MISS <u>1</u>')
    assert.equal(await read(server, '/about'), 'MISS <p>about1</p>')
    assert.equal(await read(server, '/contact'), 'null Not Found')
    assert.equal(await read(server, '/api/a?b=c'), 'null {"b":"c","rest":["a"]}')
    assert.match(await (await server.fetch('/')).text(), /^<!DOCTYPE html><html lang="en"><head><title>Home<\/title><\/head><body>/)
    assert.match(await (await server.fetch('/plain')).text(), /<head><meta name="a"><\/head>/)
  })

  it('revalidates its pages, and only those', async (test) => {
    const server = await serve(test, dist)
    const ask = async (target: string) => (await server.fetch(`/api/revalidate?path=${target}`)).text()
    await read(server, '/posts/x')
    assert.deepEqual([await ask('/posts/x'), await read(server, '/posts/x')], ['done', 'HIT <main><i>x2</i></main>'])
    assert.deepEqual([await ask('/posts/y&only'), await read(server, '/posts/y')], ['done', 'MISS <main><i>y3</i></main>'])
    assert.equal(await ask('/nowhere/else'), 'Failed to revalidate /nowhere/else: no page of this server answers it')
    assert.equal(await ask('/contact'), 'Failed to revalidate /contact: getStaticPaths of pages/[slug].js does not list it, and has fallback: false')
    assert.match(
      await ask('/fails'),
      /^Failed to revalidate \/fails: getStaticProps of pages\/fails.ts returned `props.at`, which is a Date: JSON cannot hold it\./,
    )
    assert.equal(await ask('posts'), 'Invalid urlPath provided to revalidate(), must be a path e.g. /blog/post-1, received posts')
    await server.waitForLog(/the page \/fails was not made anew: StaticPropsError: getStaticProps of pages\/fails\.ts/)
  })

  it('answers health checks beside a page for any path', async (test) => {
    const server = await serve(test, dist)
    for (const target of ['/livez', '/readyz']) assert.match(await (await server.fetch(target)).text(), /^\{"status":"\w+"\}$/)
  })

  it('logs errors of a page with its file and line', async (test) => {
    const server = await serve(test, dist)
    assert.equal((await server.fetch('/fails')).status, 500)
    await server.waitForLog(/GET \/fails: StaticPropsError: getStaticProps of pages\/fails\.ts returned `props\.at`, which is a Date/)
  })

  it('keeps its pages in PAGE_CACHE_DIR, also when it is killed', async (test) => {
    const env = { PAGE_CACHE_DIR: path.join(temporaryFolder(), 'pages') }
    const first = await serve(test, dist, { env })
    await read(first, '/posts/x')
    await (await first.fetch('/api/revalidate?path=/posts/x')).text()
    process.kill(first.pid, 'SIGKILL')
    await first.exit
    const second = await serve(test, dist, { env })
    assert.equal(await read(second, '/posts/x'), 'HIT <main><i>x2</i></main>')
  })

  function refuses(env: Record<string, string>, message: RegExp): void {
    it(`does not start with ${Object.keys(env)}`, async () => {
      const { code, stderr } = await runProgram(process.execPath, [path.join(dist, 'server.js')], { env: { PORT: '0', ...env } })
      assert.equal(code, 1)
      assert.match(stderr, message)
      assert.doesNotMatch(stderr, /pass-word/)
    })
  }
  refuses({ REDIS_URL: 'http://user:pass-word@h' }, /^apiroutes: REDIS_URL must be a URL such as redis:\/\/host:6379 .*\n$/)
  refuses({ REDIS_URL: 'redis://h', PAGE_CACHE_DIR: '/tmp' }, /^apiroutes: PAGE_CACHE_DIR and REDIS_URL are both set, .*\n$/)
  refuses({ PAGE_CACHE_DIR: '/dev/null/x' }, /^apiroutes: PAGE_CACHE_DIR is "\/dev\/null\/x", which cannot be written to: .*\n$/)
  refuses({ PAGE_CACHE_MAX: 'lots', PAGE_CACHE_LOCAL: 'long' }, /^apiroutes: PAGE_CACHE_MAX must be .*\napiroutes: PAGE_CACHE_LOCAL must be .*\n$/)

  it('names the variables of pages in --help', async () => {
    const { stdout } = await runProgram(process.execPath, [path.join(dist, 'server.js'), '--help'])
    for (const name of ['PAGE_CACHE_MAX', 'PAGE_CACHE_DIR', 'PAGE_CACHE_LOCAL', 'REDIS_URL', 'REVALIDATE_TOKEN', 'REVALIDATE_ORIGIN'])
      assert.ok(stdout.includes(`\n${name}=`), name)
  })
})

describe('a site without React', async () => {
  const files: FileMap = {
    'pages/index.ts': `${counting}export default ({ made }) => '<b>' + made + '</b>'`,
    'pages/posts/[id].ts': `${counting}${anyPath}export default ({ id, made }) => id + made`,
  }

  it('needs no React, no API route, and no package.json', async (test) => {
    const { dist } = await buildOrThrow(files, { flags: ['--pages', '--verify'] })
    assert.ok(!readFileSync(path.join(dist, 'server.js'), 'utf8').includes('react-dom'))
    const server = await serve(test, dist)
    assert.equal(await read(server, '/'), 'MISS <b>1</b>')
  })

  it('with --prerender has the pages that are known from the beginning', async (test) => {
    const { dist } = await buildOrThrow(files, { flags: ['--pages', '--prerender'] })
    assert.equal(readdirSync(path.join(dist, 'prerendered')).length, 4) // and the list of paths
    const server = await serve(test, dist)
    assert.deepEqual([await read(server, '/'), await read(server, '/posts/a'), await read(server, '/posts/c')], ['HIT <b>1</b>', 'HIT a1', 'MISS c1'])
  })

  it('fails to build with --prerender when a page fails, which is named', async () => {
    const broken = { ...files, 'pages/broken.ts': `export const getStaticProps = () => { throw new Error('no data') }\nexport default () => ''` }
    const built = await build(broken, { flags: ['--pages', '--prerender'] })
    assert.equal(built.code, 1)
    assert.deepEqual(diagnosticCodes(built), ['page-not-prerendered'])
    assert.match(built.stderr, /pages\/broken\.ts:1:1/)
    assert.match(built.stderr, /Error: no data/)
    assert.ok(!existsSync(built.dist))
  })

  it('is another build when a byte of it is another', async (test) => {
    const env = { PAGE_CACHE_DIR: temporaryFolder() }
    const change = { ...files, 'pages/index.ts': `${counting}export default ({ made }) => '<i>' + made + '</i>'` }
    for (const [project, expected] of [
      [files, 'MISS'],
      [files, 'HIT'],
      [change, 'MISS'],
      [files, 'HIT'],
    ] as const) {
      const { dist } = await buildOrThrow(project, { flags: ['--pages'] })
      const server = await serve(test, dist, { env })
      assert.match(await read(server, '/'), new RegExp(`^${expected} `))
    }
  })

  it('keeps its pages in a store of its own with --page-store', async (test) => {
    const store = `
      import { appendFileSync } from 'node:fs'
      export default function createStore({ build }) {
        const pages = new Map(), claims = new Set()
        let asked = 0
        return {
          read: async (key) => pages.get(key),
          ask: async () => ++asked,
          async claim(key) {
            if (claims.has(key)) return undefined
            claims.add(key)
            const covers = asked
            return {
              current: pages.get(key),
              covers,
              async store(page) {
                appendFileSync(process.env.STORE_LOG, key + ' ' + build.length + '\\n')
                pages.set(key, { version: Math.random().toString(), covers, page })
                claims.delete(key)
                return pages.get(key)
              },
              release: async () => void claims.delete(key),
            }
          },
          async close() {},
        }
      }`
    const { dist } = await buildOrThrow({ ...files, 'lib/store.ts': store }, { flags: ['--pages', '--page-store', 'lib/store.ts'] })
    const log = path.join(temporaryFolder(), 'log')
    const server = await serve(test, dist, { env: { STORE_LOG: log } })
    assert.deepEqual([await read(server, '/'), await read(server, '/')], ['MISS <b>1</b>', 'HIT <b>1</b>'])
    assert.equal(readFileSync(log, 'utf8'), '/ 22\n')
  })

  it('tells onRequestError that it was a page', async (test) => {
    const { dist } = await buildOrThrow(
      {
        ...files,
        'pages/broken.ts': `export const getStaticProps = () => { throw new Error('no data') }\nexport default () => ''`,
        'instrumentation.ts': `export const onRequestError = (error, { path }, context) => console.log(JSON.stringify([error.message, path, context]))`,
      },
      { flags: ['--pages'] },
    )
    const server = await serve(test, dist)
    await server.fetch('/broken?a=b')
    const [line] = await server.waitForLog(/\["no data".*/)
    assert.deepEqual(JSON.parse(line), ['no data', '/broken?a=b', { routerKind: 'Pages Router', routePath: '/broken', routeType: 'render' }])
  })
})

it('without --pages a page is no part of the app', async (test) => {
  const files = { 'pages/api/a.ts': 'export default (req, res) => res.send("a")', 'pages/index.tsx': 'this is no JavaScript' }
  const { dist, dir } = await buildOrThrow(files, { flags: ['--strict'] })
  const server = await serve(test, dist)
  assert.equal((await server.fetch('/')).status, 404)
  rmSync(dir, { recursive: true })
})

describe('the contract of stores', () => {
  /** Runs it against a store of a project, as docs/revalidate.md says. */
  async function check(change: (text: string) => string) {
    const store = `
      export default function createStore() {
        const pages = new Map(), claims = new Set()
        let asked = 0, version = 0
        return {
          read: async (key, known) => (known !== undefined && pages.get(key)?.version === known ? 'unchanged' : pages.get(key)),
          ask: async () => ++asked,
          async claim(key) {
            if (claims.has(key)) return undefined
            claims.add(key)
            const covers = asked
            const release = async () => void claims.delete(key)
            const store = async (page) => (pages.set(key, { version: String(++version), covers, page }), claims.delete(key), pages.get(key))
            return { current: pages.get(key), covers, store, release }
          },
          close: async () => {},
        }
      }`
    const test = `
      import { testCacheStore } from 'apiroutes/cache-store-contract'
      import createStore from './store.js'
      testCacheStore('my store', async () => [createStore()])`
    const dir = temporaryProject({ 'package.json': '{ "type": "module" }', 'store.js': change(store), 'store.test.js': test })
    mkdirSync(path.join(dir, 'node_modules'))
    symlinkSync(path.join(import.meta.dirname, 'node_modules/apiroutes'), path.join(dir, 'node_modules/apiroutes'))
    return runProgram(process.execPath, ['--test', '--test-reporter', 'spec'], { cwd: dir })
  }

  it('is kept by a store that keeps it', async () => {
    const { code, stdout } = await check((text) => text)
    assert.match(stdout, /tests 20\b/)
    assert.equal(code, 0, stdout)
  })

  function finds(name: string, from: string, to: string, failing: RegExp): void {
    it(`finds one that ${name}`, async () => {
      const { code, stdout } = await check((text) => {
        assert.ok(text.includes(from))
        return text.replace(from, to)
      })
      assert.match(stdout, failing)
      assert.equal(code, 1)
    })
  }
  finds('lets two have the claim', 'claims.add(key)', '', /✖ one claim at a time/)
  finds('keeps the claim after a page was stored', 'claims.delete(key), pages', 'pages', /✖/)
  finds('calls two editions by one name', '++version', 'version', /✖ no two editions have one version/)
  finds('covers what was asked later', 'const covers = asked', 'const covers = Infinity', /✖ an edition covers what was asked before its claim/)
  finds('counts for ever the same', '++asked', 'asked', /✖ numbers rise/)
  finds('changes pages', 'covers, page }', 'covers, page: { ...page, body: page.body.trim() } }', /✖ each key has a page of its own/)
})
