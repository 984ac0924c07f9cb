import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { temporaryProject } from '../../../testing.ts'
import { standIn } from './outside-modules.ts'

const IMPORT = 'await import(__apiroutes_at("node_modules/p/x.js").url)'
const REQUIRE = '__apiroutes_at("node_modules/p/x.js").require(__apiroutes_at("node_modules/p/x.js").filename)'

describe('standIn', () => {
  /** How it loads, and the names it exports. */
  function stands(
    name: string,
    files: Readonly<Record<string, string>>,
    [file, how]: readonly [string, 'imported' | 'required'],
    expected: readonly string[],
  ): void {
    it(name, async (test) => {
      const text = await standIn(join(temporaryProject(test, files), file), 'node_modules/p/x.js', how === 'required')
      const load = text.includes(IMPORT) ? 'import' : text.includes(REQUIRE) ? 'require' : 'nothing'
      const names = [...text.matchAll(/ as ("[^"]*")/g)].map(([, found = '']) => JSON.parse(found))
      assert.deepEqual(
        [load, ...(text.startsWith('module.exports =') ? ['module.exports'] : [...names, ...(/^export default/m.test(text) ? ['default'] : [])])],
        expected,
      )
    })
  }

  const esm = { 'package.json': '{ "type": "module" }' }
  stands('CommonJS', { 'package.json': '{}', 'x.js': 'exports.a = 1' }, ['x.js', 'imported'], ['require', 'module.exports'])
  stands('.cjs in a package of modules', { ...esm, 'x.cjs': 'exports.a = 1' }, ['x.cjs', 'imported'], ['require', 'module.exports'])
  stands('JSON', { ...esm, 'x.json': '{}' }, ['x.json', 'imported'], ['require', 'module.exports'])
  stands('a module', { ...esm, 'x.js': 'export const a = 1, b = 2\nexport default 3' }, ['x.js', 'imported'], ['import', 'a', 'b', 'default'])
  stands('a module without exports', { ...esm, 'x.js': 'globalThis.x = 1' }, ['x.js', 'imported'], ['import', 'default'])
  stands('.mjs', { 'package.json': '{}', 'x.mjs': 'export const a = 1' }, ['x.mjs', 'imported'], ['import', 'a', 'default'])
  stands('a module that is required', { ...esm, 'x.js': 'export const a = 1' }, ['x.js', 'required'], ['require', 'a', 'default'])
  stands(
    'export *',
    { ...esm, 'x.js': "export * from './y.js'\nexport * as z from './y.js'", 'y.js': 'export const a = 1' },
    ['x.js', 'imported'],
    ['import', 'a', 'z', 'default'],
  )
  stands(
    'a name that is a string',
    { ...esm, 'x.js': "const a = 1\nexport { a as 'b-c', a as then }" },
    ['x.js', 'imported'],
    ['import', 'b-c', 'then', 'default'],
  )
  stands(
    'the nearest package.json decides',
    { ...esm, 'lib/package.json': '{ "type": "commonjs" }', 'lib/x.js': 'exports.a = 1' },
    ['lib/x.js', 'imported'],
    ['require', 'module.exports'],
  )
  stands(
    'an inner package.json without a type is CommonJS',
    { ...esm, 'lib/package.json': '{}', 'lib/x.js': 'exports.a = 1' },
    ['lib/x.js', 'imported'],
    ['require', 'module.exports'],
  )
  stands('an import that cannot be resolved', { ...esm, 'x.js': "import 'gone'\nexport const a = 1" }, ['x.js', 'imported'], ['import', 'a', 'default'])
  stands(
    'export * of a package that is not installed',
    { ...esm, 'x.js': "export * from 'gone'\nexport const a = 1" },
    ['x.js', 'imported'],
    ['import', 'a', 'default'],
  )
  stands(
    'imports of all kinds of files',
    { ...esm, 'x.js': "import './x.css'\nimport './x.wasm'\nimport './y.json'\nexport const a = 1", 'x.css': '', 'x.wasm': '', 'y.json': '{}' },
    ['x.js', 'imported'],
    ['import', 'a', 'default'],
  )
  stands(
    "Node.js's conditions",
    {
      ...esm,
      'x.js': "export * from 'p'",
      'node_modules/p/package.json': '{ "name": "p", "type": "module", "exports": { "module": "./module.js", "import": "./import.js" } }',
      'node_modules/p/module.js': 'export const m = 1',
      'node_modules/p/import.js': 'export const i = 1',
    },
    ['x.js', 'imported'],
    ['import', 'i', 'default'],
  )
})
