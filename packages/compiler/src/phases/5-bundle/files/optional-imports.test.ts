import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { build } from '../../../build.ts'
import { createNodeHost } from '../../../host-node.ts'
import { temporaryProject } from '../../../testing.ts'

describe('what is imported and not installed', () => {
  /** Codes and files of what is said about a package `p` with this index, imported by a route. */
  function says(index: string, expected: readonly string[], manifest: object = {}, type = 'commonjs'): void {
    it(`${JSON.stringify(manifest)} ${index}`, async (test) => {
      const root = temporaryProject(test, {
        'pages/api/a.ts': "import * as p from 'p'\nexport default () => p",
        'node_modules/p/package.json': JSON.stringify({ name: 'p', type, ...manifest }),
        'node_modules/p/index.js': index,
      })
      const { diagnostics, files } = await build({}, createNodeHost(root))
      assert.deepEqual(
        diagnostics.map(({ code, at }) => `${code} ${at.file.replace('node_modules/', '')}:${at.start}`),
        expected,
      )
      assert.equal(files.size > 0, !expected.some((text) => text.startsWith('package-not-installed')))
    })
  }

  const once = 'package-import-missing p/index.js:27'
  says("exports.f = () => require('gone')", ['package-import-missing p/index.js:26'])
  says("/**/ exports.f = () => { require('gone') }", ['package-import-missing p/index.js:33'])
  says("exports.f = () => import('gone')", ['package-import-missing p/index.js:25'])
  says("exports.f = () => require.resolve('gone')", [])
  says("exports.f = () => [require('gone'), require('gone')]", [once])
  says("exports.f = () => [require('gone'), require('gone/x')]", [once, 'package-import-missing p/index.js:44'])
  says("exports.x = require('gone')", ['package-import-missing p/index.js:20'])
  says("try { require('gone') } catch {}", [])
  says("exports.f = () => require('gone/x')", [], { peerDependencies: { gone: '1' } })
  says("exports.f = () => require('@s/gone/x')", [], { optionalDependencies: { '@s/gone': '1' } })
  says("exports.f = () => require('gone')", ['package-import-missing p/index.js:26'], { dependencies: { gone: '1' } })
  says("exports.f = () => require('constructor')", ['package-import-missing p/index.js:26'], { peerDependencies: {} })
  says("exports.f = () => require('gone')", ['package-import-missing p/index.js:26'], { peerDependencies: null })
  says("exports.f = () => require('./gone.js')", ['package-import-missing p/index.js:26'])
  says("import 'gone'", ['package-not-installed p/index.js:7'], {}, 'module')
  says("export * from 'gone'", ['package-not-installed p/index.js:14'], {}, 'module')
  says("export const f = () => import('gone')", ['package-import-missing p/index.js:30'], {}, 'module')

  it("an import of the project's own code is an error, also within a function", async (test) => {
    const root = temporaryProject(test, { 'pages/api/a.js': "exports.f = () => require('gone')\nmodule.exports = () => import('gone-too')" })
    const { diagnostics } = await build({}, createNodeHost(root))
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['package-not-installed', 'package-not-installed'],
    )
  })
})
