import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Package } from './packages.ts'
import { type Placement, placePackages } from './placement.ts'

/** `p@1` for the first version of p; its needs by the name that each is asked for by. */
type Graph = Readonly<Record<string, readonly (string | readonly [name: string, id: string])[]>>

function place(roots: readonly string[], graph: Graph): { placement: Placement; packages: ReadonlyMap<string, Package> } {
  const nameOf = (id: string) => id.slice(0, id.lastIndexOf('@'))
  const packages = new Map(Object.keys(graph).map((id) => [id, { name: nameOf(id), dir: `/${id}`, isInstalled: true }]))
  const get = (id: string) => packages.get(id) ?? assert.fail(`${id} is not in the graph`)
  const needs = new Map(
    Object.entries(graph).map(([id, own]) => [
      get(id),
      new Map(own.map((need) => (typeof need === 'string' ? ([nameOf(need), get(need)] as const) : ([need[0], get(need[1])] as const)))),
    ]),
  )
  return { placement: placePackages(roots.map(get), needs), packages }
}

describe('placePackages', () => {
  function placed(name: string, roots: readonly string[], graph: Graph, expected: Readonly<Record<string, readonly string[]>>): void {
    it(name, () => {
      const { placement } = place(roots, graph)
      assert.deepEqual(Object.fromEntries([...placement].map(([{ dir }, folders]) => [dir.slice(1), folders])), expected)
    })
  }

  placed('nothing', [], {}, {})
  placed('one', ['p@1'], { 'p@1': [] }, { 'p@1': ['node_modules/p'] })
  placed('what one needs comes to the top', ['p@1'], { 'p@1': ['@s/q@1'], '@s/q@1': [] }, { 'p@1': ['node_modules/p'], '@s/q@1': ['node_modules/@s/q'] })
  placed(
    'what two need is there once',
    ['p@1', 'q@1'],
    { 'p@1': ['r@1'], 'q@1': ['r@1'], 'r@1': [] },
    {
      'p@1': ['node_modules/p'],
      'q@1': ['node_modules/q'],
      'r@1': ['node_modules/r'],
    },
  )
  placed(
    'a second version lies within',
    ['p@1', 'q@1'],
    { 'p@1': ['r@1'], 'q@1': ['r@2'], 'r@1': [], 'r@2': [] },
    {
      'p@1': ['node_modules/p'],
      'q@1': ['node_modules/q'],
      'r@1': ['node_modules/r'],
      'r@2': ['node_modules/q/node_modules/r'],
    },
  )
  placed('two that need each other', ['p@1'], { 'p@1': ['q@1'], 'q@1': ['p@1'] }, { 'p@1': ['node_modules/p'], 'q@1': ['node_modules/q'] })
  placed(
    'two versions for the bundle itself',
    ['p@1', 'p@2'],
    { 'p@1': [], 'p@2': [] },
    { 'p@1': ['node_modules/p'], 'p@2': ['node_modules/.versions/1/node_modules/p'] },
  )
  placed('an alias', ['p@1'], { 'p@1': [['other', 'q@1']], 'q@1': [] }, { 'p@1': ['node_modules/p'], 'q@1': ['node_modules/other'] })
  placed(
    'one under two names',
    ['p@1', 'q@1'],
    { 'p@1': [['other', 'q@1']], 'q@1': [] },
    { 'p@1': ['node_modules/p'], 'q@1': ['node_modules/q', 'node_modules/other'] },
  )
  placed(
    'versions that need each other in a circle come to an end',
    ['p@1'],
    { 'p@1': ['q@1'], 'q@1': ['p@2'], 'p@2': ['q@2'], 'q@2': ['p@1'] },
    {
      'p@1': ['node_modules/p', 'node_modules/q/node_modules/p/node_modules/q/node_modules/p'],
      'q@1': ['node_modules/q'],
      'p@2': ['node_modules/q/node_modules/p'],
      'q@2': ['node_modules/q/node_modules/p/node_modules/q'],
    },
  )
  placed(
    'a version that needs another version of itself',
    ['p@1'],
    { 'p@1': ['p@2'], 'p@2': ['p@1'] },
    { 'p@1': ['node_modules/p'], 'p@2': ['node_modules/p/node_modules/p'] },
  )
})

describe("placePackages and Node.js's resolution", () => {
  /** The folder that `name` is found in from within `folder`, as Node.js walks up. */
  function resolve(name: string, folder: string, folders: ReadonlySet<string>): string | undefined {
    const parts = folder.split('/')
    for (let i = parts.length; i >= 0; i--) {
      if (parts[i - 1] === 'node_modules') continue
      const candidate = [...parts.slice(0, i), 'node_modules', name].join('/')
      if (folders.has(candidate)) return candidate
    }
    return undefined
  }

  const ids = ['a', 'b', '@s/c'].flatMap((name) => ['1', '2'].map((version) => `${name}@${version}`))
  const needs = fc.uniqueArray(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...ids) }, fc.tuple(fc.constantFrom('other', 'a'), fc.constantFrom(...ids))), {
    maxLength: 3,
    selector: (need) => (typeof need === 'string' ? need.slice(0, need.lastIndexOf('@')) : need[0]),
  })
  const graphs = fc.tuple(...ids.map(() => needs)).map((all): Graph => Object.fromEntries(ids.map((id, i) => [id, all[i] ?? []])))
  const roots = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 4 })

  it('every package finds what it needs from each of its places, but for circles of versions', () => {
    fc.assert(
      fc.property(roots, graphs, (bundle, graph) => {
        const { placement, packages } = place(bundle, graph)
        const owners = new Map([...placement].flatMap(([item, folders]) => folders.map((folder) => [folder, item] as const)))
        assert.equal(owners.size, [...placement.values()].flat().length, 'two packages in one folder')
        for (const id of bundle) assert.ok(placement.has(packages.get(id) as Package), `${id} has no place`)
        for (const [folder, item] of owners) {
          for (const need of graph[item.dir.slice(1)] ?? []) {
            const [name, id] = typeof need === 'string' ? [need.slice(0, need.lastIndexOf('@')), need] : need
            const found = resolve(name, folder, new Set(owners.keys()))
            const isCircle = [...owners].some(([outer, { dir }]) => dir === `/${id}` && `${folder}/`.startsWith(`${outer}/`))
            if (!isCircle) assert.equal(found && owners.get(found)?.dir, `/${id}`, `${name} from ${folder}`)
          }
        }
      }),
      { numRuns: 1000 },
    )
  })
})
