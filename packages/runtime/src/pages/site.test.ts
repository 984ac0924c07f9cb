/** Pages as clients and handlers see them. */

import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { draftModeCookies, previewDataCookies } from '../preview.ts'
import { assertAnswer, type Question } from '../testing.ts'
import { createMemoryStore } from './memory-store.ts'
import type { Operation } from './page-cache.ts'
import { pageFileName } from './page-file.ts'
import type { PropsContext } from './page-module.ts'
import { reachabilityLog } from './site.ts'
import { gate, startSite, type TestPage, type TestSite } from './testing-site.ts'

const TOKEN = 'a-token-of-many-letters'

/** Counts how often it was made. */
function counting(more: object = {}): TestPage & { readonly contexts: PropsContext[] } {
  const contexts: PropsContext[] = []
  return {
    contexts,
    default: ({ n, id = '' }: { n: number; id?: string }) => `${id}${n}`,
    getStaticProps(context: PropsContext) {
      contexts.push(context)
      const { id } = context.params ?? {}
      return { props: { n: contexts.length, ...(typeof id === 'string' ? { id } : {}) }, ...more }
    },
  }
}

const open = { getStaticPaths: () => ({ paths: [], fallback: 'blocking' }) }
const listed = (...paths: string[]) => ({ getStaticPaths: () => ({ paths, fallback: false }) })

function temporaryFolder(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'apiroutes-site-'))
  test.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

describe('what a page answers', () => {
  function answers(name: string, page: TestPage, question: Question & { target?: string }, expected: Parameters<typeof assertAnswer>[1], pattern = '/a'): void {
    it(name, async (test) => {
      const site = await startSite(test, { pages: { [pattern]: page } })
      assertAnswer(await site.ask(question.target ?? pattern, question), expected)
    })
  }
  const page = { default: () => 'x', getStaticProps: () => ({ props: {} }) }
  const html =
    '<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"></head><body>x</body></html>'
  const type = 'text/html; charset=utf-8'
  answers('HTML', page, {}, { status: 200, body: html, 'content-type': type, 'x-apiroutes-cache': 'MISS', 'cache-control': 's-maxage=31536000' })
  answers('at the root', page, {}, { status: 200, body: html }, '/')
  answers('with a query', page, { target: '/a?b=c' }, { status: 200, body: html })
  answers('HEAD', page, { method: 'HEAD' }, { status: 200, body: '', 'content-type': type, 'content-length': String(html.length) })
  answers('nothing else', page, { method: 'POST' }, { status: 405, body: 'Method Not Allowed', allow: 'GET, HEAD' })
  answers(
    'for a time',
    { ...page, getStaticProps: () => ({ props: {}, revalidate: 60 }) },
    {},
    { status: 200, 'cache-control': 's-maxage=60, stale-while-revalidate=31535940' },
  )
  answers(
    'not found',
    { ...page, getStaticProps: () => ({ notFound: true, revalidate: 5 }) },
    {},
    { status: 404, body: 'Not Found', 'x-apiroutes-cache': 'MISS', 'cache-control': 's-maxage=5, stale-while-revalidate=31535995' },
  )
  answers(
    'a redirect',
    { ...page, getStaticProps: () => ({ redirect: { destination: '/b', permanent: false } }) },
    {},
    { status: 307, body: '/b', location: '/b' },
  )
  answers(
    'a permanent one',
    { ...page, getStaticProps: () => ({ redirect: { destination: '/b', permanent: true } }) },
    {},
    { status: 308, location: '/b', refresh: '0;url=/b' },
  )
  answers('a trailing slash leads away', page, { target: '/a/' }, { status: 308, location: '/a' })
  const failing = { ...page, getStaticProps: () => Promise.reject(new Error('no data')) }
  const never = 'private, no-cache, no-store, max-age=0, must-revalidate'
  answers('an error is for nobody else', failing, {}, { status: 500, body: 'Internal Server Error', 'cache-control': never })
  answers('a module that does not load', { load: () => Promise.reject(new Error('broken')) }, {}, { status: 500, body: 'Internal Server Error' })
  answers('a param that is no UTF-8', { ...page, ...open }, { target: '/%ff' }, { status: 400, body: 'Bad Request' }, '/[id]')

  it('304 to who has it', async (test) => {
    const site = await startSite(test, { pages: { '/a': page } })
    const { headers } = await site.ask('/a')
    const etag = headers['etag']?.[0] ?? ''
    for (const method of ['GET', 'HEAD']) {
      const answer = await site.ask('/a', { method, headers: { 'If-None-Match': `W/${etag}` } })
      assertAnswer(answer, { status: 304, body: '', etag, 'x-apiroutes-cache': 'HIT', 'cache-control': 's-maxage=31536000' })
    }
    assertAnswer(await site.ask('/a', { headers: { 'If-None-Match': '"other"' } }), { status: 200 })
  })

  it('errors are logged with the path and the pattern', async (test) => {
    const site = await startSite(test, { pages: { '/[id]': { ...failing, ...open } } })
    await site.ask('/x')
    assert.deepEqual(
      site.log.map(({ where, thrown }) => `${where} ${thrown}`),
      ['GET /[id] Error: no data'],
    )
  })
})

describe('getStaticProps', () => {
  it('gets the params, decoded, and why it is called', async (test) => {
    const page = counting()
    const rest = counting()
    const site = await startSite(test, { pages: { '/[id]': { ...page, ...open }, '/docs/[...path]': { ...rest, ...open } } })
    await site.read('/%C3%BC%20?query=1')
    await site.revalidate('/%C3%BC%20')
    await site.read('/docs/a/b%2Fc')
    assert.deepEqual(page.contexts, [
      { params: { id: 'ü ' }, revalidateReason: 'stale' },
      { params: { id: 'ü ' }, revalidateReason: 'on-demand' },
    ])
    assert.deepEqual(rest.contexts, [{ params: { path: ['a', 'b/c'] }, revalidateReason: 'stale' }])
  })

  it('gets no params where there are none', async (test) => {
    const page = counting()
    const site = await startSite(test, { pages: { '/a': page } })
    await site.read('/a')
    assert.deepEqual(page.contexts, [{ revalidateReason: 'stale' }])
  })

  it('is called for each request in draft mode, and its pages are kept from everybody else', async (test) => {
    const page = counting()
    const site = await startSite(test, { pages: { '/a': page } })
    await site.read('/a')
    const cookies = (list: readonly string[]) => ({ headers: { Cookie: list.map((line) => line.split(';')[0]).join('; ') } })
    const drafted = await site.ask('/a', cookies(draftModeCookies(true)))
    assertAnswer(drafted, { status: 200, 'cache-control': 'private, no-cache, no-store, max-age=0, must-revalidate' })
    assert.equal(drafted.headers['x-apiroutes-cache'], undefined)
    await site.ask('/a', cookies(previewDataCookies({ user: 1 }, {})))
    assert.equal(await site.read('/a'), 'HIT 1')
    assert.deepEqual(page.contexts.slice(1), [
      { draftMode: true, preview: true, previewData: {}, revalidateReason: 'stale' },
      { draftMode: true, preview: true, previewData: { user: 1 }, revalidateReason: 'stale' },
    ])
    assertAnswer(await site.ask('/a', { headers: { Cookie: '__prerender_bypass=forged' } }), { status: 200, 'x-apiroutes-cache': 'HIT' })
  })
})

describe('getStaticPaths', () => {
  it('with fallback: false, has the pages it lists, in any spelling', async (test) => {
    const site = await startSite(test, { pages: { '/posts/[id]': { ...counting(), ...listed('/posts/a b', '/posts/c') } } })
    assert.equal(await site.read('/posts/a%20b'), 'MISS a b1')
    assert.equal(await site.read('/posts/%61%20b'), 'HIT a b1')
    assert.equal(await site.read('/posts/c'), 'MISS c2')
    assert.equal(await site.read('/posts/d'), '404 - Not Found')
    assert.equal((await site.ask('/posts/d')).headers['cache-control']?.[0], 'private, no-cache, no-store, max-age=0, must-revalidate')
  })

  for (const fallback of [true, 'blocking']) {
    it(`with fallback: ${fallback}, has any page`, async (test) => {
      const site = await startSite(test, { pages: { '/[id]': { ...counting(), getStaticPaths: () => ({ paths: [], fallback }) } } })
      assert.deepEqual([await site.read('/a'), await site.read('/a'), await site.read('/b')], ['MISS a1', 'HIT a1', 'MISS b2'])
    })
  }

  it('is called once', async (test) => {
    let calls = 0
    const getStaticPaths = () => ({ paths: [`/${++calls}`], fallback: false })
    const site = await startSite(test, { pages: { '/[id]': { ...counting(), getStaticPaths } } })
    await Promise.all(['/1', '/2', '/3', '/1'].map((path) => site.read(path)))
    assert.deepEqual([await site.read('/2'), calls], ['404 - Not Found', 1])
  })

  it('that fails, or returns what cannot be used, is a 500, and is called again', async (test) => {
    const results: unknown[] = [new Error('no list'), { paths: [5], fallback: false }, { paths: ['/a'], fallback: false }]
    const getStaticPaths = () => {
      const result = results.shift()
      if (result instanceof Error) throw result
      return result
    }
    const site = await startSite(test, { pages: { '/[id]': { ...counting(), getStaticPaths } } })
    assert.match(await site.read('/a'), /^500 /)
    assert.match(await site.read('/a'), /^500 /)
    assert.equal(await site.read('/a'), 'MISS a1')
    assert.match(String(site.log[1]?.thrown), /^StaticPathsError: getStaticPaths of pages\/\[id\].tsx returned as `paths\[0\]` no text/)
  })
})

describe('res.revalidate', () => {
  it('makes a page anew before it resolves', async (test) => {
    const site = await startSite(test, { pages: { '/': counting(), '/posts/[id]': { ...counting(), ...open } } })
    assert.deepEqual([await site.read('/'), await site.revalidate('/'), await site.read('/')], ['MISS 1', 'done', 'HIT 2'])
    assert.deepEqual([await site.read('/posts/x'), await site.revalidate('/posts/x'), await site.read('/posts/x')], ['MISS x1', 'done', 'HIT x2'])
  })

  it('takes any spelling of its path', async (test) => {
    const site = await startSite(test, { pages: { '/posts/[id]': { ...counting(), ...open } } })
    await site.read('/posts/%C3%BC')
    for (const path of ['/posts/ü', '/posts/%c3%bc', '/posts/%C3%BC/', '/posts/ü?x=1', '//posts//ü/x/..'])
      assert.equal(await site.revalidate(path), 'done', path)
    assert.equal(await site.read('/posts/ü'.replace('ü', '%C3%BC')), 'HIT ü6')
  })

  it('rejects with the reason, and keeps the page', async (test) => {
    const page = counting()
    let fails = false
    const getStaticProps = (context: PropsContext) =>
      fails ? Promise.reject(new Error('no data')) : (page.getStaticProps as (context: PropsContext) => unknown)(context)
    const site = await startSite(test, { pages: { '/posts/[id]': { ...page, ...open, getStaticProps } } })
    await site.read('/posts/1')
    fails = true
    assert.equal(await site.revalidate('/posts/1'), 'Failed to revalidate /posts/1: no data')
    assert.equal(await site.read('/posts/1'), 'HIT 11')
    assert.deepEqual(
      site.log.map(({ where, thrown }) => `${where}: ${thrown}`),
      ['the page /posts/1 was not made anew: Error: no data'],
    )
  })

  function rejects(name: string, urlPath: string, reason: string, pages: TestSite['pages']): void {
    it(`rejects ${name}`, async (test) => {
      const site = await startSite(test, { pages })
      assert.equal(await site.revalidate(urlPath), `Failed to revalidate ${urlPath}: ${reason}`)
    })
  }
  const nobody = 'no page of this server answers it'
  rejects('a path that no page answers', '/nowhere', nobody, { '/a': counting() })
  rejects('the path of a route', '/api/revalidate', nobody, { '/a': counting() })
  rejects('a path that is not listed', '/b', 'getStaticPaths of pages/[id].tsx does not list it, and has fallback: false', {
    '/[id]': { ...counting(), ...listed('/a') },
  })
  rejects('what is not percent-encoded UTF-8', '/%ff', 'it is not percent-encoded UTF-8', { '/[id]': { ...counting(), ...open } })
  rejects('a page that does not load', '/a', 'broken', { '/a': { load: () => Promise.reject(new Error('broken')) } })
  rejects(
    'props that JSON cannot hold',
    '/a',
    'getStaticProps of pages/a.tsx returned `props.at`, which is a Date: JSON cannot hold it. Return strings, numbers, booleans, null, arrays and plain objects.',
    {
      '/a': { default: () => '', getStaticProps: () => ({ props: { at: new Date() } }) },
    },
  )

  it('asks a site elsewhere for what no page answers, and only for that', async (test) => {
    const asked: string[] = []
    const revalidate = async (urlPath: string, options: object) => void asked.push(urlPath + JSON.stringify(options))
    const pages = { '/a': counting(), '/posts/[id]': { ...counting(), ...listed('/posts/1') } }
    const site = await startSite(test, { pages, remote: { variables: {}, configure() {}, isConfigured: true, revalidate } })
    assert.deepEqual([await site.revalidate('/a'), await site.read('/a')], ['done', 'HIT 1'])
    assert.match(await site.revalidate('/posts/2'), /does not list it/)
    assert.deepEqual(asked, [])
    assert.deepEqual([await site.revalidate('/b?c', { unstable_onlyGenerated: true }), await site.revalidate('/api/revalidate')], ['done', 'done'])
    assert.deepEqual(asked, ['/b?c{"unstable_onlyGenerated":true}', '/api/revalidate{}'])
  })

  it('with unstable_onlyGenerated does nothing for a page that nobody has asked for', async (test) => {
    const page = counting()
    const site = await startSite(test, { pages: { '/a': page } })
    const options = { unstable_onlyGenerated: true }
    assert.equal(await site.revalidate('/a', options), 'done')
    assert.equal(page.contexts.length, 0)
    await site.read('/a')
    assert.equal(await site.revalidate('/a', options), 'done')
    assert.equal(await site.read('/a'), 'HIT 2')
  })

  it('can make a page that was found disappear, and come back', async (test) => {
    let result: object = { props: {} }
    const site = await startSite(test, { pages: { '/a': { default: () => 'x', getStaticProps: () => result } } })
    await site.read('/a')
    result = { notFound: true }
    await site.revalidate('/a')
    assert.equal(await site.read('/a'), '404 HIT Not Found')
    result = { props: {} }
    await site.revalidate('/a')
    assert.equal(await site.read('/a'), 'HIT x')
  })
})

describe('a request from another server', () => {
  const ask = (token: string | undefined, more: Record<string, string> = {}): Question => ({
    method: 'HEAD',
    headers: { ...(token === undefined ? {} : { 'x-prerender-revalidate': token }), ...more },
  })
  const only = { 'x-prerender-revalidate-if-generated': '1' }

  it('with the token has the page made anew', async (test) => {
    const site = await startSite(test, { pages: { '/a': counting() }, env: { REVALIDATE_TOKEN: TOKEN } })
    assertAnswer(await site.ask('/a', ask(TOKEN, only)), { status: 404, body: '' })
    assertAnswer(await site.ask('/a', ask(TOKEN)), { status: 200, 'x-apiroutes-cache': 'REVALIDATED' })
    assertAnswer(await site.ask('/a', ask(TOKEN, only)), { status: 200, 'x-apiroutes-cache': 'REVALIDATED' })
    assert.equal(await site.read('/a'), 'HIT 2')
  })

  for (const [name, env, token] of [
    ['another token', { REVALIDATE_TOKEN: TOKEN }, 'other'],
    ['none', { REVALIDATE_TOKEN: TOKEN }, undefined],
    ['an empty one', { REVALIDATE_TOKEN: TOKEN }, ''],
    ['any, where none is set', {}, TOKEN],
    ['an empty one, where none is set', {}, ''],
  ] as const) {
    it(`with ${name} is one like others`, async (test) => {
      const site = await startSite(test, { pages: { '/a': counting() }, env })
      await site.read('/a')
      assertAnswer(await site.ask('/a', ask(token)), { status: 200, 'x-apiroutes-cache': 'HIT' })
      assert.equal(await site.read('/a'), 'HIT 1')
    })
  }
})

describe('where pages are kept', () => {
  it('in PAGE_CACHE_DIR they are still there after a restart, for the same build', async (test) => {
    const env = { PAGE_CACHE_DIR: temporaryFolder(test) }
    const pages = { '/a': counting() }
    assert.equal(await (await startSite(test, { pages, env })).read('/a'), 'MISS 1')
    assert.equal(await (await startSite(test, { pages, env })).read('/a'), 'HIT 1')
    assert.equal(await (await startSite(test, { pages, env, sources: { build: 'another' } })).read('/a'), 'MISS 2')
    assert.deepEqual(readdirSync(env.PAGE_CACHE_DIR).toSorted(), ['another', 'build'])
  })

  it('a PAGE_CACHE_DIR that cannot be written to ends the start', async (test) => {
    const file = join(temporaryFolder(test), 'x')
    const page = { pages: { '/a': counting() } }
    await assert.rejects(startSite(test, { ...page, env: { PAGE_CACHE_DIR: '/dev/null' } }), {
      name: 'EnvError',
      message: /^PAGE_CACHE_DIR is "\/dev\/null", which cannot be written to: ENOTDIR/,
    })
    assert.ok(!existsSync(file))
  })

  it('a store of the project is given the build', async (test) => {
    const builds: unknown[] = []
    const store = async () => ({
      default(options: object) {
        builds.push(options)
        return createMemoryStore(10_000)
      },
    })
    const site = await startSite(test, { pages: { '/a': counting() }, sources: { store } })
    assert.deepEqual([await site.read('/a'), await site.read('/a')], ['MISS 1', 'HIT 1'])
    assert.deepEqual(builds, [{ build: 'build' }])
  })

  for (const [name, module, message] of [
    ['no function', { default: {} }, 'the default export of --page-store must be a function that returns a CacheStore, got object'],
    ['a store that lacks something', { default: () => ({ read() {}, ask() {} }) }, 'the store of --page-store has no method claim, close'],
    ['no store at all', { default: () => undefined }, 'the store of --page-store has no method read, ask, claim, close'],
  ] as const) {
    it(`refuses ${name}`, (test) => assert.rejects(startSite(test, { pages: {}, sources: { store: async () => module } }), { name: 'TypeError', message }))
  }

  it('waits for pages that are being made before it ends, and names them', async (test) => {
    const [begun, made] = [gate(), gate()]
    const order: string[] = []
    const getStaticProps = async () => {
      begun.open()
      await made.opened
      order.push('made')
      return { props: {} }
    }
    const site = await startSite(test, { pages: { '/a': { default: () => 'x', getStaticProps } } })
    const reading = site.read('/a')
    await begun.opened
    const ending = site.feature.shutDown().then(() => order.push('ended'))
    await new Promise(setImmediate)
    made.open()
    await Promise.all([reading, ending])
    assert.deepEqual([order, site.said], [['made', 'ended'], ['waiting for what is being made: /a']])
  })
})

describe('that the store cannot be reached', () => {
  function says(name: string, events: string, lines: readonly string[]): void {
    it(`is said once ${name}`, () => {
      const said: string[] = []
      const log = reachabilityLog({ info: () => said.push('back'), warn: (text) => said.push(text.split(': ')[1] ?? '') })
      for (const event of events.split(' ')) {
        const isLost = event.startsWith('!')
        log(event.replace('!', '') as Operation, isLost ? new Error(`no ${event.slice(1)}.`) : undefined)
      }
      assert.deepEqual(said, lines)
    })
  }
  const lost = (operation: Operation) => `no ${operation}. Pages are served as this instance has them, marked STALE.`
  says('and that it is back', 'read !read !read !claim read claim read', [lost('read'), 'back'])
  says('again', '!read read !read', [lost('read'), 'back', lost('read')])
  says('for a store that is full', 'read claim !store read claim !store read store', [lost('store'), 'back'])
  says('for one that takes no claims', 'read !claim read !claim !ask read claim ask', [lost('claim'), 'back'])
  says('more for one that can then not be read either', '!ask !read ask read', [lost('ask'), lost('read'), 'back'])
})

describe('--prerender', () => {
  async function run(test: TestContext, pages: TestSite['pages']) {
    const folder = temporaryFolder(test)
    const site = await startSite(test, { pages, folder })
    const lines: string[] = []
    const log = test.mock.method(console, 'log', (line: string) => lines.push(line))
    const code = await site.feature.prerender()
    log.mock.restore()
    const said = lines.map((line) => JSON.parse(line.slice('apiroutes-prerender '.length)))
    return { code, said, folder, files: existsSync(join(folder, 'prerendered')) ? readdirSync(join(folder, 'prerendered')) : [] }
  }

  it('makes every page whose path is known', async (test) => {
    const pages = { '/': counting(), '/posts/[id]': { ...counting(), ...listed('/posts/a', '/posts/b') }, '/[id]': { ...counting(), ...open } }
    const { code, said, folder, files } = await run(test, pages)
    assert.equal(code, 0)
    assert.deepEqual(
      said.map(({ path, pages: count }) => path ?? count),
      ['/', '/posts/a', '/posts/b', 3],
    )
    assert.deepEqual(
      files.toSorted(),
      ['/', '/posts/a', '/posts/b', 'paths of /posts/[id]', 'paths of /[id]'].map((key) => pageFileName(`build ${key}`)).toSorted(),
    )
    const site = await startSite(test, { pages, folder })
    assert.deepEqual([await site.read('/'), await site.read('/posts/b'), await site.read('/c')], ['HIT 1', 'HIT b2', 'MISS c1'])
    assert.equal(pages['/'].contexts[0]?.revalidateReason, 'build')
    await site.revalidate('/')
    assert.equal(await site.read('/'), 'HIT 2')
  })

  for (const [pattern, target] of [
    ['/a b', '/a%20b'],
    ['/100%', '/100%25'],
    ['/a%20b', '/a%2520b'],
    ['/what?', '/what%3F'],
    ['/ü', '/%C3%BC'],
  ] as const) {
    it(`makes the page of a file that is called ${pattern}`, async (test) => {
      const pages = { [pattern]: counting() }
      const { code, folder } = await run(test, pages)
      assert.equal(code, 0)
      const site = await startSite(test, { pages, folder })
      assert.equal(await site.read(target), 'HIT 1')
    })
  }

  it('keeps the list that it was given', async (test) => {
    let paths = ['/a']
    const pages = { '/[id]': { ...counting(), getStaticPaths: () => ({ paths, fallback: false }) } }
    const { folder } = await run(test, pages)
    paths = ['/a', '/b']
    const site = await startSite(test, { pages, folder })
    assert.equal(await site.read('/b'), '404 - Not Found')
  })

  it('names pages that fail, and goes on', async (test) => {
    const failing = (params?: { id: string }) => (params?.id === 'b' ? Promise.reject(new Error('no data')) : { props: {} })
    const { code, said } = await run(test, {
      '/x': { default: () => 'x', getStaticProps: () => ({ props: { at: new Date() } }) },
      '/[id]': { default: () => 'x', getStaticProps: ({ params }: { params: { id: string } }) => failing(params), ...listed('/a', '/b', '/c') },
      '/l/[id]': { ...counting(), getStaticPaths: () => ({}) },
    })
    assert.equal(code, 1)
    assert.deepEqual(
      said.filter(({ error }) => error).map(({ path }) => path),
      ['/x', '/b', '/l/[id]'],
    )
    assert.deepEqual(said.at(-1), { pages: 2, failed: 3 })
  })

  it('names a page that is never made', async (test) => {
    test.mock.timers.enable({ apis: ['setTimeout'] })
    const { opened: isCalled, open: called } = gate()
    const getStaticProps = () => {
      called()
      return new Promise(() => {})
    }
    const running = run(test, { '/x': { default: () => 'x', getStaticProps } })
    await isCalled
    test.mock.timers.tick(60_000)
    const { code, said } = await running
    assert.deepEqual(
      [code, said],
      [
        1,
        [
          { path: '/x', file: 'pages/x.tsx', error: 'Error: it was not made within 60 s' },
          { pages: 0, failed: 1 },
        ],
      ],
    )
  })

  it('writes what a server reads', async (test) => {
    const { folder } = await run(test, { '/': counting() })
    assert.match(
      readFileSync(join(folder, 'prerendered', pageFileName('build /')), 'utf8'),
      /^apiroutes page 1 [\w-]+\n\{"key":"build \/","page":\{"status":200,"body":"<!DOCTYPE html>/,
    )
  })
})
