import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parseTarget, type Target } from './target.ts'

/**
 * Contract 2, word by word; how dots are resolved is left to the URL Standard. `local` is a target without the scheme and host of
 * an absolute form, which change nothing.
 */
function specify(local: string): Target {
  const [withoutFragment = ''] = local.split('#')
  const [beforeQuery = '', ...afterQuery] = withoutFragment.split('?')
  const path = beforeQuery || '/'
  const search = withoutFragment.slice(beforeQuery.length)

  const collapsed = path.replaceAll('\\', '/').replace(/\/+/g, '/')
  if (collapsed !== path) return redirect(collapsed, search)
  const resolved = resolveAsUrl(path)
  if (resolved !== '/' && resolved.endsWith('/')) return redirect(resolved, search)
  return { kind: 'path', path: resolved, query: afterQuery.join('?') }
}

/** One redirect, also where the path has both mistakes. */
function redirect(path: string, search: string): Target {
  return { kind: 'redirect', location: (path === '/' ? path : path.replace(/\/$/, '')) + search }
}

/** A URL would encode some characters as well, which a target keeps as they came: they are put aside as `~hex~`. */
function resolveAsUrl(path: string): string {
  const aside = path.replace(/[^\w/.%+-]/gu, (char) => `~${char.codePointAt(0)?.toString(16)}~`)
  const { pathname } = new URL(`http://host${aside}`)
  return pathname.replace(/~([\da-f]+)~/g, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16)))
}

describe('parseTarget agrees with the specification', () => {
  // No name that begins with a dot: Node.js 20's URL leaves the last segment of /a/.a/. as it is.
  const dots = fc.constantFrom('.', '..', '%2e', '%2E', '.%2e', '%2e.', '%2E%2e')
  const name = fc.constantFrom(
    'api',
    'a',
    'b.',
    'c..d',
    '%61',
    '%2F',
    '%2f..',
    '%zz',
    '%',
    '%25',
    '~',
    'ü',
    '日本',
    '[[...p]]',
    '{}',
    '<>',
    '"',
    '`',
    ' ',
    '^',
    '|',
    ':',
    '@',
    'a;b',
    '__proto__',
  )
  const slash = fc.oneof({ arbitrary: fc.constant('/'), weight: 12 }, fc.constantFrom('//', '\\', '///', '/\\'))
  const path = fc
    .tuple(fc.array(fc.tuple(slash, fc.oneof(name, name, dots)), { maxLength: 6 }), fc.option(slash, { nil: '', freq: 3 }))
    .map(([parts, end]) => parts.flat().join('') + end)
  const search = fc.option(fc.constantFrom('?', '?a=1', '?a=//b/../c\\', '?a=?b', '??', '?a#b', '?%2e/'), { nil: '' })
  const fragment = fc.option(fc.constantFrom('#', '#a', '#a?b', '#/../', '#//'), { nil: '', freq: 4 })
  const origin = fc.option(fc.constantFrom('http://h', 'https://h.test:81', 'HTTP://H', 'http://u:p@h', 'http://[::1]:3000'), { nil: '', freq: 4 })

  it('for any target', () => {
    const kinds = { path: 0, redirect: 0 }
    fc.assert(
      fc.property(origin, path, search, fragment, (host, local, query, end) => {
        const begin = host === '' ? local || '/' : local.replace(/^\\/, '/') // a backslash would be part of the host
        const rest = begin + query + end
        const expected = specify(rest)
        kinds[expected.kind]++
        assert.deepEqual(parseTarget(host + rest), expected)
      }),
      { numRuns: 5000 },
    )
    assert.ok(Math.min(kinds.path, kinds.redirect) > 500, JSON.stringify(kinds))
  })

  it('without dots, one redirect is enough', () => {
    const plain = fc.array(fc.tuple(slash, name), { minLength: 1, maxLength: 5 }).map((parts) => parts.flat().join(''))
    fc.assert(
      fc.property(plain, slash, search, (local, end, query) => {
        const target = parseTarget(local + end + query)
        assert.equal(target.kind === 'redirect' && parseTarget(target.location).kind, 'path')
      }),
      { numRuns: 2000 },
    )
  })
})
