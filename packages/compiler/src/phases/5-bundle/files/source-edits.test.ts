import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { transformSync } from 'esbuild'
import fc from 'fast-check'
import { ts } from 'ts-morph'
import { editSource, NEEDS_EDITS } from './source-edits.ts'

const AT = '__apiroutes_at("lib/a.ts")'

function edit(text: string, file = '/p/lib/a.ts') {
  return editSource(file, text, 'lib/a.ts', (name) => (name === './w.ts' ? './w.js' : undefined))
}

describe('editSource', () => {
  /** In what is expected `@` stands for the module's place, and `§` for `@`. */
  function becomes(text: string, expected: string, file?: string): void {
    it(text, () => {
      assert.equal(edit(text, file).text, expected.replaceAll('@', AT).replaceAll('§', '@'))
      assert.match(text, NEEDS_EDITS)
    })
  }
  function stays(text: string, file?: string): void {
    it(`stays: ${text}`, () => assert.equal(edit(text, file).text, text))
  }

  becomes('f(__dirname)', 'f(@.dirname)')
  becomes('f(__filename)', 'f(@.filename)')
  becomes('f(import.meta.url)', 'f(@.url)')
  becomes('f(import.meta.dirname, import.meta.filename)', 'f(@.dirname, @.filename)')
  becomes("f(import.meta['url'], import.meta)", "f(@['url'], @)")
  becomes('const { url, dirname } = import.meta', 'const { url, dirname } = @')
  becomes("import.meta.resolve('p')", "@.resolve('p')")
  becomes('class A extends f(__dirname) {}', 'class A extends f(@.dirname) {}')
  becomes('declare const __dirname: string\nf(__dirname)', 'declare const __dirname: string\nf(@.dirname)')
  becomes('declare var require: any\nrequire(name)', 'declare var require: any\n@.require(name)')
  becomes('type F = (__dirname: string) => void\nf(__dirname)', 'type F = (__dirname: string) => void\nf(@.dirname)')
  becomes("new URL('./x.json', import.meta.url)", "new URL('./x.json', @.url)")
  becomes("new Worker(new URL('./w.ts', import.meta.url))", 'new Worker(new URL("./w.js", @.url))')
  becomes('import(import.meta.url)', 'import(@.url)')
  becomes("require.resolve('p/x')", "@.require.resolve('p/x')")
  becomes("require.resolve('p/x', { paths: [__dirname] })", "@.require.resolve('p/x', { paths: [@.dirname] })")
  becomes('require(name)', '@.require(name)')
  becomes('require(require.resolve(name))', '@.require(@.require.resolve(name))')
  becomes("require(__dirname + '/x')", "@.require(@.dirname + '/x')")
  becomes('`${__dirname}/x`', '`${@.dirname}/x`')
  becomes('const o = { __dirname }', 'const o = { __dirname: @.dirname }')
  becomes('const o = { __dirname: __dirname }', 'const o = { __dirname: @.dirname }')
  becomes('const o = { [__dirname]: 1 }', 'const o = { [@.dirname]: 1 }')
  becomes('__dirname.split(x)', '@.dirname.split(x)')
  becomes('const { length = __dirname } = x', 'const { length = @.dirname } = x')
  becomes('class A { x = __dirname }', 'class A { x = @.dirname }')
  becomes("typeof __dirname !== 'undefined'", "typeof @.dirname !== 'undefined'")
  becomes('const a = <b c={__dirname}>__dirname</b>', 'const a = <b c={@.dirname}>__dirname</b>', '/p/lib/a.tsx')
  becomes('const a = <b c={__dirname} />', 'const a = <b c={@.dirname} />', '/p/lib/a.js')
  becomes('const a = <string>__dirname', 'const a = <string>@.dirname', '/p/lib/a.ts')
  becomes('const a = __dirname as string', 'const a = @.dirname as string')
  becomes('const a = __dirname!', 'const a = @.dirname!')
  becomes('@dec(__dirname) class A {}', '§dec(@.dirname) class A {}')
  becomes('#!/usr/bin/env node\nf(__dirname) // ü\n', '#!/usr/bin/env node\nf(@.dirname) // ü\n')
  becomes('f(__dirname)\r\ng(__dirname)', 'f(@.dirname)\r\ng(@.dirname)')

  stays('f(\'__dirname\', "import.meta.url", `require.resolve`)')
  stays('// __dirname\n/* import.meta.url */')
  stays('/__dirname/.test(x)')
  stays('a.__dirname')
  stays('a?.__dirname')
  stays('const o = { __dirname: 1 }')
  stays('class A { __dirname = 1 }')
  stays('class A { __dirname() {} }')
  stays('class A { get __dirname() { return 1 } }')
  stays('const o = { set __dirname(v) {} }')
  stays('const { __dirname: d } = x')
  stays('interface A { __dirname: string }')
  stays('type A = { __dirname(): void }')
  stays('type A = typeof __dirname')
  stays('enum A { __dirname }')
  stays('export { x as __dirname }')
  stays("export { __dirname } from './x'")
  stays("import { __dirname as d } from './x'")
  stays('const a = <b __dirname="1" />', '/p/lib/a.tsx')
  stays('declare const __dirname: string')
  stays('const __dirname = 1\nf(__dirname)')
  stays('function f(__dirname) { return __dirname }')
  stays('function __dirname() {}\nf(__dirname)')
  stays('class __dirname {}\nf(__dirname)')
  stays("import __dirname from './x'\nf(__dirname)")
  stays("import * as __dirname from './x'\nf(__dirname)")
  stays('const { __dirname } = x\nf(__dirname)')
  stays('const [__filename] = x\nf(__filename)')
  stays('const require = createRequire(x)\nrequire.resolve(x)')
  stays('function f(require) { require(name); require.resolve(name) }')
  stays('a.require(name)')
  stays('a.require.resolve(name)')
  stays("require('./w.ts')")
  stays("import('./w.ts')")
  stays("import './w.ts'")
  stays("export * from './w.ts'")
  stays("type A = import('./w.ts').A | './w.ts'")
  stays('new.target')

  it('encodes the place', () => {
    const { text } = editSource('/p/a b.ts', 'f(__dirname)', '[id]/a b#?%.ts', () => undefined)
    assert.equal(text, 'f(__apiroutes_at("%5Bid%5D/a%20b%23%3F%25.ts").dirname)')
  })
})

describe('imports of a name that is not known', () => {
  /** The text of each, with `?` when the module can do without. */
  function unknown(text: string, expected: readonly string[]): void {
    it(text, () => {
      const found = edit(text).unknownImports.map(({ start, end, isOptional }) => text.slice(start, end) + (isOptional ? '?' : ''))
      assert.deepEqual(found, expected)
    })
  }

  unknown('const x = require(name)', ['require(name)'])
  unknown('await import(name)', ['import(name)'])
  unknown('try { require(name) } catch {}', ['require(name)?'])
  unknown('try { f() } catch { require(name) }', ['require(name)'])
  unknown('try { f() } finally { require(name) }', ['require(name)'])
  unknown('import(name, { with: {} })', ['import(name, { with: {} })'])
  unknown('require(require(name))', ['require(require(name))', 'require(name)'])
  unknown("require('a' + name)", ["require('a' + name)"])
  unknown('require(`${name}`)', ['require(`${name}`)'])
  unknown("require('./a/' + name + '.js')", [])
  unknown('import(`./a/${name}.js`)', [])
  unknown("import('a')", [])
  unknown('require(`a`)', [])
  unknown('require()', [])
  unknown('f.require(name)', [])
  unknown('function f(require) { require(name) }', [])
})

describe('editSource and any module', () => {
  const use = fc.constantFrom(
    '__dirname',
    '__filename',
    'import.meta.url',
    'import.meta.dirname',
    'require.resolve("p")',
    'require(n)',
    'import(n)',
    "'./w.ts'",
    '{ __dirname }',
    '`${__filename}\n`',
    'x.__dirname',
  )
  const frame = fc.constantFrom(
    (x: string) => `f(${x})`,
    (x: string) => `/* ${x.replaceAll('*/', '')} */`,
    (x: string) => `const v${x.length} = [\n${x},\n]`,
    (x: string) => `(a = ${x}) => a`,
    (x: string) => `class A { [${x}] = 1 }`,
    (x: string) => `\`\n\${${x}}\``,
    (x: string) => `try { ${x.startsWith('{') ? 0 : x} } catch {}`,
    (x: string) => `type T = '${x.replaceAll("'", '').replaceAll('\n', '')}'`,
    (x: string) => `if (${x}) {\r\n}`,
  )
  const module = fc.array(fc.tuple(frame, use), { maxLength: 12 }).map((lines) => lines.map(([wrap, x]) => `{ ${wrap(x)} }`).join('\n'))

  it('keeps the lines, parses, and finds nothing more to do', () => {
    fc.assert(
      fc.property(module, (text) => {
        const edited = edit(text).text
        assert.equal(edited.split('\n').length, text.split('\n').length)
        transformSync(edited, { loader: 'ts' })
        assert.equal(edit(edited).text, edited)
        const source = ts.createSourceFile('a.ts', edited, ts.ScriptTarget.ESNext, true)
        const left: string[] = []
        const visit = (node: ts.Node): void => {
          if (ts.isMetaProperty(node)) left.push(node.getText(source))
          ts.forEachChild(node, visit)
        }
        visit(source)
        assert.deepEqual(left, [])
      }),
      { numRuns: 500 },
    )
  })
})
