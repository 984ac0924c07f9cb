import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parseTarget } from './target.ts'

describe('parseTarget finds the path', () => {
  function path(name: string, target: string, expected: string, query = '') {
    it(name, () => assert.deepEqual(parseTarget(target), { kind: 'path', path: expected, query }))
  }

  path('plain', '/api/hello', '/api/hello')
  path('the root', '/', '/')
  path('with a query', '/api/a?x=1&y=2', '/api/a', 'x=1&y=2')
  path('a lone question mark', '/api/a?', '/api/a')
  path('a second question mark is text', '/api/a?x=?&y', '/api/a', 'x=?&y')
  path('slashes in the query are text', '/api/a?u=//h/../', '/api/a', 'u=//h/../')
  path('a backslash in the query is text', '/api/a?u=\\\\', '/api/a', 'u=\\\\')
  path('percent is left alone', '/api/%2F%zz', '/api/%2F%zz')
  path('a fragment is dropped', '/api/a#frag', '/api/a')
  path('a fragment with a question mark', '/api/a#frag?x=1', '/api/a')
  path('a fragment in the query', '/api/a?x=1#frag', '/api/a', 'x=1')
  path('dots inside a name', '/api/a..b/.c', '/api/a..b/.c')
  path('three dots', '/api/...', '/api/...')
  path('a dot segment', '/api/./a', '/api/a')
  path('two dots', '/api/x/../a', '/api/a')
  path('more dots than segments', '/../../api/a', '/api/a')
  path('encoded dots', '/api/x/%2e%2E/a', '/api/a')
  path('half encoded dots', '/api/x/.%2e/a', '/api/a')
  path('an encoded dot segment', '/api/%2e/a', '/api/a')
  path('dots that lead to the root', '/api/..', '/')
  path('an absolute form', 'http://other.test/api/a?x=1', '/api/a', 'x=1')
  path('an absolute form with a port and user', 'https://u:p@other.test:81/api/a', '/api/a')
  path('an absolute form without a path', 'http://other.test', '/')
  path('an absolute form with a query only', 'http://other.test?x=1', '/', 'x=1')
  path('an absolute form in capitals', 'HTTP://OTHER.TEST/api', '/api')
  path('placeholder text', '/api/[[...any]]', '/api/[[...any]]')
})

describe('parseTarget redirects', () => {
  function redirect(name: string, target: string, location: string) {
    it(name, () => assert.deepEqual(parseTarget(target), { kind: 'redirect', location }))
  }

  redirect('a trailing slash', '/api/a/', '/api/a')
  redirect('a trailing slash, query kept verbatim', '/api/a/?x=%20+&y', '/api/a?x=%20+&y')
  redirect('a trailing slash on the root route', '/api/', '/api')
  redirect('an unknown path too', '/elsewhere/', '/elsewhere')
  redirect('repeated slashes', '/api//a', '/api/a')
  redirect('many slashes', '////api///a', '/api/a')
  redirect('what looks like a host stays here', '//evil.test/api', '/evil.test/api')
  redirect('a backslash', '/api\\a', '/api/a')
  redirect('a backslash host', '/\\evil.test', '/evil.test')
  redirect('slashes and backslashes', '/\\//\\api', '/api')
  redirect('only slashes', '//', '/')
  redirect('a doubled trailing slash takes one redirect', '/api/a//', '/api/a')
  redirect('a trailing slash after dots', '/api/x/../a/', '/api/a')
  redirect('dots at the end leave a trailing slash', '/api/a/.', '/api/a')
  redirect('dots after a name that begins with one', '/api/.a/.', '/api/.a')
  redirect('two dots at the end', '/api/a/b/..', '/api/a')
  redirect('a fragment is dropped', '/api/a/#frag', '/api/a')
  redirect('an absolute form with a trailing slash', 'http://other.test/api/', '/api')
  redirect('an absolute form with repeated slashes', 'http://other.test//evil.test/', '/evil.test')
})

describe('parseTarget, for any target', () => {
  const piece = fc.constantFrom('/', '//', '\\', '.', '..', '%2e', '%2E%2e', 'api', 'a', '?', '#', 'x=1', ':', '@', 'http://h', '%', '%2f', ' ', '')
  const pieces = fc.array(piece, { maxLength: 12 }).map((list) => list.join(''))
  const anything = fc.oneof(pieces, fc.string(), fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true, withFragments: true }))

  it('is a path or a redirect that stays on this host', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const target = parseTarget(text)
        if (target.kind === 'path') return target.path.startsWith('/') && !target.query.includes('#')
        const [path = ''] = target.location.split('?')
        return !path.includes('//') && !path.includes('\\')
      }),
      { numRuns: 2000 },
    )
  })

  it('a request target never becomes empty segments, and a redirect is followed at most once more', () => {
    fc.assert(
      fc.property(pieces, (text) => {
        const first = parseTarget(`/${text}`)
        const next = first.kind === 'redirect' ? parseTarget(first.location) : first
        const last = next.kind === 'redirect' ? parseTarget(next.location) : next
        assert.equal(last.kind, 'path')
        if (last.kind === 'path' && last.path !== '/') assert.doesNotMatch(last.path, /\/\/|\/$/)
        if (first.kind === 'redirect') assert.match(first.location, /^\/(?![/\\])/)
      }),
      { numRuns: 2000 },
    )
  })

  it('resolves dots as a URL would', () => {
    // No name that begins with a dot: Node.js 20's URL leaves the last segment of /a/.a/. as it is.
    const segment = fc.constantFrom('.', '..', '%2e', '.%2E', '%2e%2e', 'a', 'b', 'c.d')
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 8 }), (segments) => {
        const target = parseTarget(`/${segments.join('/')}`)
        const { pathname } = new URL(`http://h/${segments.join('/')}`)
        const expected = pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname
        assert.equal(target.kind === 'path' ? target.path : target.location, expected)
      }),
      { numRuns: 2000 },
    )
  })
})
