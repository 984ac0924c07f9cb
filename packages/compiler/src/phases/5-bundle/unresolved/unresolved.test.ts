import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fileSpan, messageOf } from '../../../diagnostics/diagnostic.ts'
import { createNodeHost } from '../../../host-node.ts'
import { type FileMap, temporaryProject } from '../../../testing.ts'
import { unresolvedImport } from './unresolved.ts'

/** `import-unresolved → ./utils`: the code, and what is suggested or why it is not there. The import is in pages/api/a.ts. */
function says(specifier: string, files: FileMap, expected: string, from = 'pages/api/a.ts'): void {
  it(`${specifier}: ${expected}`, (test) => {
    const host = createNodeHost(temporaryProject(test, { 'pages/api/a.ts': '', ...files }))
    const found = unresolvedImport(specifier, fileSpan(from), [], host)
    const reason = {
      'import-unresolved': 'why' in found.args ? found.args.why : '',
      'package-not-installed': 'listed' in found.args && found.args.listed ? 'listed' : '',
    }
    const why = found.code in reason ? reason[found.code as keyof typeof reason] : ''
    const guess = 'nearest' in found.args && found.args.nearest ? ` → ${found.args.nearest}` : ''
    assert.equal(`${found.code}${why ? `: ${why}` : ''}${guess}`, expected)
    assert.doesNotMatch(messageOf(found), /undefined/)
  })
}
const files = (...names: string[]): FileMap => Object.fromEntries(names.map((name) => [name, '']))
const json = (value: unknown) => JSON.stringify(value)

describe('a relative path', () => {
  says('./utlis', files('pages/api/utils.ts'), 'import-unresolved → ./utils')
  says('./utlis', files('pages/api/utils/index.ts'), 'import-unresolved → ./utils')
  says('./utlis', files('pages/api/utils/other.ts'), 'import-unresolved') // a folder that cannot be imported
  says('./Utils', files('pages/api/utils.ts'), 'import-unresolved → ./utils')
  says('./utils.js', files('pages/api/utils.mjs'), 'import-unresolved → ./utils.mjs')
  says('./utils', files('pages/api/utils.mjs'), 'import-unresolved → ./utils.mjs')
  says('./utlis.js', files('pages/api/utils.js'), 'import-unresolved → ./utils.js')
  says('./utlis.js', files('pages/api/utils.ts'), 'import-unresolved → ./utils.ts')
  says('./data.jsn', files('pages/api/data.json'), 'import-unresolved → ./data.json')
  says('./dta.json', files('pages/api/data.json'), 'import-unresolved → ./data.json')
  says('./types', files('pages/api/types.d.ts'), 'import-unresolved')
  says('./utils', files('pages/api/utils/read.ts'), 'import-unresolved: it is a folder without an index file')
  says('../lib/db', files('lib/db.ts'), 'import-unresolved → ../../lib/db')
  says('./lib/db', files('lib/db.ts'), 'import-unresolved → ../../lib/db')
  says('../../../lib/db', files('lib/db.ts'), 'import-unresolved → ../../lib/db')
  says('../../lib/db.js', files('lib/db.json'), 'import-unresolved → ../../lib/db.json')
  says('../../libs/db', files('lib/db.ts'), 'import-unresolved → ../../lib/db')
  says('../../lib/sub/db', files('lib/sbu/db.ts'), 'import-unresolved → ../../lib/sbu/db')
  says('../../libs/dbb', files('lib/db.ts'), 'import-unresolved') // two slips in two names
  says('../../lib/databse', files('lib/database/index.tsx', 'lib/data.ts'), 'import-unresolved → ../../lib/database')
  says('./nope', files('pages/api/other.ts', 'pages/api/none-of-it.ts'), 'import-unresolved')
  says('./nope', {}, 'import-unresolved')
  says('.', {}, 'import-unresolved: it is a folder without an index file')
  says('..', {}, 'import-unresolved: it is a folder without an index file')
  says('./a', files('pages/api/b.ts'), 'import-unresolved', 'pages/api/c.ts') // of one letter nothing can be told, but `a` is there
  says('./日本話', files('pages/api/日本語.ts'), 'import-unresolved → ./日本語')
  says('./x\0y', {}, 'import-unresolved')
  says(`./${'long'.repeat(100)}`, {}, 'import-unresolved')
  says(`${'../'.repeat(50)}lib/db`, {}, 'import-unresolved')
})

describe('tsconfig paths', () => {
  const mapped = (options: object): FileMap => ({ 'tsconfig.json': json({ compilerOptions: options }), ...files('src/lib/db.ts', 'src/lib/http/index.ts') })
  const star = mapped({ paths: { '@/*': ['./src/*'] } })
  says('@/lib/dbb', star, 'import-unresolved → @/lib/db')
  says('@/lib/htpt', star, 'import-unresolved → @/lib/http')
  says('@/libs/db', star, 'import-unresolved → @/lib/db')
  says('@/lib/DB', star, 'import-unresolved → @/lib/db')
  says('@/other', star, 'import-unresolved')
  says('@lib/dbb', mapped({ baseUrl: 'src', paths: { '@lib/*': ['lib/*'] } }), 'import-unresolved → @lib/db')
  says('@databse', mapped({ paths: { '@database': ['./src/lib/db.ts'] } }), 'import-unresolved → @database')
  says('lib/dbb', mapped({ baseUrl: 'src' }), 'import-unresolved → lib/db')
  says('@/lib/dbb', { ...star, 'tsconfig.json': '{ "extends": "./base.json" }', 'base.json': star['tsconfig.json'] ?? '' }, 'import-unresolved → @/lib/db')
  says('@/lib/dbb', { ...star, 'tsconfig.json': `// comment\n${star['tsconfig.json']}` }, 'import-unresolved → @/lib/db')
  says('@/lib/db', files('lib/db.ts'), 'import-unresolved: tsconfig.json has no `paths` for it')
  says('@/lib/db', { 'tsconfig.json': '{ "compilerOptions": ' }, 'import-unresolved: tsconfig.json has no `paths` for it')
  says('@/lib/db', { 'tsconfig.json': '{ "extends": "./tsconfig.json" }' }, 'import-unresolved: tsconfig.json has no `paths` for it')
})

describe('a package', () => {
  const listed = { 'package.json': json({ dependencies: { express: '4', '@scope/thing': '1' }, devDependencies: { vitest: '1' } }) }
  says('expres', listed, 'package-not-installed → express')
  says('expres/router', listed, 'package-not-installed → express/router')
  says('@scope/thign', listed, 'package-not-installed → @scope/thing')
  says('@scoep/thing/a', listed, 'package-not-installed → @scope/thing/a')
  says('express', listed, 'package-not-installed: listed')
  says('express/lib/x', listed, 'package-not-installed: listed')
  says('vitest', listed, 'package-not-installed: listed')
  says('lodahs', { 'node_modules/lodash/index.js': '' }, 'package-not-installed → lodash')
  says('@a/x', { 'node_modules/@a/xy/index.js': '' }, 'package-not-installed → @a/xy')
  says('left-pad', listed, 'package-not-installed')
  says('ws', { 'package.json': json({ dependencies: { fs: '1', ms: '1' } }) }, 'package-not-installed') // too short for a guess
  says('fs/promise', {}, 'package-not-installed → fs/promises')
  says('crytpo', {}, 'package-not-installed → crypto')
  says('utils', files('pages/api/utils.ts'), 'package-not-installed → ./utils')
  says('lib/db', files('lib/db.ts'), 'package-not-installed → ../../lib/db')
  says('expres', { 'package.json': '{ broken' }, 'package-not-installed')
  says('node:fss', {}, 'import-unresolved → node:fs')
  says('node:fs/promise', {}, 'import-unresolved → node:fs/promises')
  says('node:nothing-like-it', {}, 'import-unresolved')
  says('bun:sqlite', {}, 'import-unresolved')
  says('https://example.com/a.js', {}, 'import-unresolved')
  says('', {}, 'import-unresolved')
  says('__proto__', {}, 'package-not-installed')
})

describe('a package that is installed', () => {
  const exporting = (exports: unknown): FileMap => ({
    'node_modules/x/package.json': json({ name: 'x', exports }),
    ...files('node_modules/x/i.js', 'node_modules/x/lib/parse.js'),
  })
  says('x/prase', exporting({ '.': './i.js', './parse': './lib/parse.js' }), 'subpath-not-exported → x/parse')
  says('x/lib/parse', exporting({ '.': './i.js' }), 'subpath-not-exported')
  says('x/lib/parse', exporting('./i.js'), 'subpath-not-exported')
  says('x/lib/parse', exporting({ node: './i.js' }), 'subpath-not-exported')
  says('x', exporting({ './parse': './lib/parse.js' }), 'subpath-not-exported')
  says('x', exporting({ '.': { browser: './i.js' } }), 'import-unresolved') // offered, but not to a server: a note says so
  says('x/lib/nope', exporting({ './lib/*': './lib/*.js' }), 'import-unresolved')
  says('x/lib/prase', { 'node_modules/x/package.json': '{}', ...files('node_modules/x/lib/parse.js') }, 'import-unresolved → x/lib/parse')
  says('x', { 'node_modules/x/package.json': json({ main: './dist/i.js' }) }, 'import-unresolved: the package has no file ./dist/i.js')
  says('x', { 'node_modules/x/package.json': '{}' }, 'import-unresolved: the package has no file index.js')
  says('x', { 'node_modules/x/package.json': '{ broken' }, 'import-unresolved')
  says('x', files('node_modules/x/lib.js'), 'import-unresolved')
})

describe('imports of package.json', () => {
  says('#dbb', { 'package.json': json({ imports: { '#db': './lib/db.js' } }) }, 'import-unresolved → #db')
  says('#dbb', { 'package.json': '[]' }, 'import-unresolved')
})
