import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Leaf } from './manifest.ts'
import { matchRoute, noValues, paramsOf, staticPaths } from './match.ts'
import { parseTarget } from './target.ts'
import { createManifest } from './testing.ts'
import { createTree, paramsIn } from './testing-tree.ts'

function routesOf(patterns: readonly string[]) {
  return createManifest(Object.fromEntries(patterns.map((pattern) => [`/${pattern}`, { config: {} }])))
}

describe('matchRoute', () => {
  function leads(name: string, patterns: string, path: string, expected: string | undefined) {
    it(name, () => {
      const { tree, leaves } = routesOf(patterns.split(/ (?=api)/))
      assert.equal(leaves[matchRoute(tree, `/${path}`)]?.pattern.slice(1), expected)
    })
  }

  leads('a static route', 'api/hello', 'api/hello', 'api/hello')
  leads('the root', 'api', 'api', 'api')
  leads('an unknown path', 'api/hello', 'api/nope', undefined)
  leads('a prefix of a route', 'api/a/b/c', 'api/a/b', undefined)
  leads('a route and more', 'api/a', 'api/a/b', undefined)
  leads('a run of static segments', 'api/a/b/c/d', 'api/a/b/c/d', 'api/a/b/c/d')
  leads('a run that differs at its end', 'api/a/b/c/d', 'api/a/b/c/x', undefined)
  leads('a run that forks', 'api/a/b/c api/a/b/d', 'api/a/b/d', 'api/a/b/d')
  leads('case matters', 'api/Hello', 'api/hello', undefined)
  leads('nothing outside', 'api/[x]', 'other/x', undefined)

  leads('static before param', 'api/[p] api/me', 'api/me', 'api/me')
  leads('param before catch-all', 'api/[...all] api/[p]', 'api/x', 'api/[p]')
  leads('param takes one segment only', 'api/[p]', 'api/x/y', undefined)
  leads('catch-all takes the rest', 'api/[...all] api/[p]', 'api/x/y', 'api/[...all]')
  leads('catch-all needs a segment', 'api/[...all]', 'api', undefined)
  leads('optional catch-all answers its parent', 'api/o/[[...all]]', 'api/o', 'api/o/[[...all]]')
  leads('optional catch-all takes the rest', 'api/o/[[...all]]', 'api/o/1/2', 'api/o/[[...all]]')
  leads('index before optional catch-all', 'api/o api/o/[[...all]]', 'api/o', 'api/o')
  leads('route index 0 is an answer', 'api/[p]/x api/[...all]', 'api/a/x', 'api/[p]/x')
  leads('optional catch-all with index 0', 'api/[[...all]]', 'api', 'api/[[...all]]')

  leads('an earlier literal beats a later one', 'api/a/[q] api/[p]/b', 'api/a/b', 'api/a/[q]')
  leads('back out of a static dead end', 'api/a/b api/[x]/x', 'api/a/x', 'api/[x]/x')
  leads('back out of a static run', 'api/a/b/c api/[x]/b/d', 'api/a/b/d', 'api/[x]/b/d')
  leads('back out of a param to the catch-all', 'api/[p]/x api/[...all]', 'api/a/y', 'api/[...all]')
  leads('back to the nearest catch-all', 'api/[...all] api/a/[x]/b api/a/[...rest]', 'api/a/1/c', 'api/a/[...rest]')
  leads('back over two levels', 'api/[...all] api/a/[x]/b', 'api/a/1/c', 'api/[...all]')
  leads('back to an optional catch-all', 'api/[[...all]] api/a/b', 'api/a', 'api/[[...all]]')

  leads('an encoded static segment', 'api/hello', 'api/%68ello', 'api/hello')
  leads('an encoded segment inside a run', 'api/a/ünï/c', 'api/a/%C3%BCn%C3%AF/c', 'api/a/ünï/c')
  leads('a space in a name', 'api/a b', 'api/a%20b', 'api/a b')
  leads('an encoded slash is not a separator', 'api/a/b', 'api/a%2Fb', undefined)
  leads('what cannot be decoded is compared as it is', 'api/a%zz', 'api/a%zz', 'api/a%zz')
  leads('what cannot be decoded is no other name', 'api/a', 'api/a%zz', undefined)
  leads('what cannot be decoded can be a param', 'api/[p]', 'api/%zz', 'api/[p]')

  leads('an empty last segment is no param', 'api/[p]', 'api/', undefined)
  leads('an empty last segment is no catch-all', 'api/[...p]', 'api/', undefined)
  leads('an empty last segment is no optional catch-all', 'api/[[...p]]', 'api/', undefined)
  leads('half a bracket is a literal name', 'api/pre-[id]', 'api/pre-[id]', 'api/pre-[id]')
  leads('half a bracket is no pattern', 'api/pre-[id]', 'api/pre-1', undefined)

  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
    leads(`no route by the name of ${name}`, 'api/a', `api/${name}`, undefined)
    leads(`a route called ${name}`, `api/${name} api/a`, `api/${name}`, `api/${name}`)
    leads(`a route below ${name}`, `api/${name}/[id] api/a`, `api/${name}/1`, `api/${name}/[id]`)
    leads(`${name} is a value like others`, 'api/[id] api/a', `api/${name}`, 'api/[id]')
  }

  it('takes linear time however much there is to back out of', () => {
    const depth = 200
    const tree = createTree([`/${'[p]/'.repeat(depth)}x`, `/${'a/'.repeat(depth)}y`, '/[...all]'])
    assert.equal(matchRoute(tree, `/${'a/'.repeat(depth)}z`), 2)
  })
})

describe('paramsOf', () => {
  function paramsAt(pattern: string, path: string) {
    const { tree, leaves } = routesOf([pattern])
    const values = noValues()
    const leaf = leaves[matchRoute(tree, path, values)] ?? assert.fail(`${path} leads nowhere`)
    return paramsOf(leaf, path, values)
  }

  function params(name: string, pattern: string, path: string, expected: Record<string, string | string[]>) {
    it(name, () => {
      assert.deepEqual(paramsAt(pattern, `/${path}`), expected)
    })
  }

  params('none', 'api/a', 'api/a', {})
  params('one', 'api/[id]', 'api/7', { id: '7' })
  params('two', 'api/[a]/x/[b]', 'api/1/x/2', { a: '1', b: '2' })
  params('a catch-all is always an array', 'api/[...all]', 'api/1', { all: ['1'] })
  params('a catch-all of three', 'api/[...all]', 'api/1/2/3', { all: ['1', '2', '3'] })
  params('an optional catch-all', 'api/[[...all]]', 'api/1/2', { all: ['1', '2'] })
  params('an absent optional catch-all leaves no key', 'api/[[...all]]', 'api', {})
  params('param and catch-all', 'api/[id]/[...all]', 'api/7/1/2', { id: '7', all: ['1', '2'] })
  params('decoded', 'api/[id]', 'api/a%20b', { id: 'a b' })
  params('decoded exactly once', 'api/[id]', 'api/%2525', { id: '%25' })
  params('an encoded slash stays in its segment', 'api/[...all]', 'api/a%2Fb/c', { all: ['a/b', 'c'] })
  params('plus stays', 'api/[id]', 'api/a+b', { id: 'a+b' })
  params('placeholder text is ordinary text', 'api/[id]', 'api/[id]', { id: '[id]' })
  params('a param called constructor', 'api/[constructor]', 'api/1', { constructor: '1' })
  params('a param called __proto__ is dropped', 'api/[__proto__]/[id]', 'api/1/2', { id: '2' })
  params('a catch-all called __proto__ is dropped, and no prototype', 'api/[...__proto__]', 'api/1/2', {})

  function refuses(name: string, pattern: string, path: string) {
    it(name, () => {
      assert.throws(() => paramsAt(pattern, `/${path}`), URIError)
    })
  }

  refuses('malformed percent', 'api/[id]', 'api/%zz')
  refuses('a lone percent', 'api/[id]', 'api/50%')
  refuses('what is not UTF-8', 'api/[id]', 'api/%ff')
  refuses('malformed percent in a catch-all', 'api/[...all]', 'api/a/%E0%A4%A')
  refuses('malformed percent in a param that is dropped', 'api/[__proto__]', 'api/%zz')
})

describe('staticPaths', () => {
  it('has what the walk of the tree finds, for whole paths as they are asked for', () => {
    const piece = fc.constantFrom('a', 'b', '[id]', '[...rest]', '.', '..', '...', '.x', '%61', '%', '#', '?', '\\', ' ', 'ü', '__proto__', 'constructor')
    const pattern = fc.array(piece, { maxLength: 3 }).map((pieces) => `/${pieces.join('/')}`)
    fc.assert(
      fc.property(fc.uniqueArray(pattern, { maxLength: 8 }), (patterns) => {
        const find = staticPaths(patterns.map((text) => ({ pattern: text, params: paramsIn(text) }) as unknown as Leaf))
        const tree = createTree(patterns)
        for (const path of patterns) {
          const index = find(path)
          const target = parseTarget(path)
          if (index !== undefined) assert.equal(target.kind === 'path' && matchRoute(tree, target.path), index, path)
        }
      }),
    )
  })

  function has(pattern: string, expected: boolean): void {
    it(`${expected ? 'has' : 'has not'} ${pattern}`, () => {
      assert.equal(staticPaths([{ pattern, params: paramsIn(pattern) } as unknown as Leaf])(pattern) === 0, expected)
    })
  }
  it('finds no other path of the same length', () => {
    assert.equal(staticPaths([{ pattern: '/api/a', params: paramsIn('/api/a') } as unknown as Leaf])('/api/b'), undefined)
  })

  for (const count of [8, 9]) {
    it(`finds each of ${count} paths of the same length, and no other`, () => {
      const paths = Array.from({ length: count }, (_, i) => `/api/${i}`)
      const find = staticPaths(paths.map((pattern) => ({ pattern, params: paramsIn(pattern) }) as unknown as Leaf))
      assert.deepEqual([...paths, '/api/x'].map(find), [...paths.keys(), undefined])
    })
  }

  has('/', true)
  has('/api/a', true)
  has('/api/.well-known/x', true)
  has('/api/v1.0', true)
  has('/api/[id]', false)
  has('/api/%61', false)
  has('/api/a#b', false)
  has('/api/a?b', false)
  has('/api/..', false)
  has('/api/./a', false)
})
