import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { messageOf } from '../../diagnostics/diagnostic.ts'
import { createReport } from '../../report.ts'
import { type FileMap, memoryHost } from '../../testing.ts'
import { analyseInstrumentation } from './instrumentation-exports.ts'
import { createModules } from './modules.ts'
import { parse } from './parse.ts'

describe('analyseInstrumentation', () => {
  function analysed(text: string, { file = 'instrumentation.ts', ...files }: { readonly file?: string } & FileMap) {
    const host = memoryHost({ [file]: text, ...files })
    const report = createReport()
    analyseInstrumentation(parse(file, host.read(file)), createModules(host), report)
    const place = (at: { readonly file: string; readonly start: number; readonly end: number }) => host.read(at.file).slice(at.start, at.end)
    return report
      .all()
      .map((item) => ({ ...item, text: [place(item.at), ...item.notes.map(({ at }) => `${at.file} ${place(at)}`)].join(' < '), message: messageOf(item) }))
  }
  type Others = Parameters<typeof analysed>[1]
  const js = { file: 'instrumentation.js' }

  function works(text: string, others: Others = {}): void {
    it(`works: ${text}`, () => assert.deepEqual(analysed(text, others), []))
  }
  /** Nothing is called; that is said once. */
  function empty(text: string, others: Others = {}): void {
    it(`empty: ${text}`, () =>
      assert.deepEqual(
        analysed(text, others).map(({ code }) => code),
        ['instrumentation-empty'],
      ))
  }
  /** `what` it is, and the text that is pointed at, with those of the notes. */
  function refused(text: string, what: string, at: string, others: Others = {}): void {
    it(`refused: ${text}`, () => {
      const found = analysed(text, others)
      assert.deepEqual(
        found.map((item) => [item.code, item.text]),
        [['instrumentation-not-function', at]],
      )
      assert.match(found[0]?.message ?? '', new RegExp(`is ${what}, and must be a function$`))
    })
  }
  function slip(text: string, written: string, meant: string | undefined, { at = written, ...others }: Others & { readonly at?: string } = {}): void {
    it(`slip: ${text}`, () => {
      const found = analysed(text, others).map((item) => (item.code === 'instrumentation-name' ? [item.args, item.text] : item.code))
      assert.deepEqual(found, meant === undefined ? ['instrumentation-empty'] : [[{ name: written, nearest: meant }, at]])
    })
  }

  describe('every form of an export', () => {
    works('export function register() {}')
    works('export async function register() {}')
    works('export const register = async () => {}')
    works('export const onRequestError: Instrumentation.onRequestError = async (error, request) => {}')
    works('export function onShutdown() {}')
    works('function a() {}\nexport { a as register }')
    works("import { a } from './a'\nexport { a as register }", { 'a.ts': 'export function a() {}' })
    works("export { register } from './a'", { 'a.ts': 'export const register = () => {}' })
    works("export { register } from 'not-installed'")
    works("export * from './a'", { 'a.ts': 'export const register = () => {}' })
    works("export * from './a'", { 'a.ts': "export * from './b'", 'b.ts': 'export const onShutdown = () => {}' })
    works("export const { register } = await import('./a')")
    works('export const register = process.env.TRACE ? start : undefined')
    works('export const register = start()')
    works('export let register')
    works('export declare function register(): void\nexport function onShutdown() {}')
  })

  describe('a default export', () => {
    works('export default { register() {} }')
    works('const hooks = { register }\nfunction register() {}\nexport default hooks')
    works("export { default } from './a'", { 'a.ts': 'export default { onShutdown: () => {} }' })
    works('export default createHooks()')
    works('export default { ...hooks }')
    empty('export default { start() {} }')
    empty('export default function register() {}')
    empty('export default class Hooks { register() {} }')
    refused('export default { register: 5 }', 'a number', '5')
    refused("export { default } from './a'", 'a string', "default < a.ts 'x'", { 'a.ts': "export default { register: 'x' }" })
  })

  describe('CommonJS', () => {
    works('exports.register = () => {}', js)
    works('module.exports.register = () => {}', js)
    works('module.exports = { register() {} }', js)
    works('module.exports = { register: async () => {}, onRequestError }\nfunction onRequestError() {}', js)
    works("module.exports = require('./a')", js)
    works("Object.assign(exports, require('./a'))", js)
    works("module['exports'] = { register() {} }", js)
    works('exports.register = void 0\nexports.register = register\nfunction register() {}', js)
    works('export = { register() {} }')
    empty('module.exports = { start() {} }', js)
    empty('module.exports = () => {}', js)
    empty('exports.start = () => {}', js)
    empty('exports.register = () => {}\nmodule.exports = {}', js)
    empty('start()', js)
    refused('exports.register = {}', 'an object', '{}', js)
    refused("module.exports = { onShutdown: 'x' }", 'a string', "'x'", js)
    slip('exports.Register = () => {}', 'Register', 'register', { ...js, at: 'exports.Register' })
  })

  describe('provably no function', () => {
    refused("export const register = 'x'", 'a string', "'x'")
    refused('export const onRequestError = { a: 1 } as Handler', 'an object', '{ a: 1 }')
    refused('export class register {}', 'a class', 'register')
    refused('export function* register() {}', 'a generator', 'register')
    refused('export enum onShutdown { A }', 'an enum', 'onShutdown')
    refused('const a = 5\nexport { a as register }', 'a number', '5')
    refused("export { a as register } from './a'", 'a number', 'a as register < a.ts 5', { 'a.ts': 'export const a = 5' })
    refused("export * from './a'", 'a number', "export * from './a' < a.ts 5", { 'a.ts': 'export const register = 5' })
  })

  describe('none of them', () => {
    empty('')
    empty('// later')
    empty("import './tracing'")
    empty('export const tracer = start()')
    empty('export type register = () => void')
    empty('export interface onRequestError {}')
    empty("export * from './a'", { 'a.ts': 'export const start = () => {}' })
    works("export * from './nowhere'")
    works("export * from 'package'")
    works("export * from './a'", { 'a.js': 'exports.start = 1' })
  })

  describe('nearly a name', () => {
    slip('export function onrequesterror() {}', 'onrequesterror', 'onRequestError')
    slip('export const Register = () => {}', 'Register', 'register')
    slip('function a() {}\nexport { a as onShutDown }', 'onShutDown', 'onShutdown', { at: 'a as onShutDown' })
    slip('export function shutdown() {}', 'shutdown', 'onShutdown')
    slip('export function registerOTel() {}', 'registerOTel', undefined)
    slip('export const registry = {}', 'registry', undefined)
    it('beside a hook that is right', () => {
      const found = analysed('export function register() {}\nexport function onRequestErr() {}', {})
      assert.deepEqual(
        found.map((item) => [item.code, item.text]),
        [['instrumentation-name', 'onRequestErr']],
      )
    })
    works('export function onShutdown() {}\nexport function onShutDown() {}')
  })
})
