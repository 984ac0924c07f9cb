import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { inspect } from 'node:util'
import { EnvError, readEnv } from './env.ts'
import { type RemoteRevalidation, remoteRevalidation } from './remote-revalidation.ts'
import type { RevalidateOptions } from './response.ts'

const TOKEN = '5ec2e700000000000000000000000000'
const SECRET = '5ec2e7-of-the-url'

/** What a site makes of a request. */
type Behaviour = (res: ServerResponse, req: IncomingMessage) => void

interface Site {
  readonly origin: string
  /** `HEAD /path token if-generated`, each request. */
  readonly asked: string[]
}

/** A site that answers in turn; its last behaviour stays. */
async function startSite(test: TestContext, ...behaviours: readonly Behaviour[]): Promise<Site> {
  const asked: string[] = []
  const server = createServer((req, res) => {
    const { 'x-prerender-revalidate': token, 'x-prerender-revalidate-if-generated': ifGenerated, 'cache-control': cache } = req.headers
    asked.push([req.method, req.url, token, ifGenerated, cache].filter((part) => part !== undefined).join(' '))
    behaviours[Math.min(asked.length, behaviours.length) - 1]?.(res, req)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  test.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

async function deadOrigin(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return `http://127.0.0.1:${port}`
}

const answer =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (res) =>
    res.writeHead(status, headers).end()
const cached = (status: number, value: string): Behaviour => answer(status, { 'x-nextjs-cache': value })
const reset: Behaviour = (res) => res.socket?.resetAndDestroy()
const silence: Behaviour = () => {}
const garbage: Behaviour = (res) => res.socket?.end(`no HTTP, but ${TOKEN} ${SECRET}\r\n\r\n`)
const echo: Behaviour = (res, req) => {
  res.writeHead(403, { location: `${req.url}`, 'x-echo': String(req.headers['x-prerender-revalidate']) }).end(`${req.url} ${TOKEN}`)
}
/** Not endless: with much to do V8 would collect the response, and with it the connection. */
const unfinished: Behaviour = (res) => res.writeHead(200).write('{')

function configured(env: Record<string, string>): RemoteRevalidation {
  const remote = remoteRevalidation()
  readEnv({ REVALIDATE_TIMEOUT: '5', ...env }, [remote])
  return remote
}

/** `ok`, or the message of the error, with `site` where its origin was; no secret may be anywhere in the error. */
async function outcome(remote: RemoteRevalidation, { urlPath = '/posts/1', options = {} }: { urlPath?: string; options?: RevalidateOptions } = {}) {
  try {
    await remote.revalidate(urlPath, options)
    return 'ok'
  } catch (error) {
    assert.ok(error instanceof Error)
    const all = [inspect(error, { depth: 9, showHidden: true }), error.stack, String(error.cause)].join('\n')
    assert.doesNotMatch(all, /5ec2e7/)
    return error.message
  }
}

interface Row {
  readonly options?: RevalidateOptions
  readonly urlPath?: string
  /** Default 1. */
  readonly times?: number
  readonly timeout?: string
}

const notTaken =
  ': it did not take REVALIDATE_TOKEN (preview.previewModeId in .next/prerender-manifest.json of the build that runs there), or the page has no getStaticProps'
const thrown = ': getStaticProps has thrown, or the site is not well. Its log says more'
const onlyGenerated = { unstable_onlyGenerated: true }

describe('REVALIDATE_ORIGIN', () => {
  function answers(name: string, behaviours: readonly Behaviour[], expected: string, { times = 1, timeout = '5', ...rest }: Row = {}) {
    it(name, async (test) => {
      const site = await startSite(test, ...behaviours)
      const remote = configured({ REVALIDATE_ORIGIN: site.origin, REVALIDATE_TOKEN: TOKEN, REVALIDATE_TIMEOUT: timeout })
      assert.equal((await outcome(remote, rest)).replaceAll(site.origin, 'site'), expected)
      assert.equal(site.asked.length, times)
    })
  }

  answers('a new page', [cached(200, 'REVALIDATED')], 'ok')
  answers('notFound', [cached(404, 'REVALIDATED')], 'ok')
  answers('a redirect of getStaticProps', [answer(307, { 'x-nextjs-cache': 'REVALIDATED', location: '/' })], 'ok')
  answers('as Vercel says it', [answer(200, { 'x-vercel-cache': 'REVALIDATED' })], 'ok')
  answers('as we say it', [answer(200, { 'x-apiroutes-cache': 'REVALIDATED' })], 'ok')
  answers('in lower case', [cached(200, 'revalidated')], 'ok')
  answers('a page nobody has asked for, which is to stay so', [answer(404)], 'ok', { options: onlyGenerated })
  answers('a page of before', [cached(200, 'HIT')], `site answered 200${notTaken}`)
  answers('a stale page', [cached(200, 'STALE')], `site answered 200${notTaken}`)
  answers('a page of before, only generated', [cached(200, 'HIT')], `site answered 200${notTaken}`, { options: onlyGenerated })
  answers('the notFound of before', [cached(404, 'HIT')], `site answered 404${notTaken}`)
  answers('the redirect of before', [cached(308, 'HIT')], `site answered 308${notTaken}`)
  answers('a page without getStaticProps', [answer(200)], `site answered 200${notTaken}`)
  answers('no page', [answer(404)], 'site answered 404: it has no such page')
  answers('a guard', [answer(403)], 'site answered 403, which is not the answer of a Next.js page')
  answers('a redirect to nowhere', [answer(302)], 'site answered 302, which is not the answer of a Next.js page')
  answers('a redirect to no URL', [answer(302, { location: 'http://[' })], 'site answered 302, which is not the answer of a Next.js page')
  const leadsTo = (to: string) => `, a redirect to ${to}: set REVALIDATE_ORIGIN to the site itself, or revalidate the path that it leads to`
  answers(
    'a redirect elsewhere',
    [answer(301, { location: 'https://www.example.com/posts/1?a=b' })],
    `site answered 301${leadsTo('https://www.example.com/posts/1')}`,
  )
  answers('a redirect on the site', [answer(308, { location: '/posts/1/' })], `site answered 308${leadsTo('site/posts/1/')}`)
  answers('a redirect that has the token', [answer(308, { location: `/${TOKEN}` })], `site answered 308${leadsTo('site/***')}`)
  answers('what it was sent', [echo], 'site answered 403, which is not the answer of a Next.js page')
  answers('no HTTP', [garbage], 'site did not answer (2 tries): HPE_INVALID_CONSTANT', { times: 2 })
  answers('an error, twice', [answer(500)], `site answered 500 (2 tries)${thrown}`, { times: 2 })
  answers('an error, once', [answer(503), cached(200, 'REVALIDATED')], 'ok', { times: 2 })
  answers('an error, then no page', [answer(500), answer(404)], 'site answered 404 (2 tries): it has no such page', { times: 2 })
  answers('a reset, twice', [reset], 'site did not answer (2 tries): ECONNRESET', { times: 2 })
  answers('a reset, once', [reset, cached(200, 'REVALIDATED')], 'ok', { times: 2 })
  answers('nothing, twice', [silence], 'site did not answer (2 tries): nothing came within 0.05 s', { times: 2, timeout: '0.05' })

  it('tries again after a timeout', async (test) => {
    const site = await startSite(test, silence, cached(200, 'REVALIDATED'))
    const remote = configured({ REVALIDATE_ORIGIN: site.origin, REVALIDATE_TOKEN: TOKEN, REVALIDATE_TIMEOUT: '0.3' })
    assert.deepEqual([await outcome(remote), site.asked.length], ['ok', 2])
  })

  function asks(name: string, { urlPath, options, base = '' }: { urlPath: string; options?: RevalidateOptions; base?: string }, expected: string) {
    it(`asks ${name}`, async (test) => {
      const site = await startSite(test, cached(200, 'REVALIDATED'))
      const remote = configured({ REVALIDATE_ORIGIN: site.origin + base, REVALIDATE_TOKEN: TOKEN })
      await remote.revalidate(urlPath, options ?? {})
      assert.deepEqual(site.asked, [expected.replace('token', TOKEN)])
    })
  }
  asks('for the page', { urlPath: '/posts/1' }, 'HEAD /posts/1 token')
  asks('for the first page', { urlPath: '/' }, 'HEAD / token')
  asks('only for what was generated', { urlPath: '/a', options: onlyGenerated }, 'HEAD /a token 1')
  asks('below a base path', { urlPath: '/a', base: '/docs' }, 'HEAD /docs/a token')
  asks('at an origin with a slash', { urlPath: '/a', base: '/' }, 'HEAD /a token')
  asks('no other host', { urlPath: '//other/a' }, 'HEAD //other/a token')
  asks('in UTF-8', { urlPath: '/ä b?c=%2F#d' }, 'HEAD /%C3%A4%20b?c=%2F token')
})

describe('several origins', () => {
  function answers(name: string, behaviours: readonly Behaviour[], expected: string) {
    it(name, async (test) => {
      const sites = await Promise.all(behaviours.map((behaviour) => startSite(test, behaviour)))
      const remote = configured({ REVALIDATE_ORIGIN: sites.map(({ origin }) => origin).join(' , '), REVALIDATE_TOKEN: TOKEN })
      const named = sites.reduce((text, { origin }, i) => text.replaceAll(origin, `site${i}`), await outcome(remote))
      assert.equal(named, expected)
      assert.ok(
        sites.every(({ asked }) => asked.length > 0),
        'all are asked',
      )
    })
  }
  const good = cached(200, 'REVALIDATED')
  answers('all can', [good, good, good], 'ok')
  answers('one cannot', [good, answer(404)], 'site1 answered 404: it has no such page. 1 of 2 sites have made it new')
  answers(
    'two cannot',
    [reset, good, cached(200, 'HIT')],
    `site0 did not answer (2 tries): ECONNRESET; site2 answered 200${notTaken}. 1 of 3 sites have made it new`,
  )
  answers(
    'none can',
    [answer(404), answer(500)],
    `site0 answered 404: it has no such page; site1 answered 500 (2 tries)${thrown}. 0 of 2 sites have made it new`,
  )

  it('a dead one is named, and the other one asked', async (test) => {
    const [site, dead] = [await startSite(test, good), await deadOrigin()]
    const remote = configured({ REVALIDATE_ORIGIN: `${dead},${site.origin}`, REVALIDATE_TOKEN: TOKEN })
    assert.equal(await outcome(remote), `${dead} did not answer (2 tries): ECONNREFUSED. 1 of 2 sites have made it new`)
    assert.equal(site.asked.length, 1)
  })

  it('are asked at the same time', async (test) => {
    const waiting: ServerResponse[] = []
    const together: Behaviour = (res) => {
      waiting.push(res)
      if (waiting.length === 2) for (const each of waiting) each.writeHead(200, { 'x-nextjs-cache': 'REVALIDATED' }).end()
    }
    const [one, two] = [await startSite(test, together), await startSite(test, together)]
    assert.equal(await outcome(configured({ REVALIDATE_ORIGIN: `${one.origin},${two.origin}`, REVALIDATE_TOKEN: TOKEN })), 'ok')
  })
})

describe('REVALIDATE_URL', () => {
  const query = `/api/revalidate?secret=${SECRET}&path={path}`

  function answers(name: string, behaviours: readonly Behaviour[], expected: string, { times = 1, timeout = '5', ...rest }: Row = {}) {
    it(name, async (test) => {
      const site = await startSite(test, ...behaviours)
      const remote = configured({ REVALIDATE_URL: site.origin + query, REVALIDATE_TIMEOUT: timeout })
      assert.equal((await outcome(remote, rest)).replaceAll(site.origin, 'site'), expected)
      assert.equal(site.asked.length, times)
    })
  }
  const refused = ' to REVALIDATE_URL, where 2xx is a success. The log of that server may say more'
  answers('200', [answer(200)], 'ok')
  answers('204', [answer(204)], 'ok')
  answers('a body that never ends', [unfinished], 'ok')
  answers('401', [answer(401)], `site answered 401${refused}`)
  answers('404, only generated', [answer(404)], `site answered 404${refused}`, { options: onlyGenerated })
  answers('what it was sent', [echo], `site answered 403${refused}`)
  answers(
    'a redirect',
    [(res, req) => res.writeHead(308, { location: `${req.url}/` }).end()],
    'site answered 308, a redirect: set REVALIDATE_URL to where it leads',
  )
  answers('an error, twice', [answer(500)], `site answered 500 (2 tries)${refused}`, { times: 2 })
  answers('an error, once', [answer(500), answer(200)], 'ok', { times: 2 })
  answers('no HTTP', [garbage], 'site did not answer (2 tries): HPE_INVALID_CONSTANT', { times: 2 })
  answers('nothing', [silence], 'site did not answer (2 tries): nothing came within 0.05 s', { times: 2, timeout: '0.05' })

  function asks(urlPath: string, template: string, expected: string) {
    it(`asks for ${urlPath} by ${template}`, async (test) => {
      const site = await startSite(test, answer(200))
      await configured({ REVALIDATE_URL: site.origin + template }).revalidate(urlPath, {})
      assert.deepEqual(site.asked, [`GET ${expected} no-cache`])
    })
  }
  asks('/posts/1', '/r?path={path}', '/r?path=%2Fposts%2F1')
  asks('/a&secret=x#', '/r?path={path}&s=1', '/r?path=%2Fa%26secret%3Dx%23&s=1')
  asks('/$&ä', '/r/{path}/{path}', '/r/%2F%24%26%C3%A4/%2F%24%26%C3%A4')
  asks('/{path}', '?{path}', '/?%2F%7Bpath%7D')

  it('a path that no URL can have', async () => {
    assert.equal(await outcome(configured({ REVALIDATE_URL: `http://127.0.0.1:9${query}` }), { urlPath: '/\ud800' }), 'URI malformed')
  })

  it('leaves no connection behind by an answer that nobody reads, before V8 finds out in some seconds', { timeout: 5000 }, async (test) => {
    const closed: Promise<unknown>[] = []
    const noted: Behaviour = (res, req) => {
      closed.push(once(res, 'close'))
      unfinished(res, req)
    }
    const site = await startSite(test, noted)
    const remote = configured({ REVALIDATE_URL: site.origin + query, REVALIDATE_TIMEOUT: '300' })
    assert.deepEqual([await outcome(remote), await outcome(remote)], ['ok', 'ok'])
    assert.equal(closed.length, 2)
    await Promise.all(closed)
  })
})

describe('the environment of res.revalidate', () => {
  it('without any', async () => {
    const remote = configured({})
    assert.equal(remote.isConfigured, false)
    assert.equal(
      await outcome(remote),
      'no server is known that has it. For a page of a Next.js site elsewhere set REVALIDATE_ORIGIN and REVALIDATE_TOKEN, or REVALIDATE_URL. ' +
        'For a page of this project build with `apiroutes build --pages`.',
    )
  })

  function accepts(env: Record<string, string>, isConfigured: boolean) {
    it(`accepts ${JSON.stringify(env)}`, () => assert.equal(configured(env).isConfigured, isConfigured))
  }
  accepts({ REVALIDATE_TOKEN: TOKEN }, false)
  accepts({ REVALIDATE_ORIGIN: '', REVALIDATE_URL: '' }, false)
  accepts({ REVALIDATE_URL: 'http://site/{path}' }, true)
  accepts({ REVALIDATE_URL: 'http://site?{path}', REVALIDATE_TOKEN: TOKEN }, true)
  for (const origin of ['http://site', 'https://[::1]:8080', 'https://a/docs/', 'https://a,https://b', 'https://a, https://b/c,']) {
    accepts({ REVALIDATE_ORIGIN: origin, REVALIDATE_TOKEN: TOKEN }, true)
  }

  /** Each line is `variable: what it says of it begins so`; no value is in it. */
  function refuses(env: Record<string, string>, ...lines: readonly string[]) {
    it(`refuses ${JSON.stringify(env)}`, () => {
      assert.throws(
        () => configured(env),
        (error: Error) => {
          assert.ok(error instanceof EnvError)
          const said = error.message.split('\n')
          assert.deepEqual(
            said.map((line, i) => line.slice(0, lines[i]?.length)),
            lines,
          )
          assert.doesNotMatch(error.message, /5ec2e7/)
          return true
        },
      )
    })
  }
  const origins = [
    'site',
    'ftp://site',
    '//site',
    'http://',
    `http://u:${SECRET}@site`,
    `http://site?${SECRET}`,
    'http://site#a',
    'http://a b',
    'http://a:99999',
  ]
  for (const origin of [...origins, 'http://1.2.3.999', 'http://a;http://b', 'http://a http://b', 'http://a\\b', 'https://a,b']) {
    refuses({ REVALIDATE_ORIGIN: origin, REVALIDATE_TOKEN: TOKEN }, 'REVALIDATE_ORIGIN must be http')
  }
  for (const token of [`${SECRET} `, `${SECRET}\n`, `ä${SECRET}`]) refuses({ REVALIDATE_TOKEN: token }, 'REVALIDATE_TOKEN must be text ')
  const urls = [
    'http://site',
    `http://site?${SECRET}`,
    `http://u:${SECRET}@site/{path}`,
    `http://site/#{path}`,
    'http://site/{path} ',
    'http://{path}',
    'site/{path}',
  ]
  for (const url of [...urls, 'http://a:99999/{path}', 'http://site/{PATH}']) refuses({ REVALIDATE_URL: url }, 'REVALIDATE_URL must be an http')
  for (const seconds of ['0', '0.000', '-1', '301', '5s', '0.0001']) refuses({ REVALIDATE_TIMEOUT: seconds }, 'REVALIDATE_TIMEOUT must be a number of seconds ')
  refuses({ REVALIDATE_ORIGIN: 'http://site' }, 'REVALIDATE_ORIGIN needs REVALIDATE_TOKEN: preview.previewModeId in .next/prerender-manifest.json of the build')
  refuses(
    { REVALIDATE_ORIGIN: 'http://site', REVALIDATE_TOKEN: TOKEN, REVALIDATE_URL: `http://site/${SECRET}?{path}` },
    'REVALIDATE_ORIGIN and REVALIDATE_URL exclude each other: unset one of them',
  )
  refuses(
    { PORT: 'x', REVALIDATE_ORIGIN: 'http://site', REVALIDATE_URL: 'x', REVALIDATE_TIMEOUT: 'x' },
    'PORT must be',
    'REVALIDATE_URL must be',
    'REVALIDATE_TIMEOUT must be',
    'REVALIDATE_ORIGIN needs',
    'REVALIDATE_ORIGIN and',
  )
})
