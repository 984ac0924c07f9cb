import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createReport } from '../../report.ts'
import { parse } from './parse.ts'
import { reportSyntax } from './syntax.ts'

describe('reportSyntax', () => {
  /** `expected`: code, place as `line:column`, what is underlined, what the notes underline. */
  function reports(name: string, text: string, expected: readonly string[], file = 'a.ts'): void {
    it(name, () => {
      const report = createReport()
      const any = reportSyntax(parse(file, text), report)
      const found = report.all().map(({ code, at, notes }) => {
        const before = text.slice(0, at.start).split('\n')
        const place = `${before.length}:${(before.at(-1) ?? '').length + 1}`
        return [`${code} ${place} ${text.slice(at.start, at.end)}`, ...notes.map((note) => text.slice(note.at.start, note.at.end))].join(' < ')
      })
      assert.deepEqual([found, any], [expected, expected.some((line) => line.startsWith('syntax-error'))]) // `await` leaves the file readable
    })
  }

  function fine(text: string, file = 'a.ts'): void {
    reports(text, text, [], file)
  }

  describe('await in a function that is not async', () => {
    const handler = 'export default function handler(req, res) {\n  res.json(await query())\n}'
    reports('a function', handler, ['await-outside-async 2:12 await < export default function handler(req, res) {'])
    reports('Windows line ends', handler.replaceAll('\n', '\r\n'), ['await-outside-async 2:12 await < export default function handler(req, res) {'])
    reports('an arrow function', 'export default (req, res) => { await a() }', ['await-outside-async 1:32 await < (req, res) => { await a() }'])
    reports('an arrow without a body', 'export default () => await a()', ['await-outside-async 1:22 await < () => await a()'])
    reports('nested in an async one', 'async function f() {\n  items.map((item) => await load(item))\n}', [
      'await-outside-async 2:23 await < (item) => await load(item)',
    ])
    reports('a function expression', 'const f = function () { await a() }', ['await-outside-async 1:25 await < function () { await a() }'])
    reports('a function expression in an async function', 'async function f() { g(function () { await a() }) }', [
      'await-outside-async 1:38 await < function () { await a() }',
    ])
    reports('a method', 'class A {\n  run() { await a() }\n}', ['await-outside-async 2:11 await < run() { await a() }'])
    reports('a static method', 'class A {\n  static run() { await a() }\n}', ['await-outside-async 2:18 await < static run() { await a() }'])
    reports('a method of an object', 'const o = { run() { await a() } }', ['await-outside-async 1:21 await < run() { await a() }'])
    reports('a getter', 'const o = { get a() { return await b() } }', ['await-outside-async 1:30 await < get a() { return await b() }'])
    reports('a constructor', 'class A { constructor() { await a() } }', ['await-outside-async 1:27 await < constructor() { await a() }'])
    reports('a static block', 'class A { static { await a() } }', ['await-outside-async 1:20 await < static { await a() }'])
    reports('a static block in an async function', 'async function f() { class A { static { await a() } } }', [
      'await-outside-async 1:41 await < static { await a() }',
    ])
    reports('a generator', 'function* g() { yield await a() }', ['await-outside-async 1:23 await < function* g() { yield await a() }'])
    reports('the computed name of a method', 'function f() { class A { [await key()]() {} } }', [
      'await-outside-async 1:27 await < function f() { class A { [await key()]() {} } }',
    ])
    reports('twice', 'function f() { await a(); await b() }', [
      'await-outside-async 1:16 await < function f() { await a(); await b() }',
      'await-outside-async 1:27 await < function f() { await a(); await b() }',
    ])
    reports('in CommonJS', 'module.exports = function () { return await a() }', ['await-outside-async 1:39 await < function () { return await a() }'], 'a.js')
    reports('in JSX', 'const f = () => <p>{await a()}</p>', ['await-outside-async 1:21 await < () => <p>{await a()}</p>'], 'a.tsx')
  })

  describe('await where it may be', () => {
    fine('export default async function handler(req, res) { res.json(await query()) }')
    fine('export default async (req, res) => { await a() }')
    fine('export default async () => await a()')
    fine('async function* g() { yield await a() }')
    fine('const f = async function () { await a() }')
    fine('export default function h() { return wrap(async function () { await a() }) }')
    fine('module.exports = async function () { await a() }', 'a.js')
    fine('class A { async run() { await a() } static async go() { await a() } }')
    fine('const o = { async run() { await a() } }')
    fine('function f() { return async () => { await a() } }')
    fine('class A { static { const f = async () => await a() } }')
    fine('const value = await a()\nexport default () => value')
    fine('for await (const a of b()) { c(a) }')
    fine('async function f() { for await (const a of b) {} }')
    fine("const { a } = await import('./a')")
    fine('function f() { return { async [key]() { await a() } } }')
    fine('const f = async () => function () { return async function () { await a() } }')
    fine('class A { [await key()]() {} }')
    fine('async function f() { return { [await key()]() {} } }')
    fine('// await\nfunction f() { return "await" }')
    fine('function f() { return a.await }')
    fine('type T = { await: string }\nfunction f(awaited: T) { return awaited.await }')
  })

  describe('what cannot be parsed', () => {
    reports('a parenthesis is missing', 'export default function handler(req, res { }', ['syntax-error 1:42 {', 'syntax-error 1:45 '])
    reports('a brace is missing', 'export default function handler() {', ['syntax-error 1:36 '])
    reports('a string without an end', "const a = 'x", ['syntax-error 1:13 '])
    reports('no JavaScript at all', 'hello world', ['syntax-error 1:1 hello'])
    reports('JSX in .ts', 'const a = <p>text</p>', ['syntax-error 1:19 /p>'])
    reports('a line below', 'const a = 1\nconst = 2', ['syntax-error 2:7 =', 'syntax-error 2:9 2'])
  })

  describe('what can', () => {
    fine('')
    fine('// nothing')
    fine('const a = <p>text</p>', 'a.tsx')
    fine('const a = <p>text</p>', 'a.jsx')
    fine('const a = <p>text</p>', 'a.js')
    fine('const a = <T,>(value: T) => value', 'a.tsx')
    fine('namespace N { export const a = 1 }\nenum E { A }')
    fine('class A { accessor b = 1; #c = 2; static d }')
    fine('@dec class A { @dec method() {} }')
    fine("import data from './data.json' with { type: 'json' }")
    fine('using a = b()')
    fine('const a: number = "a type error is not ours to say"')
    fine('with (a) { b }', 'a.js')
    fine('\uFEFFexport default () => {}')
    fine('#!/usr/bin/env node\nexport default () => {}', 'a.js')
  })
})
