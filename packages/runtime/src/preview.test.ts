import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { describe, it, type TestContext } from 'node:test'
import fc from 'fast-check'
import type { PreviewState } from './preview.ts'
import type { ApiRequest } from './request.ts'
import type { ApiResponse } from './response.ts'
import { assertAnswer, startRoute } from './testing.ts'

type Preview = typeof import('./preview.ts')

const SECRET = 'a secret for tests'
const OFF: PreviewState = { on: false, stale: false }
const STALE: PreviewState = { on: false, stale: true }
const GONE = 'Expires=Thu, 01 Jan 1970 00:00:00 GMT'
const ATTRIBUTES = 'HttpOnly; Secure; SameSite=None'

process.env.PREVIEW_SECRET = SECRET

let instances = 0

/** The module as another process would have it, with keys of its own. */
async function previewWith(secret: string | undefined): Promise<Preview> {
  const preview: Preview = await import(`./preview.ts?instance=${instances++}`)
  if (secret === undefined) delete process.env.PREVIEW_SECRET
  else process.env.PREVIEW_SECRET = secret
  preview.readPreview({ __prerender_bypass: 'x' }) // the keys are derived now
  process.env.PREVIEW_SECRET = SECRET
  return preview
}

/** The cookies a browser would send after these Set-Cookie values. */
function jar(setCookies: readonly string[]): Record<string, string> {
  return Object.fromEntries(setCookies.map((line) => line.split(';')[0]?.split('=') ?? []).map(([name, ...value]) => [name, value.join('=')]))
}

const preview = await previewWith(SECRET)
const on = jar(preview.draftModeCookies(true))
const id = on.__prerender_bypass ?? ''

function sealed(data: unknown, options = {}): Record<string, string> {
  return jar(preview.previewDataCookies(data, options))
}

describe('readPreview', () => {
  const data = sealed({ user: 'ann' })
  const token = data.__next_preview_data ?? ''
  const [header = '', payload = '', signature = ''] = token.split('.')

  function reads(name: string, cookies: Record<string, string>, expected: PreviewState) {
    it(name, () => assert.deepEqual(preview.readPreview(cookies), expected))
  }

  reads('no cookies', {}, OFF)
  reads('other cookies', { a: '1' }, OFF)
  reads('empty cookies', { __prerender_bypass: '', __next_preview_data: '' }, OFF)
  reads('draft mode', on, { on: true, data: {} })
  reads('draft mode with an empty token', { ...on, __next_preview_data: '' }, { on: true, data: {} })
  reads('preview data', data, { on: true, data: { user: 'ann' } })
  reads('a bogus id', { __prerender_bypass: 'bogus' }, STALE)
  reads('an id of another length', { __prerender_bypass: `${id}0` }, STALE)
  reads('an id in capitals', { __prerender_bypass: id.toUpperCase() }, STALE)
  reads('a token alone', { __next_preview_data: token }, STALE)
  reads('a token and an empty id', { __prerender_bypass: '', __next_preview_data: token }, STALE)
  reads('a token and a bogus id', { __prerender_bypass: 'bogus', __next_preview_data: token }, STALE)
  for (const [name, bogus] of Object.entries({
    'no token': 'x',
    dots: '..',
    'four parts': `${token}.x`,
    'two parts': `${header}.${payload}`,
    'no signature': `${header}.${payload}.`,
    'the parts of another order': `${payload}.${header}.${signature}`,
    'an algorithm of none': `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`,
    'a token with a space': ` ${token}`,
    unicode: 'ž.ž.ž',
  }))
    reads(name, { ...on, __next_preview_data: bogus }, STALE)

  it('any changed character turns it off', () => {
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }), (at, other) => {
        fc.pre(other !== token[at])
        const changed = token.slice(0, at) + other + token.slice(at + 1)
        assert.deepEqual(preview.readPreview({ ...on, __next_preview_data: changed }), STALE)
      }),
      { numRuns: 200 },
    )
  })

  it('every bit of the token counts', () => {
    for (let at = 0; at < token.length; at++) {
      for (let bit = 0; bit < 7; bit++) {
        const changed = Buffer.from(token)
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        assert.deepEqual(preview.readPreview({ ...on, __next_preview_data: changed.toString() }), STALE, `bit ${bit} of character ${at}`)
      }
    }
  })

  it('any changed character of the id turns it off', () => {
    for (let at = 0; at < id.length; at++) {
      const changed = id.slice(0, at) + (id[at] === 'a' ? 'b' : 'a') + id.slice(at + 1)
      assert.deepEqual(preview.readPreview({ __prerender_bypass: changed }), STALE)
    }
  })

  it('never throws, for any cookies', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', id, token, `${header}.${payload}`, '..', '...'))
    fc.assert(
      fc.property(text, text, (bypass, bogus) => {
        const { on } = preview.readPreview({ __prerender_bypass: bypass, __next_preview_data: bogus })
        assert.equal(on, bypass === id && (bogus === '' || bogus === token))
      }),
    )
  })
})

describe('preview data', () => {
  it('any JSON value that fits comes back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify(value)
        fc.pre(Buffer.byteLength(json) < 900)
        assert.deepEqual(preview.readPreview(sealed(value)), { on: true, data: JSON.parse(json) })
      }),
      { numRuns: 200 },
    )
  })

  it('cannot be read in the token', () => {
    const { __next_preview_data: token = '' } = sealed({ user: 'ann' })
    const texts = token.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'))
    assert.ok(!texts.some((text) => text.includes('ann') || text.includes('user')))
  })

  it('is sealed differently each time', () => assert.notDeepEqual(sealed({ a: 1 }), sealed({ a: 1 })))

  it('fits in 2 KB', () => {
    assert.doesNotThrow(() => sealed('x'.repeat(1000)))
    assert.throws(() => sealed('x'.repeat(4000)), {
      message: 'Preview data is limited to 2KB currently, reduce how much data you are storing as preview data to continue',
    })
  })

  it('has a limit that counts the token', () => {
    const lengths: number[] = []
    for (let characters = 900; characters < 1300; characters++) {
      try {
        lengths.push(sealed('x'.repeat(characters)).__next_preview_data?.length ?? 0)
      } catch {
        break
      }
    }
    const longest = lengths.at(-1) ?? 0
    assert.ok(longest > 2040 && longest <= 2048, String(longest))
  })

  for (const [name, value] of [
    ['undefined', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
  ] as const) {
    it(`${name} throws`, () => assert.throws(() => sealed(value), { message: 'Preview data must be serializable to JSON' }))
  }
  it('a circular object throws', () => {
    const circular: Record<string, unknown> = {}
    circular.self = circular
    assert.throws(() => sealed(circular), TypeError)
  })
  it('a bad path throws', () => assert.throws(() => sealed(1, { path: '/a;b' }), TypeError))
  it('a bad maxAge throws', () => assert.throws(() => sealed(1, { maxAge: 1.5 }), TypeError))
})

describe('maxAge', () => {
  function lasts(maxAge: number | undefined, seconds: number, expected: boolean) {
    it(`${maxAge}: ${expected ? 'on' : 'off'} after ${seconds} s`, (test) => {
      test.mock.timers.enable({ apis: ['Date'], now: 1_700_000_000_000 })
      const cookies = sealed({ a: 1 }, { maxAge })
      test.mock.timers.setTime(1_700_000_000_000 + seconds * 1000)
      assert.deepEqual(preview.readPreview(cookies), expected ? { on: true, data: { a: 1 } } : STALE)
    })
  }

  lasts(60, 0, true)
  lasts(60, 59, true)
  lasts(60, 60, false)
  lasts(60, 61, false)
  lasts(0, 0, false)
  lasts(-5, 0, false)
  lasts(undefined, 10 ** 9, true)
})

describe('keys', () => {
  it('are the same wherever the secret is the same', async () => {
    const other = await previewWith(SECRET)
    assert.deepEqual(other.readPreview(sealed({ a: 1 })), { on: true, data: { a: 1 } })
    assert.deepEqual(other.draftModeCookies(true), preview.draftModeCookies(true))
  })

  it('are others with another secret', async () => {
    const other = await previewWith('another secret')
    assert.deepEqual(other.readPreview(on), STALE)
    assert.deepEqual(other.readPreview(sealed({ a: 1 })), STALE)
    const { __prerender_bypass = '' } = jar(other.draftModeCookies(true))
    assert.deepEqual(other.readPreview({ ...sealed({ a: 1 }), __prerender_bypass }), STALE)
  })

  it('of a secret never change: the cookies of one release are read by the next', () => {
    assert.equal(id, '0e1daffa3e59578f0277cf61700dc2b0')
    const token =
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJkYXRhIjoiMGpMeHo2QW9lMkFXbG1QeFlKRERxaHVzVjJjQ3E4WHJzSmdmcEVlWGh4OGd5TWh0NU1tN0pxTk1fOGdIRzVBIiwiaWF0IjoxNzk1MzY1OTMyfQ.-ivYX1JVlnADT6jakMaEPC9xTKwFpAtyiD5RORN4J60'
    assert.deepEqual(preview.readPreview({ __prerender_bypass: id, __next_preview_data: token }), { on: true, data: { kept: 'for ever' } })
  })

  it('are the same in every process', () => {
    const script = `import('${import.meta.dirname}/preview.ts').then((m) => process.stdout.write(m.draftModeCookies(true)[0]))`
    const printed = execFileSync(process.execPath, ['--import', 'tsx', '-e', script], { encoding: 'utf8' })
    assert.equal(printed, preview.draftModeCookies(true)[0])
  })

  function warningsOf(test: TestContext): string[] {
    const warnings: string[] = []
    test.mock.method(console, 'warn', (text: string) => warnings.push(text))
    return warnings
  }

  it('without a secret are random, with one warning', async (test) => {
    const warnings = warningsOf(test)
    const first = await previewWith(undefined)
    first.draftModeCookies(true)
    first.previewDataCookies({ a: 1 }, {})
    assert.deepEqual(first.readPreview(jar(first.draftModeCookies(true))), { on: true, data: {} })
    assert.equal(warnings.length, 1)
    assert.match(warnings[0] ?? '', /^PREVIEW_SECRET is not set: /)

    const second = await previewWith('')
    assert.equal(warnings.length, 2, 'an empty secret is none')
    assert.deepEqual(second.readPreview(jar(first.draftModeCookies(true))), STALE)
  })

  it('are not made, and nothing is said, before preview is used', async (test) => {
    const warnings = warningsOf(test)
    delete process.env.PREVIEW_SECRET
    const fresh: Preview = await import(`./preview.ts?instance=${instances++}`)
    assert.deepEqual(fresh.readPreview({ a: '1' }), OFF)
    assert.deepEqual(fresh.clearedPreviewCookies({}).length, 2)
    process.env.PREVIEW_SECRET = SECRET
    assert.deepEqual(warnings, [])
  })

  it('with a secret say nothing', async (test) => {
    const warnings = warningsOf(test)
    await previewWith(SECRET)
    assert.deepEqual(warnings, [])
  })
})

describe('Set-Cookie values', () => {
  function cookies(name: string, run: (res: ApiResponse) => unknown, expected: string[]) {
    it(name, async (test) => {
      const app = await startRoute(test, (_req, res) => {
        run(res)
        res.end()
      })
      const { headers } = await app.ask('/api/test')
      assert.deepEqual(
        (headers['set-cookie'] ?? []).map((line) => line.replace(/(__next_preview_data=)[\w-]+\.[\w-]+\.[\w-]+/, '$1<token>')),
        expected,
      )
      assert.deepEqual(app.log, [])
    })
  }
  /** As a user without TypeScript calls it. */
  const draft =
    (...options: unknown[]) =>
    (res: ApiResponse) =>
      Reflect.apply(res.setDraftMode, res, options)

  assert.match(id, /^[0-9a-f]{32}$/)
  const bypass = `__prerender_bypass=${id}; Path=/; ${ATTRIBUTES}`
  const ended = `__prerender_bypass=${id}; Path=/; ${GONE}; ${ATTRIBUTES}`
  const cleared = (path: string) => [`__prerender_bypass=; Path=${path}; ${GONE}; ${ATTRIBUTES}`, `__next_preview_data=; Path=${path}; ${GONE}; ${ATTRIBUTES}`]

  cookies('setDraftMode({ enable: true })', draft({ enable: true }), [bypass])
  cookies('setDraftMode()', draft(), [bypass])
  cookies("setDraftMode({ enable: 'yes' })", draft({ enable: 'yes' }), [bypass])
  cookies('setDraftMode({ enable: false })', draft({ enable: false }), [ended])
  cookies('setDraftMode({})', draft({}), [ended])
  cookies('setDraftMode(null)', draft(null), [ended])
  cookies('setPreviewData', (res) => res.setPreviewData({ user: 'ann' }), [bypass, `__next_preview_data=<token>; Path=/; ${ATTRIBUTES}`])
  cookies('setPreviewData with options', (res) => res.setPreviewData('text', { maxAge: 60, path: '/docs' }), [
    `__prerender_bypass=${id}; Max-Age=60; Path=/docs; ${ATTRIBUTES}`,
    `__next_preview_data=<token>; Max-Age=60; Path=/docs; ${ATTRIBUTES}`,
  ])
  cookies('clearPreviewData', (res) => res.clearPreviewData(), cleared('/'))
  cookies('clearPreviewData with a path', (res) => res.clearPreviewData({ path: '/docs' }), cleared('/docs'))
  cookies('clearPreviewData twice', (res) => res.clearPreviewData().clearPreviewData(), cleared('/'))
  cookies('clearPreviewData twice, the first path counts', (res) => res.clearPreviewData({ path: '/a' }).clearPreviewData(), cleared('/a'))
  cookies('after one cookie', (res) => res.setHeader('Set-Cookie', 'own=1').setDraftMode({ enable: true }), ['own=1', bypass])
  cookies('after two cookies', (res) => res.setHeader('Set-Cookie', ['a=1', 'b=2']).setDraftMode({ enable: true }), ['a=1', 'b=2', bypass])
  cookies('after an appended cookie', (res) => res.appendHeader('Set-Cookie', 'a=1').setDraftMode({ enable: true }), ['a=1', bypass])
  cookies('draft mode twice is one cookie', (res) => res.setDraftMode({ enable: true }).setDraftMode({ enable: true }), [bypass])
  cookies('all return res', (res) => assert.equal(res.setDraftMode({ enable: true }).status(200), res), [bypass])
  cookies('after the headers are sent they are ignored', (res) => [res.flushHeaders(), res.setDraftMode({ enable: true }), res.clearPreviewData()], [])

  it('data that is too large throws', async (test) => {
    const app = await startRoute(test, (_req, res) => {
      assert.throws(() => res.setPreviewData('x'.repeat(4000)), /limited to 2KB/)
      res.json('caught')
    })
    assertAnswer(await app.ask('/api/test'), { status: 200, 'set-cookie': null, body: '"caught"' })
  })
})

describe('what a request says', () => {
  const states = (req: ApiRequest) => [req.draftMode, req.preview, req.previewData]

  function says(name: string, cookies: Record<string, string>, look: (req: ApiRequest, res: ApiResponse) => unknown, expected: unknown, clears: boolean) {
    it(name, async (test) => {
      let seen: unknown
      const app = await startRoute(test, (req, res) => {
        seen = look(req, res)
        res.end()
      })
      const header = Object.entries(cookies).map(([key, value]) => `${key}=${value}`)
      const { headers } = await app.ask('/api/test', { headers: { Cookie: header.join('; ') } })
      assert.deepEqual(seen, expected)
      const gone = [`__prerender_bypass=; Path=/; ${GONE}; ${ATTRIBUTES}`, `__next_preview_data=; Path=/; ${GONE}; ${ATTRIBUTES}`]
      assert.deepEqual(headers['set-cookie'], clears ? gone : undefined)
      assert.deepEqual([app.log, app.warnings], [[], []])
    })
  }

  const off = [undefined, undefined, false]
  const bogus = { __prerender_bypass: 'bogus' }
  says('no cookies', {}, states, off, false)
  says('draft mode', on, states, [true, true, {}], false)
  says('preview data', sealed({ user: 'ann' }), states, [true, true, { user: 'ann' }], false)
  says('preview data that is text', sealed('text'), states, [true, true, 'text'], false)
  says('preview data that is empty text', sealed(''), states, [true, true, ''], false)
  says('preview data that is null', sealed(null), states, [true, true, null], false)
  says('an empty bypass cookie', { __prerender_bypass: '' }, states, off, false)
  says('a stale bypass cookie', bogus, states, off, true)
  says('a token alone', { __next_preview_data: 'x.y.z' }, states, off, true)
  says('a token that was changed', { ...on, __next_preview_data: 'x.y.z' }, states, off, true)
  says('one that expired', sealed(1, { maxAge: 0 }), states, off, true)
  says('stale cookies that nobody looks at', bogus, () => 'quiet', 'quiet', false)
  says('draftMode alone', on, (req) => req.draftMode, true, false)
  says('draftMode alone, stale', bogus, (req) => req.draftMode, undefined, true)
  says('the same data each time', sealed({ a: 1 }), (req) => req.previewData === (() => req.previewData)(), true, false)
  says('the same data each time, in draft mode', on, (req) => req.previewData === (() => req.previewData)(), true, false)
  says(
    'what was set by this answer is not in this request',
    {},
    (req, res) => [res.setDraftMode({ enable: true }), res.removeHeader('Set-Cookie'), states(req)][2],
    off,
    false,
  )
  says('stale cookies that are looked at too late', bogus, (req, res) => [res.flushHeaders(), states(req)][1], off, false)
  says('cookies that were assigned', bogus, (req) => [Object.assign(req, { cookies: on }), req.draftMode][1], true, false)
})
