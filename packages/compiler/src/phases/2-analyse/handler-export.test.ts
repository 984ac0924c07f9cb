import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createReport } from '../../report.ts'
import { memoryHost, underlined } from '../../testing.ts'
import { analyseHandler } from './handler-export.ts'
import { createModules } from './modules.ts'
import { parse } from './parse.ts'

describe('analyseHandler', () => {
  function analysed(file: string, text: string) {
    const host = memoryHost({ [file]: text })
    const report = createReport()
    const { span } = analyseHandler(parse(file, host.read(file)), createModules(host), report)
    const { start, end } = span
    return { place: text.slice(start, end), found: underlined(report.all(), host), all: report.all() }
  }

  function works(name: string, text: string, file = 'a.ts'): void {
    it(`works: ${name}`, () => assert.deepEqual(analysed(file, text).found, []))
  }

  /** The default export is provably no function; `what` says what it is, at the value. */
  function refused(name: string, text: string, what: string, at: string, file = 'a.ts'): void {
    it(`refused: ${name}`, () => {
      const { found, all } = analysed(file, text)
      assert.deepEqual(found, [`handler-not-function: ${at}`])
      assert.deepEqual(all[0]?.args, { what })
    })
  }

  function missing(name: string, text: string, named = '', file = 'a.ts'): void {
    it(`missing: ${name}`, () => {
      const { found, all } = analysed(file, text)
      assert.deepEqual(found, ['handler-missing: '])
      assert.deepEqual(all[0]?.args, { named })
    })
  }

  /** Where the handler is said to be: what other files' diagnostics point at. */
  function place(text: string, at: string, file = 'a.ts'): void {
    it(`place: ${text}`, () => assert.equal(analysed(file, text).place, at))
  }

  describe('what is no handler, and only looks like an export', () => {
    missing("a name for another platform's handler", 'exports.handler = (req, res) => res.end()', '', 'a.js')
    works('a default by name', 'exports.default = (req, res) => res.end()', 'a.js')
    works('exports handed on', 'Object.assign(exports, { default() {} })', 'a.js')
    refused('a negative number', 'export default -1', 'a number or a boolean', '-1')
    refused('the name of a type', 'export default typeof 1', 'a string', 'typeof 1')
  })

  describe('every shape of contract 11', () => {
    works('a function', 'export default function handler(req, res) {}')
    works('a function without a name', 'export default function (req, res) {}')
    works('an async function', 'export default async function handler(req, res) {}')
    works('overloads', 'export default function h(a: string): void\nexport default function h(a: unknown): void {}')
    works('an arrow function', 'export default (req, res) => {}')
    works('an async arrow function', 'export default async (req, res) => {}')
    works('a function expression', 'export default (function () {})')
    works('a constant', 'const h = () => {}\nexport default h')
    works('a constant with a type', 'const h: NextApiHandler<Data> = async (req, res) => {}\nexport default h')
    works('a variable', 'let h = {}\nh = () => {}\nexport default h')
    works('a var', 'var h = 5\nh = () => {}\nexport default h')
    works('a function declared below', 'export default h\nfunction h() {}')
    works('as, satisfies and parentheses', 'export default ((((req, res) => {}) as unknown) satisfies unknown) as NextApiHandler')
    works('a type assertion', 'const h = () => {}\nexport default <NextApiHandler>h!')
    works('a re-export', "export { default } from '../../lib/h'")
    works('a re-export of a name', "export { h as default } from '../../lib/h'")
    works('a re-export beside a config', "export { default, config } from '../../lib/h'")
    works('a name that is exported as default', 'function h() {}\nexport { h as default }')
    works('a quoted name', "function h() {}\nexport { h as 'default' }")
    works('an import that is exported', "import h from '../../lib/h'\nexport default h")
    works('an import that is exported by name', "import { h } from '../../lib/h'\nexport { h as default }")
    works('a wrapped call', 'export default withAuth(async (req, res) => {})')
    works('a call of a call', "export default handlers.get('a')({ b: 1 })")
    works('a bound method', 'const c = new Controller()\nexport default c.handle.bind(c)')
    works('a static method', 'class C { static handle(req, res) {} }\nexport default C.handle')
    works('a property of an object', 'const handlers = { get() {} }\nexport default handlers.get')
    works('a Proxy', 'export default new Proxy(function () {}, {})')
    works('an instance that may be callable', 'export default new Router()')
    works('a condition', 'export default process.env.A ? (req, res) => {} : undefined')
    works('something or something', 'export default globalThis.handler ?? function () {}')
    works('an awaited value', 'export default await makeHandler()')
    works('an assignment', 'let h\nexport default h = () => {}')
    works('export =', 'function h() {}\nexport = h')
    works('a namespace and an enum beside it', 'namespace N { export const a = 1 }\nenum E { A }\nexport default function h() { return N.a + E.A }')
    works('other exports beside it', 'export const GET = 1\nexport function getServerSideProps() {}\nexport default function h() {}')
    works('a name that is not of this file', 'export default h')
    works('JSX', 'export default (req, res) => res.send(String(<p>a</p>))', 'a.tsx')
    works('JSX in JavaScript', 'export default (req, res) => res.send(String(<p>a</p>))', 'a.jsx')
    works('a byte order mark', '\uFEFFexport default function h() {}')
    works('a hash bang', '#!/usr/bin/env node\nexport default function h() {}', 'a.js')
  })

  describe('CommonJS', () => {
    works('module.exports =', 'module.exports = (req, res) => {}', 'a.js')
    works('module.exports = a name', 'function h() {}\nmodule.exports = h', 'a.js')
    works('module.exports = a call', "module.exports = wrap(require('./b'))", 'a.js')
    works('module.exports = require', "module.exports = require('../../lib/h')", 'a.js')
    works('exports = module.exports =', 'exports = module.exports = function () {}', 'a.js')
    works('exports.default =', 'exports.default = (req, res) => {}', 'a.js')
    works('module.exports.default =', 'module.exports.default = (req, res) => {}', 'a.js')
    works('__esModule', "Object.defineProperty(exports, '__esModule', { value: true })\nexports.default = handler\nfunction handler() {}", 'a.js')
    works('void 0 first, as compilers write it', 'exports.config = exports.default = void 0\nexports.default = handler\nfunction handler() {}', 'a.js')
    works('an object with a default', 'module.exports = { default: (req, res) => {} }', 'a.js')
    works('an object with a default method', 'module.exports = { default(req, res) {} }', 'a.js')
    works('an object first, default after it', 'module.exports = {}\nmodule.exports.default = () => {}', 'a.js')
    works('module.exports with a config', 'module.exports = () => {}\nmodule.exports.config = {}', 'a.js')
    works('a getter on exports', "Object.defineProperty(exports, 'default', { get: () => h })", 'a.js')
    works('assigned to exports', 'Object.assign(exports, { default: () => {} })', 'a.js')
    works('set in a condition', 'if (a) module.exports = () => {}\nelse module.exports = () => {}', 'a.js')
    works('in TypeScript', 'module.exports = (req: any, res: any) => {}')
    refused('an object', 'module.exports = { handler() {} }', 'an object', '{ handler() {} }', 'a.js')
    refused('an empty object', 'module.exports = {}', 'an object', '{}', 'a.js')
    refused('a string', "module.exports = 'x'", 'a string', "'x'", 'a.js')
    refused('a class', 'module.exports = class {}', 'a class', 'class {}', 'a.js')
    refused('a name of a class', 'class A {}\nmodule.exports = A', 'a class', 'A', 'a.js')
    refused('exports.default = an object', 'exports.default = { a: 1 }', 'an object', '{ a: 1 }', 'a.js')
    refused('module . exports', 'module . exports = 5', 'a number', '5', 'a.js')
    refused('the last one counts', 'module.exports = () => {}\nmodule.exports = 5', 'a number', '5', 'a.js')
  })

  describe('what is provably no function', () => {
    refused('an object', 'export default { a: 1 }', 'an object', '{ a: 1 }')
    refused('an object with methods', 'export default { GET() {} }', 'an object', '{ GET() {} }')
    refused('an array', 'export default []', 'an array', '[]')
    refused('a string', 'export default "x"', 'a string', '"x"')
    refused('a template', 'export default `x${1}`', 'a string', '`x${1}`')
    refused('a template without holes', 'export default `x`', 'a string', '`x`')
    refused('a number', 'export default 5', 'a number', '5')
    refused('a bigint', 'export default 5n', 'a number', '5n')
    refused('true', 'export default true', 'a boolean', 'true')
    refused('false', 'export default false', 'a boolean', 'false')
    refused('null', 'export default null', '`null`', 'null')
    refused('undefined', 'export default undefined', '`undefined`', 'undefined')
    refused('a regular expression', 'export default /a/', 'a regular expression', '/a/')
    refused('a class', 'export default class H {}', 'a class', 'export default class H {}')
    refused('a generator, whose body a call does not run', 'export default function* h() {}', 'a generator', 'export default function* h() {}')
    refused('a class without a name', 'export default class {}', 'a class', 'export default class {}')
    refused('a class expression', 'export default (class {})', 'a class', '(class {})')
    refused('a promise', 'export default Promise.resolve(() => {})', 'a promise', 'Promise.resolve(() => {})')
    refused('a type', 'export default interface H {}', 'a type', 'export default interface H {}')
    refused('a constant', 'const h = { a: 1 }\nexport default h', 'an object', 'h')
    refused('a constant of a constant', 'const g = null\nconst h = g\nexport default h', '`null`', 'h')
    refused('an exported constant', 'export const h = "x"\nexport { h as default }', 'a string', 'h')
    refused('the name of a class', 'class H {}\nexport default H', 'a class', 'H')
    refused('as and satisfies', 'export default {} as unknown satisfies unknown', 'an object', '{} as unknown satisfies unknown')
    refused('export =', 'export = {}', 'an object', '{}')
  })

  describe('what cannot be told is left alone', () => {
    works('a constant that is its own value', 'const h = h\nexport default h')
    works('two constants in a circle', 'const a = b\nconst b = a\nexport default a')
    works('an inner variable of the same name', 'function f() { const h = 5 }\nimport { h } from "./b"\nexport default h')
    works('no initializer', 'declare const h: unknown\nexport default h')
  })

  describe('no default export', () => {
    missing('an empty file', '')
    missing('a comment', '// nothing')
    missing('another export', 'export const x = 1')
    missing('a function that is not exported', 'function handler() {}')
    missing('a method of the App Router', 'export function GET(req, res) {}', '`GET`')
    missing('several', 'export async function GET() {}\nexport function POST() {}\nexport function helper() {}', '`GET`, `POST`')
    missing('a re-export of something else', "export { config } from '../../lib/h'")
    missing('a namespace', "export * as handlers from '../../lib/h'")
    missing('an import alone', "import '../../lib/h'")
    missing('module.exports in an ES module', "import a from 'a'\nmodule.other = a")
    missing('JavaScript that exports nothing', 'console.log(1)', '', 'a.js')
    missing('the word in a comment', '// this file exports GET\nexport function GET() {}', '`GET`')
    missing('the word in a string', "console.log('exports')", '', 'a.js')
    missing('a type by name', 'interface H {}\nexport { type H as default }')
    missing('a type', 'interface H {}\nexport type { H as default }')
  })

  describe('export * hides what is exported', () => {
    function hidden(name: string, text: string, expected: readonly string[]): void {
      it(name, () => assert.deepEqual(analysed('a.ts', text).found, expected))
    }
    hidden('beside a handler', "export * from './b'\nexport default () => {}", ["export-all: export * from './b'"])
    hidden('alone', "export * from './b'", ["export-all: export * from './b'", 'handler-missing: '])
    hidden('twice', "export * from './b'\nexport * from './c'\nexport default () => {}", ["export-all: export * from './b'", "export-all: export * from './c'"])
    hidden('a named namespace', "export * as b from './b'\nexport default () => {}", [])
    hidden('types', "export type * from './b'\nexport default () => {}", [])
    hidden('names', "export { a, b } from './b'\nexport default () => {}", [])
  })

  describe('a handler that returns a Response', () => {
    function returns(name: string, text: string, at: string | undefined): void {
      it(name, () => assert.deepEqual(analysed('a.ts', text).found, at === undefined ? [] : [`handler-returns-response: ${at}`]))
    }
    const next = "import { NextResponse } from 'next/server'\n"
    returns('new', 'export default function h() { return new Response("x") }', 'new Response("x")')
    returns('json', 'export default async (req) => { return Response.json({}) }', 'Response.json({})')
    returns('an arrow', 'export default () => Response.redirect("/")', 'Response.redirect("/")')
    returns('in a branch', 'export default (req, res) => { if (req.a) { return Response.error() } res.end() }', 'Response.error()')
    returns('in try and switch', 'export default (req) => { try { switch (req.a) { case 1: return new Response() } } catch {} }', 'new Response()')
    returns('a condition', 'export default (req) => req.a ? null : (new Response() as any)', 'new Response()')
    returns('a constant', 'const h = async () => new Response()\nexport default h', 'new Response()')
    returns('the first of two', 'export default (req) => { if (req.a) return new Response("1"); return new Response("2") }', 'new Response("1")')
    returns('NextResponse', `${next}export default () => NextResponse.json({})`, 'NextResponse.json({})')
    returns('NextResponse under another name', "import { NextResponse as R } from 'next/server'\nexport default () => new R('x')", "new R('x')")
    returns('NextResponse of somebody else', "import { NextResponse } from './mine'\nexport default () => NextResponse.json({})", undefined)
    returns('a Response of the file', 'class Response {}\nexport default () => new Response()', undefined)
    returns('an imported Response', "import { Response } from './mine'\nexport default () => new Response()", undefined)
    returns('a parameter', 'export default (req, Response) => Response.json({})', undefined)
    returns('a local one', 'export default () => { const { Response } = lib; return new Response() }', undefined)
    returns(
      'an inner function',
      'export default (req, res) => { const f = () => new Response(); function g() { return new Response() }; res.end() }',
      undefined,
    )
    returns('not returned', 'export default (req, res) => { const r = new Response("x"); res.send(r.body) }', undefined)
    returns('wrapped', 'export default wrap(() => new Response())', undefined)
    returns('another function', 'function other() { return new Response() }\nexport default (req, res) => { res.end() }', undefined)
    returns('a method of one', 'export default () => Response.json({}).text()', undefined)
  })

  describe('through imports', () => {
    /** `codes < notes`, each as what is underlined. */
    function follows(name: string, files: Record<string, string>, expected: readonly string[]): void {
      it(name, () => {
        const host = memoryHost(files)
        const report = createReport()
        analyseHandler(parse('pages/api/a.ts', host.read('pages/api/a.ts')), createModules(host), report)
        const text = ({ file, start, end }: { file: string; start: number; end: number }) => host.read(file).slice(start, end)
        assert.deepEqual(
          report.all().map(({ code, at, notes }) => [`${code}: ${text(at)}`, ...notes.map((note) => `${note.at.file}: ${text(note.at)}`)].join(' < ')),
          expected,
        )
      })
    }
    const lib = (text: string, route: string) => ({ 'pages/api/a.ts': route, 'lib/h.ts': text })
    follows('an object', lib('export default { a: 1 }', "export { default } from '../../lib/h'"), ['handler-not-function: default < lib/h.ts: { a: 1 }'])
    follows('an imported string', lib("export const h = 'x'", "import { h } from '../../lib/h'\nexport default h"), ["handler-not-function: h < lib/h.ts: 'x'"])
    follows('an imported class', lib('export class H {}', "import { H as X } from '../../lib/h'\nexport { X as default }"), [
      'handler-not-function: X < lib/h.ts: export class H {}',
    ])
    follows('a response', lib('export default () => Response.json(1)', "import h from '../../lib/h'\nexport default h"), [
      'handler-returns-response: h < lib/h.ts: Response.json(1)',
    ])
    follows('a function', lib('export default function h() {}', "export { default } from '../../lib/h'"), [])
    follows('a call', lib('export default make({})', "export { default } from '../../lib/h'"), [])
    follows('a variable', lib('export let h = {}', "export { h as default } from '../../lib/h'"), [])
    follows('a class with another value', lib('export class H {}\nH = () => {}', "export { H as default } from '../../lib/h'"), [])
    follows('CommonJS', lib('module.exports = {}', "import h from '../../lib/h'\nexport default h"), [])
    follows('a file that is not there', { 'pages/api/a.ts': "export { default } from './none'" }, [])
    follows('a circle', { 'pages/api/a.ts': "export { default } from './b'", 'pages/api/b.ts': "export { default } from './a'" }, [])
  })

  describe('the place other files point at', () => {
    place('export default function handler() {}', 'handler')
    place('export default function () {}', 'export default function () {}')
    place('export default () => {}', 'export default () => {}')
    place('function h() {}\nexport { h as default }', 'h as default')
    place("export { default } from './b'", 'default')
    place('const a = 1\nmodule.exports = h', 'module.exports = h', 'a.js')
    place('module.exports = 1\nexports.default = h', 'exports.default = h', 'a.js')
    place('', '')
  })
})
