import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { matchRoute, noValues, paramsOf } from '../match.ts'
import { createTree } from '../testing-tree.ts'
import { checkStaticPaths, keyOfPath } from './static-paths.ts'
import { pageLeaf } from './testing-site.ts'

function check(pattern: string, returned: unknown) {
  const tree = createTree([pattern])
  return checkStaticPaths(returned, pageLeaf(pattern, {}), (path) => matchRoute(tree, path) === 0)
}

describe('checkStaticPaths', () => {
  function lists(name: string, pattern: string, paths: readonly unknown[], keys: readonly string[]): void {
    it(`${name}: ${pattern}`, () => assert.deepEqual(check(pattern, { paths, fallback: false }), { keys, isOpen: false }))
  }
  lists('texts', '/posts/[id]', ['/posts/1', '/posts/b'], ['/posts/1', '/posts/b'])
  lists('params', '/posts/[id]', [{ params: { id: '1' } }], ['/posts/1'])
  lists('one path in several spellings', '/posts/[id]', ['/posts/%61', { params: { id: 'a' } }, '/posts/a'], ['/posts/a'])
  lists('what has to be encoded', '/[id]', [{ params: { id: 'ü /?%' } }, '/ü'], ['/%C3%BC%20%2F%3F%25', '/%C3%BC'])
  lists('several params', '/[a]/x/[b]', [{ params: { a: '1', b: '2' } }], ['/1/x/2'])
  lists('catch-alls', '/docs/[...path]', [{ params: { path: ['a', 'b/c'] } }, '/docs/x/y'], ['/docs/a/b%2Fc', '/docs/x/y'])
  for (const path of [undefined, null, false, []])
    lists(`an optional one that is ${JSON.stringify(path)}`, '/docs/[[...path]]', [{ params: { path } }], ['/docs'])
  lists('an optional one at the root', '/[[...path]]', [{ params: {} }, { params: { path: ['a'] } }, '/'], ['/', '/a'])
  lists('names of Object.prototype', '/[constructor]', [{ params: { constructor: 'toString' } }], ['/toString'])
  lists('nothing', '/[id]', [], [])
  lists('more keys', '/[id]', [{ params: { id: 'a', more: 1 }, locale: 'de' }], ['/a'])

  for (const [fallback, isOpen] of [
    [true, true],
    ['blocking', true],
    [false, false],
  ] as const) {
    it(`fallback ${fallback}`, () => assert.equal(check('/[id]', { paths: [], fallback }).isOpen, isOpen))
  }

  function refuses(name: string, pattern: string, returned: unknown, message: string): void {
    it(`refuses ${name}`, () => {
      assert.throws(() => check(pattern, returned), { name: 'StaticPathsError', message: `getStaticPaths of pages${pattern}.tsx ${message}` })
    })
  }
  refuses('nothing', '/[id]', undefined, 'must return an object with a list of `paths`, got undefined')
  refuses('no list', '/[id]', { paths: '/a', fallback: true }, 'must return an object with a list of `paths`, got {"paths":"/a","fallback":true}')
  refuses('no fallback', '/[id]', { paths: [] }, "must return `fallback` as true, false or 'blocking', got undefined")
  refuses('another fallback', '/[id]', { paths: [], fallback: 'static' }, `must return \`fallback\` as true, false or 'blocking', got "static"`)
  refuses('a number', '/[id]', { paths: ['/a', { params: { id: 1 } }], fallback: true }, 'returned as `paths[1]` no text for the param `id`, but 1')
  refuses(
    'an empty value',
    '/[a]/[b]',
    { paths: [{ params: { a: '', b: 'x' } }], fallback: true },
    'returned {"params":{"a":"","b":"x"}} as `paths[0]`, which is no path of /[a]/[b]',
  )
  refuses('no params', '/[id]', { paths: [{}], fallback: true }, 'returned as `paths[0]` no text for the param `id`, but undefined')
  refuses(
    'a text for a catch-all',
    '/[...id]',
    { paths: [{ params: { id: 'a' } }], fallback: true },
    'returned as `paths[0]` no list of texts for the param `id`, but "a"',
  )
  refuses(
    'nothing for a catch-all',
    '/[...id]',
    { paths: [{ params: {} }], fallback: true },
    'returned as `paths[0]` no list of texts for the param `id`, but undefined',
  )
  refuses(
    'an empty one',
    '/docs/[...id]',
    { paths: [{ params: { id: [] } }], fallback: true },
    'returned {"params":{"id":[]}} as `paths[0]`, which is no path of /docs/[...id]',
  )
  refuses(
    'the path of another page',
    '/posts/[id]',
    { paths: ['/users/1'], fallback: true },
    'returned "/users/1" as `paths[0]`, which is no path of /posts/[id]',
  )
  refuses('no slash', '/[id]', { paths: ['posts/a'], fallback: true }, 'returned "posts/a" as `paths[0]`, which is no path of /[id]')
  refuses('what is not percent-encoded UTF-8', '/[id]', { paths: ['/%ff'], fallback: true }, 'returned "/%ff" as `paths[0]`, which is no path of /[id]')
  refuses(
    'an empty text',
    '/[id]',
    { paths: [{ params: { id: '' } }], fallback: true },
    'returned {"params":{"id":""}} as `paths[0]`, which is no path of /[id]',
  )
})

describe('keys of paths', () => {
  const segment = fc.string({ minLength: 1, unit: 'grapheme' })
  it('every spelling of a path has one key, and the params come back from it', () => {
    fc.assert(
      fc.property(segment, segment, fc.func(fc.boolean()), (a, b, isEscaped) => {
        const spell = (text: string) =>
          [...Buffer.from(text)]
            .map((byte) =>
              byte < 128 && /[\w]/.test(String.fromCharCode(byte)) && !isEscaped(byte) ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`,
            )
            .join('')
        const key = keyOfPath(`/${spell(a)}/${spell(b)}`)
        assert.equal(key, keyOfPath(`/${encodeURIComponent(a)}/${encodeURIComponent(b)}`))
        const values = noValues()
        assert.equal(matchRoute(createTree(['/[a]/[b]']), key, values), 0)
        assert.deepEqual(paramsOf(pageLeaf('/[a]/[b]', {}), key, values), { a, b })
      }),
    )
  })
  const keyOf = (segments: readonly string[]) => keyOfPath(`/${segments.map(encodeURIComponent).join('/')}`)
  it('no two paths have one key', () => {
    fc.assert(fc.property(fc.array(segment), fc.array(segment), (a, b) => (keyOf(a) === keyOf(b)) === (JSON.stringify(a) === JSON.stringify(b))))
  })
})
