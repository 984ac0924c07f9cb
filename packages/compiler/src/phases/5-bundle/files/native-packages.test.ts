import assert from 'node:assert/strict'
import { symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import { type FileMap, temporaryProject } from '../../../testing.ts'
import { addonFilesOf, loadsAddon, mayBeNative, platformPackagesOf } from './native-packages.ts'
import { createPackages } from './packages.ts'

/** A package `p` with this manifest, in a folder called like what a compiler leaves behind. */
const P = 'obj/app/node_modules/p'
const ofP = (manifest: object, files: FileMap = {}): FileMap => ({
  ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`${P}/${file}`, text])),
  [`${P}/package.json`]: JSON.stringify({ name: 'p', ...manifest }),
})
const item = (root: string) => ({ name: 'p', dir: join(root, P), isInstalled: true })

const needs = (...names: string[]) => ({ dependencies: Object.fromEntries(names.map((name) => [name, '1'])) })
const mayHave = (...names: string[]) => ({ optionalDependencies: Object.fromEntries(names.map((name) => [name, '1'])) })
const NEXT = mayHave('@next/swc-darwin-arm64', '@next/swc-linux-x64-gnu', '@next/swc-win32-x64-msvc', 'sharp')

describe('mayBeNative', () => {
  function native(name: string, manifest: object, expected: boolean, files: FileMap = {}): void {
    it(name, (test) => assert.equal(mayBeNative(item(temporaryProject(test, ofP(manifest, files)))), expected))
  }

  native('better-sqlite3', needs('bindings', 'prebuild-install'), true)
  native('bcrypt', needs('node-addon-api', 'node-gyp-build'), true)
  native('bcrypt, before', needs('@mapbox/node-pre-gyp', 'node-addon-api'), true)
  native('lmdb', { ...needs('msgpackr', 'node-gyp-build-optional-packages'), ...mayHave('@lmdb/lmdb-linux-x64') }, true)
  native('sodium-native', needs('require-addon', 'which-runtime'), true)
  native('argon2 of napi-rs', mayHave('@node-rs/argon2-linux-x64-gnu', '@node-rs/argon2-darwin-arm64'), true)
  native('sharp', { ...needs('detect-libc', 'semver'), ...mayHave('@img/sharp-linux-x64', '@img/sharp-libvips-linux-x64') }, true)
  native('next: each module has to say so itself', NEXT, true)
  native('says that it is built', { gypfile: true }, true)
  native('says that it is not built', { gypfile: false }, false)
  native('is built by what npm does on its own', {}, true, { 'binding.gyp': '{}' })
  native('plain', needs('express', 'nanoid', 'bindings-of-keys', 'linux-distro'), false)
  native('what only its development needs', { devDependencies: { 'node-gyp': '1' } }, false)
  native('lists of another kind', { dependencies: null, optionalDependencies: 'sharp' }, false)
  it('is false without a package.json', (test) => assert.equal(mayBeNative(item(temporaryProject(test, {}))), false))
})

describe('loadsAddon', () => {
  function loads(text: string, manifest: object, expected: boolean): void {
    it(`${text} ${Object.keys(Object.assign({}, ...Object.values(manifest)))}`, (test) =>
      assert.equal(loadsAddon(item(temporaryProject(test, ofP(manifest))), text), expected))
  }

  loads("require('bindings')('better_sqlite3.node')", needs('bindings'), true)
  loads("require('bindings')('x')", needs('bindings'), true)
  loads('const addon = require("node-gyp-build")(__dirname)', needs('node-gyp-build'), true)
  loads("import loadBinding from 'node-gyp-build-optional-packages'", needs('node-gyp-build-optional-packages'), true)
  loads("require('node-gyp-build/optional.js')", needs('node-gyp-build'), true)
  loads("require.addon('.', __filename)", {}, true)
  loads("module.exports = require.addon('.')", needs('require-addon'), true)
  loads("import addon from 'require-addon'", needs('require-addon'), true)
  loads("const file = pregyp.find('x'); process.dlopen(module, file)", {}, true)
  loads("require('./argon2.linux-x64-gnu.node')", mayHave('@node-rs/argon2-linux-x64-gnu'), true)
  loads('require(`./argon2.${suffix}.node`)', {}, true)
  loads('files.filter((file) => /\\.node$/.test(file))', {}, true)
  loads("require('@node-rs/argon2-linux-x64-gnu')", mayHave('@node-rs/argon2-linux-x64-gnu'), true)
  loads('require(`@img/sharp-${platform}/sharp.node`)', mayHave('@img/sharp-linux-x64'), true)
  loads('require(`@img/sharp-${platform}`)', mayHave('@img/sharp-linux-x64'), true)
  loads("require('@parcel/watcher-' + name)", mayHave('@parcel/watcher-darwin-arm64'), true)
  loads("require('./lib/other')", needs('bindings'), false)
  loads("exports.next = require('./server/next')", NEXT, false)
  loads("if (process.versions.node < '20') warn()", NEXT, false)
  loads('visit(path.node, path.parent.node.body)', NEXT, false)
  loads("exports.tenants = 'finance, maintenance'", mayHave('nan'), false)
  loads("import { nanoid } from 'nanoid'", needs('nan'), false)
  loads('exports.keybindings = {}', needs('bindings'), false)
})

describe('addonFilesOf', () => {
  function has(file: string, expected: boolean): void {
    it(file, (test) => {
      const root = temporaryProject(test, ofP({}, { [file]: '' }))
      assert.deepEqual(addonFilesOf(item(root)), expected ? [join(root, P, file)] : [])
    })
  }

  has('build/Release/x.node', true)
  has('prebuilds/linux-x64/node.napi.node', true)
  has('x.node', true)
  has('lib/libvips-cpp.so.8.17.3', true)
  has('lib/libx.so', true)
  has('lib/libx.dylib', true)
  has('lib/libx.dll', true)
  has('build/Release/obj.target/x.node', false)
  has('build/Release/obj/x/x.node', false)
  has('node_modules/q/x.node', false)
  has('x.node.d', false)
  has('lib/x.sol', false)
  has('lib/node.js', false)
  has('src/x.cc', false)
})

describe('platformPackagesOf', () => {
  /** Is `p-linux` with this manifest one of those that `p` runs with on the target? */
  function runs(target: string, manifest: object, expected: boolean, folder = 'obj/app/node_modules/p-linux'): void {
    it(`${target} ${JSON.stringify(manifest)} ${folder}`, (test) => {
      const root = temporaryProject(test, { ...ofP(mayHave('not-installed', 'p-linux')), [`${folder}/package.json`]: JSON.stringify(manifest) })
      const found = platformPackagesOf(item(root), target, createPackages(join(root, 'obj/app')))
      assert.deepEqual(
        found.map(({ name, dir }) => [name, dir]),
        expected ? [['p-linux', join(root, folder)]] : [],
      )
    })
  }

  const gnu = { os: ['linux'], cpu: ['x64'], libc: ['glibc'] }
  const musl = { ...gnu, libc: ['musl'] }
  runs('linux-x64', gnu, true)
  runs('linux-x64', gnu, true, `${P}/node_modules/p-linux`)
  runs('linux-x64', gnu, true, 'node_modules/p-linux')
  runs('linux-x64', gnu, false, 'obj/app/node_modules/q/node_modules/p-linux')
  runs('linux-x64', musl, false)
  runs('linux-x64-musl', musl, true)
  runs('linux-x64-musl', gnu, false)
  runs('linux-arm64', gnu, false)
  runs('darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }, true)
  runs('darwin-x64', gnu, false)
  runs('win32-x64', { os: ['win32'], cpu: ['x64'] }, true)
  runs('linux-x64', { os: ['linux', 'darwin'], cpu: ['x64', 'arm64'] }, true)
  runs('linux-x64-musl', { os: ['linux'], cpu: ['x64'] }, true)
  runs('linux-x64', { os: ['linux'] }, true)
  runs('linux-x64', { cpu: ['x64'] }, true)
  runs('linux-x64', { os: 'linux', cpu: 'x64', libc: 'glibc' }, true)
  runs('linux-x64', { os: 'darwin', cpu: 'x64' }, false)
  runs('linux-x64', { os: ['!win32'] }, true)
  runs('win32-x64', { os: ['!win32'] }, false)
  runs('linux-x64', { cpu: ['!arm64', '!ia32'] }, true)
  runs('linux-x64', {}, false)
  runs('linux-x64', { libc: ['glibc'] }, false)

  it('follows links, as pnpm makes them, and leaves those that lead nowhere', (test) => {
    const root = temporaryProject(test, {
      'node_modules/.pnpm/p@1/node_modules/p/package.json': JSON.stringify({ name: 'p', ...mayHave('p-gone', 'p-linux') }),
      'node_modules/.pnpm/p-linux@1/node_modules/p-linux/package.json': JSON.stringify(gnu),
    })
    const dir = join(root, 'node_modules/.pnpm/p@1/node_modules/p')
    for (const name of ['p-gone', 'p-linux']) symlinkSync(`../../${name}@1/node_modules/${name}`, join(dirname(dir), name))
    const found = platformPackagesOf({ name: 'p', dir, isInstalled: true }, 'linux-x64', createPackages(root))
    assert.deepEqual(
      found.map((other) => other.dir),
      [join(root, 'node_modules/.pnpm/p-linux@1/node_modules/p-linux')],
    )
  })
})
