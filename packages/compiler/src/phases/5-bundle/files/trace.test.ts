import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { type FileMap, temporaryProject } from '../../../testing.ts'
import { createPackages, type Package } from './packages.ts'
import { isSecret, withAddons } from './trace.ts'

/** A package with these names among its optionalDependencies, and more in its manifest. */
function installed(name: string, files: FileMap, optional: readonly string[] = [], more: object = {}): FileMap {
  const manifest = { name, optionalDependencies: Object.fromEntries(optional.map((other) => [other, '1'])), ...more }
  const all = { 'package.json': JSON.stringify(manifest), ...files }
  return Object.fromEntries(Object.entries(all).map(([file, text]) => [`node_modules/${name}/${file}`, text]))
}

const onlyFor = (os: string, cpu: string, libc?: string) => ({ os: [os], cpu: [cpu], ...(libc === undefined ? {} : { libc: [libc] }) })

describe('withAddons', () => {
  /** What was traced of `p` is its `index.js`; expected are all files, without `node_modules/`, and needs as `asker > name`. */
  function adds(name: string, files: FileMap, expected: readonly string[], { target = 'linux-x64', traced = ['p/index.js'] } = {}): void {
    it(name, (test) => {
      const root = temporaryProject(test, files)
      const packages = createPackages(root)
      const before = new Map<Package, Set<string>>()
      for (const file of traced.map((path) => join(root, 'node_modules', path))) {
        const owner = packages.of(file)
        if (owner) before.set(owner, (before.get(owner) ?? new Set()).add(file))
      }
      const after = withAddons({ files: before, needs: new Map() }, target, packages)
      const found = [...after.files.values()].flatMap((own) => [...own]).map((file) => file.slice(join(root, 'node_modules/').length))
      const needs = [...after.needs].flatMap(([asker, needed]) => [...needed].map(([as, { name: other }]) => `${asker.name} > ${as} ${other === as}`))
      assert.deepEqual([...found.toSorted(), ...needs.toSorted()], expected)
      assert.equal([...before.values()].flatMap((own) => [...own]).length, traced.length) // what it was given stays as it was
    })
  }

  const addons = { 'prebuilds/linux-x64/x.node': '', 'prebuilds/darwin-arm64/x.node': '', 'README.md': '' }
  adds(
    'all addons of a package that loads one',
    installed('p', { 'index.js': "require('node-gyp-build')(__dirname)", ...addons }, [], { dependencies: { 'node-gyp-build': '1' } }),
    ['p/index.js', 'p/prebuilds/darwin-arm64/x.node', 'p/prebuilds/linux-x64/x.node'],
  )
  adds('none of a package that is built with something else', installed('p', { 'index.js': "require('./x.node')", ...addons }), ['p/index.js'])
  adds(
    'none where no traced module loads one',
    installed('p', { 'index.js': "require('./plain')", 'native.js': "require('node-gyp-build')", ...addons }, ['node-gyp-build']),
    ['p/index.js'],
  )
  adds(
    'where only another of its modules does',
    installed('p', { 'index.js': '', 'native.cjs': "require('bindings')('x')", 'build/Release/x.node': '' }, ['bindings']),
    ['p/build/Release/x.node', 'p/index.js', 'p/native.cjs'],
    { traced: ['p/index.js', 'p/native.cjs'] },
  )
  adds(
    'a text that says so loads nothing',
    installed('p', { 'index.js': '', 'x.md': "require('bindings')", 'x.node': '' }, ['bindings']),
    ['p/index.js', 'p/x.md'],
    {
      traced: ['p/index.js', 'p/x.md'],
    },
  )

  const sharp = {
    ...installed('p', { 'index.js': 'require(`@p/p-${platform}/p.node`)' }, [
      '@p/p-linux-x64',
      '@p/p-linuxmusl-x64',
      '@p/p-darwin-arm64',
      '@p/lib-linux-x64',
      '@p/gone-linux-x64',
    ]),
    ...installed('@p/p-linux-x64', { 'lib/p.node': '', LICENSE: '' }, ['@p/lib-linux-x64'], onlyFor('linux', 'x64', 'glibc')),
    ...installed('@p/p-linuxmusl-x64', { 'lib/p.node': '' }, [], onlyFor('linux', 'x64', 'musl')),
    ...installed('@p/p-darwin-arm64', { 'lib/p.node': '' }, [], onlyFor('darwin', 'arm64')),
    ...installed('@p/lib-linux-x64', { 'lib/libp.so.42': '' }, ['p'], onlyFor('linux', 'x64', 'glibc')),
  }
  const linux = ['@p/lib-linux-x64/lib/libp.so.42', '@p/lib-linux-x64/package.json', '@p/p-linux-x64/LICENSE', '@p/p-linux-x64/lib/p.node']
  adds('the packages for the target, whole, and what these name in turn', sharp, [
    ...linux,
    '@p/p-linux-x64/package.json',
    'p/index.js',
    '@p/p-linux-x64 > @p/lib-linux-x64 true',
    'p > @p/lib-linux-x64 true',
    'p > @p/p-linux-x64 true',
  ])
  adds('for another C library', sharp, ['@p/p-linuxmusl-x64/lib/p.node', '@p/p-linuxmusl-x64/package.json', 'p/index.js', 'p > @p/p-linuxmusl-x64 true'], {
    target: 'linux-x64-musl',
  })
  adds('for a target that is not installed', sharp, ['p/index.js'], { target: 'win32-x64' })
  adds(
    'in a circle',
    {
      ...installed('p', { 'index.js': "require('q-linux-x64')" }, ['q-linux-x64'], onlyFor('linux', 'x64')),
      ...installed('q-linux-x64', { 'x.node': '' }, ['p'], onlyFor('linux', 'x64')),
    },
    ['p/index.js', 'p/package.json', 'q-linux-x64/package.json', 'q-linux-x64/x.node', 'p > q-linux-x64 true', 'q-linux-x64 > p true'],
  )
})

describe('isSecret', () => {
  function secret(path: string, expected: boolean): void {
    it(path, () => assert.equal(isSecret(path), expected))
  }
  secret('/app/.env', true)
  secret('/app/.env.local', true)
  secret('.env.production.local', true)
  secret('C:\\app\\.env', true)
  secret('/app/x.env', false)
  secret('/app/.environment', false)
  secret('/app/.env/x', false)
  secret('/app/.env.d/x', false)
})
