import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ts } from 'ts-morph'
import { typescript } from '../../../typescript.ts'
import { createKnownPaths, fileOfUrl, type KnownPaths } from './known-paths.ts'

/** The last statement of a module `/app/lib/m.ts` of the project `/app`, as a path; what comes before are constants. */
function table(what: 'stringOf' | 'folderOf' | 'readPathOf') {
  return (text: string, expected: string | undefined) =>
    it(text, () => {
      const source = typescript.createSourceFile('/app/lib/m.ts', text, typescript.ScriptTarget.ESNext, true)
      const paths = createKnownPaths('/app/lib/m.ts', '/app', source)
      declareAll(source, paths)
      const last = source.statements.at(-1)
      assert.ok(last && typescript.isExpressionStatement(last))
      assert.equal(paths[what](last.expression), expected)
    })
}

function declareAll(source: ts.SourceFile, paths: KnownPaths): void {
  for (const { name, initializer } of source.statements.filter(typescript.isVariableStatement).flatMap((item) => item.declarationList.declarations))
    if (initializer) paths.declare(name.getText(source), initializer)
}

describe('stringOf', () => {
  const is = table('stringOf')
  is("'a'", 'a')
  is('`a`', 'a')
  is("const a = 'x'\na", 'x')
  is("path.join('data', 'x.json')", 'data/x.json')
  is("const dir = 'data'\njoin(dir, '..', 'x.json')", 'x.json')
  is("path.join('data', name)", undefined)
  is('path.join()', undefined)
  is("const a = 'x', b = a\nb", undefined)
  is("var a = path.join(a, 'x')\na", undefined)
  is('`a${b}`', undefined)
  is("'a' + 'b'", undefined)
  is('a', undefined)
  is('1', undefined)
})

describe('folderOf', () => {
  const is = table('folderOf')
  is('process.cwd()', '/app')
  is('__dirname', '/app/lib')
  is('import.meta.dirname', '/app/lib')
  is("path.join(__dirname, '..', 'data')", '/app/data')
  is("resolve(process.cwd(), 'data', './x')", '/app/data/x')
  is("path.resolve(process.cwd(), '/etc')", '/etc')
  is("path.join(process.cwd(), '/etc')", '/app/etc')
  is("path.resolve('data')", '/app/data')
  is("path.resolve('data', 'x')", '/app/data/x')
  is("const name = 'data'\npath.resolve(name, 'x')", '/app/data/x')
  is('path.resolve(name)', undefined)
  is('path.resolve()', undefined)
  is("path.join('data', 'x')", undefined)
  is("path.join(path.join(process.cwd(), 'a'), 'b')", '/app/a/b')
  is('const root = process.cwd()\nroot', '/app')
  is("const root = path.resolve(__dirname, '..')\npath.join(root, 'x')", '/app/x')
  is("const name = 'x'\npath.join(process.cwd(), name)", '/app/x')
  is('path.join(process.cwd(), name)', undefined)
  is("path.join(name, 'x')", undefined)
  is("path.join.call(path, __dirname, 'x')", undefined)
  is("array.join('x')", undefined)
  is('const a = a\na', undefined)
  is('const a = process.cwd(), b = a\nb', undefined)
  is("var dir = path.join(dir, 'x')\npath.join(dir, 'y')", undefined)
  is("var a = path.join(b, 'x'), b = path.join(a, 'y')\na", undefined)
  is('cwd()', undefined)
  is("'data'", undefined)
})

describe('readPathOf', () => {
  const is = table('readPathOf')
  is("'data/x.json'", '/app/data/x.json')
  is("'../x.json'", '/x.json')
  is("'/etc/hosts'", '/etc/hosts')
  is("const file = 'x.json'\nfile", '/app/x.json')
  is("path.join('data', 'x.json')", '/app/data/x.json')
  is("path.resolve('data', 'x.json')", '/app/data/x.json')
  is("const file = path.join('data', 'x.json')\nfile", '/app/data/x.json')
  is("path.join(process.cwd(), 'x.json')", '/app/x.json')
  is("const file = path.join(__dirname, 'x.json')\nfile", '/app/lib/x.json')
  is("new URL('./x.json', import.meta.url)", '/app/lib/x.json')
  is("const name = '../x.json'\nnew URL(name, import.meta.url)", '/app/x.json')
  is("new URL('https://example.com/x', import.meta.url)", undefined)
  is('new URL(name, import.meta.url)', undefined)
  is('new URL', undefined)
  is('name', undefined)
  is("read('x')", undefined)
})

describe('fileOfUrl', () => {
  function leads(name: string, expected: string | undefined): void {
    it(name, () => assert.equal(fileOfUrl(name, '/a b/m.ts'), expected))
  }
  leads('./x', '/a b/x')
  leads('x', '/a b/x')
  leads('../x%20y', '/x y')
  leads('./x?y#z', '/a b/x')
  leads('/x', '/x')
  leads('file:///x', '/x')
  leads('.', '/a b/')
  leads('data:text/plain,x', undefined)
  leads('https://', undefined)
})
