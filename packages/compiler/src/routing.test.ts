/** What scan, link, emit and the runtime make of a set of files, against a specification too short to be wrong. */

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Manifest } from '../../runtime/src/manifest.ts'
import { matchRoute, noValues, paramsOf } from '../../runtime/src/match.ts'
import { parseTarget } from '../../runtime/src/target.ts'
import type { RouteTable } from './model.ts'
import { emitManifest } from './phases/4-emit/manifest.ts'
import { evaluateManifest, linkNames } from './testing.ts'

type Kind = 'static' | '[p]' | '[...p]' | '[[...p]]'
/** `text` is the static name, or the param's. */
type Part = { readonly kind: Kind; readonly text: string }
type RouteSpec = readonly Part[]

/** Contract 2, word by word, over the plain list of routes. */
type Answer =
  | { readonly status: 404 }
  | { readonly status: 400; readonly route: RouteSpec }
  | { readonly status: 200; readonly route: RouteSpec; readonly params: object }

function specify(routes: readonly RouteSpec[], path: readonly string[]): Answer {
  const [route] = routes.filter((candidate) => answers(candidate, path)).toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
  if (!route) return { status: 404 }
  try {
    return { status: 200, route, params: Object.fromEntries(route.flatMap((part, i) => paramOf(part, path.slice(i)))) }
  } catch {
    return { status: 400, route } // malformed or non-UTF-8 percent in a param
  }
}

function answers([part, ...rest]: RouteSpec, path: readonly string[]): boolean {
  if (part === undefined) return path.length === 0
  if (part.kind === '[[...p]]') return true
  const [segment, ...others] = path
  if (segment === undefined) return false
  if (part.kind === '[...p]') return true
  return (part.kind === '[p]' || part.text === decoded(segment)) && answers(rest, others)
}

/** Static, then [p], then [...p], then [[...p]], decided left to right. */
function order(route: RouteSpec): string {
  return route.map(({ kind }) => ['static', '[p]', '[...p]', '[[...p]]'].indexOf(kind)).join('')
}

/** Decoded exactly once; an absent [[...p]] leaves no key; `__proto__` is dropped. */
function paramOf({ kind, text }: Part, path: readonly string[]): (readonly [string, unknown])[] {
  if (kind === 'static' || path.length === 0) return []
  const values = (kind === '[p]' ? path.slice(0, 1) : path).map((segment) => decodeURIComponent(segment))
  return text === '__proto__' ? [] : [[text, kind === '[p]' ? values[0] : values]]
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

const names = fc.constantFrom(
  'a',
  'b',
  'x',
  'A',
  'index',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'ünï',
  '日本',
  'a b',
  '50%',
  '%61',
  '%zz',
  'a+b',
  '-1',
  '0',
  'pre-[id]',
  '[a][b]',
)
const part: fc.Arbitrary<Kind> = fc.constantFrom('static', 'static', 'static', '[p]', '[p]')
const last: fc.Arbitrary<Kind> = fc.constantFrom('static', '[p]', '[...p]', '[[...p]]')

/** Without params of equal names, and a catch-all only at the end. */
const route: fc.Arbitrary<RouteSpec> = fc
  .tuple(fc.array(fc.tuple(part, names), { maxLength: 3 }), fc.option(fc.tuple(last, names)), fc.constantFrom('p', '__proto__', 'constructor'))
  .map(([parts, end, first]) => {
    const all = end ? [...parts, end] : parts
    const firstParam = all.findIndex(([kind]) => kind !== 'static')
    const rest = all.map(([kind, text], i): Part => ({ kind, text: kind === 'static' ? text : i === firstParam ? first : `p${i}` }))
    return [{ kind: 'static', text: 'api' }, ...rest]
  })
const shape = (spec: RouteSpec) => JSON.stringify(spec.map(({ kind, text }) => (kind === 'static' ? [text] : kind)))
const routeSets = fc.uniqueArray(route, { selector: shape, minLength: 1, maxLength: 10 })

/** The file that asks for this route, relative to pages/api. */
function fileOf(spec: RouteSpec): string {
  const path = spec.slice(1).map(({ kind, text }) => (kind === 'static' ? text : kind.replace('p', text)))
  const needsIndex = path.length === 0 || path.at(-1) === 'index'
  return `${[...path, ...(needsIndex ? ['index'] : [])].join('/')}.ts`
}

function specOf(file: string): RouteSpec {
  const path = file.replace(/\.ts$/, '').split('/')
  const parse = (text: string): Part => {
    const [, before = '', name = ''] = /^(\[\[\.{3}|\[\.{3}|\[)(\w+)\]+$/.exec(text) ?? []
    return before === '' ? { kind: 'static', text } : { kind: before === '[' ? '[p]' : before === '[...' ? '[...p]' : '[[...p]]', text: name }
  }
  return [{ kind: 'static', text: 'api' }, ...path.map(parse)]
}

const everyByte = (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
const encoding = fc.constantFrom<(text: string) => string>(
  (text) => text,
  encodeURIComponent,
  everyByte,
  (text) => encodeURIComponent(encodeURIComponent(text)),
)
const segment = fc.oneof(
  fc.tuple(names, encoding).map(([text, encode]) => encode(text)),
  fc.constantFrom('%', '%zz', '%E0%A4%A', '%ff', '%2F', 'a%2Fb', '%00', '%25', '%61', '+', '[[...p]]', '%5F_proto__', 'valueOf'),
)

/** Half of them made from a route, so that they are answered. */
function pathsFor(routes: readonly RouteSpec[]): fc.Arbitrary<string[]> {
  const fitting = fc.constantFrom(...routes).chain((spec) =>
    fc
      .tuple(
        ...spec.map(({ kind, text }) => {
          if (kind === 'static') return encoding.map((encode) => [decoded(encode(text)) === text ? encode(text) : text])
          if (kind === '[p]') return segment.map((value) => [value])
          return fc.array(segment, { minLength: kind === '[...p]' ? 1 : 0, maxLength: 3 })
        }),
      )
      .map((parts) => parts.flat()),
  )
  const free = fc.tuple(fc.constantFrom('api', 'api', '%61pi', 'API', 'a'), fc.array(segment, { maxLength: 5 })).map(([first, others]) => [first, ...others])
  return fc.oneof(fitting, free)
}

const cases = routeSets.chain((routes) => fc.tuple(fc.constant(routes), fc.array(pathsFor(routes), { minLength: 1, maxLength: 6 })))

describe('matchRoute agrees with the specification', () => {
  function match({ leaves, tree }: Manifest, specs: ReadonlyMap<string, RouteSpec>, segments: readonly string[]): Answer {
    const path = `/${segments.join('/')}`
    const values = noValues()
    const found = leaves[matchRoute(tree, path, values)]
    if (!found) return { status: 404 }
    const route = specs.get(found.file) ?? assert.fail(`${found.file} was not given`)
    try {
      return { status: 200, route, params: paramsOf(found, path, values) }
    } catch (error) {
      assert.ok(error instanceof URIError)
      return { status: 400, route }
    }
  }

  function tableOf(routes: readonly RouteSpec[]): { readonly table: RouteTable; readonly manifest: Manifest; readonly specs: ReadonlyMap<string, RouteSpec> } {
    const table = linkNames(routes.map(fileOf))
    return { table, manifest: evaluateManifest(emitManifest(table).code), specs: new Map(routes.map((spec) => [`pages/api/${fileOf(spec)}`, spec])) }
  }

  it('for any routes and any path', () => {
    const statuses = new Map<number, number>()
    fc.assert(
      fc.property(cases, ([routes, paths]) => {
        const { manifest, specs } = tableOf(routes)
        for (const path of paths) {
          const expected = specify(routes, path)
          statuses.set(expected.status, (statuses.get(expected.status) ?? 0) + 1)
          assert.deepEqual(match(manifest, specs, path), expected, `/${path.join('/')} in ${routes.map(fileOf).join(' ')}`)
        }
      }),
      { numRuns: 800 },
    )
    for (const status of [200, 400, 404]) assert.ok((statuses.get(status) ?? 0) > 100, `only ${statuses.get(status)} paths were a ${status}`)
  })

  describe('for every path of a small alphabet', () => {
    const alphabet = ['a', 'b', '%61', 'x', '__proto__', 'constructor']
    const paths = (length: number): string[][] => (length === 0 ? [[]] : alphabet.flatMap((first) => paths(length - 1).map((rest) => [first, ...rest])))
    const all = [0, 1, 2, 3, 4].flatMap(paths).map((path) => ['api', ...path])

    function agrees(name: string, ...files: string[]): void {
      it(`${name}: ${files.join(' + ')}`, () => {
        const routes = files.map(specOf)
        const { manifest, specs } = tableOf(routes)
        for (const path of all) assert.deepEqual(match(manifest, specs, path), specify(routes, path), path.join('/'))
      })
    }
    agrees('backtracks out of a static dead end', 'a/b.ts', '[x]/x.ts')
    agrees('backtracks out of a param', '[p]/a/b.ts', '[...all].ts')
    agrees('falls back to the nearest catch-all', '[...all].ts', 'a/[x]/b.ts', 'a/[...rest].ts')
    agrees('an optional catch-all answers its parent', 'a/[[...rest]].ts', '[x].ts')
    agrees('a required one does not', 'a/[...rest].ts', '[x].ts')
    agrees('an optional one at the root', '[[...rest]].ts', 'a/b.ts')
    agrees('names of Object.prototype', '__proto__.ts', 'constructor/a.ts', '[x].ts')
    agrees('params of such names', '[__proto__]/[constructor].ts', '[__proto__]/a.ts')
    agrees('the first route is index 0', 'a.ts')
    agrees('a long run', 'a/b/x/a.ts', 'a/[p]/x/b.ts', 'a/b/[...q].ts')
    agrees('a run that ends in the middle of another', 'a/b/x.ts', 'a/b.ts', '[p]/[q]/[r]/a.ts')
  })

  it('with an empty segment it is not even asked: the target redirects', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(segment, fc.constant('')), { minLength: 1, maxLength: 6 }), (path) => {
        const target = parseTarget(`/${['api', ...path].join('/')}`)
        if (path.includes('')) assert.equal(target.kind, 'redirect')
        else assert.deepEqual(target, { kind: 'path', path: `/${['api', ...path].join('/')}`, query: '' })
      }),
    )
  })

  it('the order of the routes is the order they are tried in', () => {
    fc.assert(
      fc.property(cases, ([routes, paths]) => {
        const { table, specs } = tableOf(routes)
        for (const path of paths) {
          const first = table.routes.findIndex(({ file }) => answers(specs.get(file) ?? [], path))
          assert.equal(matchRoute(table.tree, `/${path.join('/')}`), first)
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('the emitted manifest', () => {
  it('evaluates to the tree and the routes it was made of', () => {
    fc.assert(
      fc.property(routeSets, (routes) => {
        const table = linkNames(routes.map(fileOf))
        const { leaves, tree } = evaluateManifest(emitManifest(table).code)
        assert.deepEqual(tree, table.tree)
        assert.deepEqual(
          leaves.map(({ pattern, file, params, load }) => [pattern, file, params.list, load()]),
          table.routes.map(({ pattern, file, params }) => [pattern, file, params, `${file.includes('*') ? 'apiroutes:file:' : './'}${file}`]),
        )
      }),
      { numRuns: 150 },
    )
  })
})
