import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { BuildOptions } from '../options.ts'
import { type Arguments, type Output, parseArguments } from './arguments.ts'

describe('parseArguments', () => {
  const split = (line: string) => line.split(' ').filter(Boolean)

  function parsed(line: string, expected: Arguments): void {
    it(line, () => assert.deepEqual(parseArguments(split(line)), expected))
  }

  const text: Output = { format: 'text', quiet: false }
  const json: Output = { format: 'json', quiet: false }
  const quiet: Output = { format: 'text', quiet: true }

  function build(line: string, options: BuildOptions = {}, output: Output = text): void {
    parsed(line, { kind: 'build', options: { dir: '.', ...options }, output })
  }

  /** `names` is what the message has to name. */
  function wrong(line: string, names: string): void {
    it(`wrong: ${line || '(nothing)'}`, () => {
      const found = parseArguments(split(line))
      assert.ok(found.kind === 'wrong' && found.message.includes(names), JSON.stringify(found))
    })
  }

  describe('build', () => {
    build('build')
    build('build app', { dir: 'app' })
    build('build ../a/b', { dir: '../a/b' })
    build('build --out-dir x', { outDir: 'x' })
    build('build --out-dir=x', { outDir: 'x' })
    build('build -o x', { outDir: 'x' })
    build('build -ox', { outDir: 'x' })
    build('build app --out-dir x', { dir: 'app', outDir: 'x' })
    build('build --out-dir x app', { dir: 'app', outDir: 'x' })
    build('--out-dir x build app', { dir: 'app', outDir: 'x' })
    build('build --out-dir x --out-dir y', { outDir: 'y' })
    build('build --minify', { minify: true })
    build('build --no-sourcemap', { sourcemap: false })
    build('build --external a', { external: ['a'] })
    build('build --external a --external=@b/c', { external: ['a', '@b/c'] })
    build('build --pages', { pages: true })
    build('build --pages --prerender', { pages: true, prerender: true })
    build('build --prerender --pages app', { dir: 'app', pages: true, prerender: true })
    build('build --pages --page-store lib/store.ts', { pages: true, pageStore: 'lib/store.ts' })
    wrong('build --prerender', '--pages')
    wrong('build --page-store lib/store.ts', '--pages')
    wrong('build --pages --page-store', '--page-store')
    wrong('build --pages --page-store=', '--page-store')
    wrong('build --pages=yes', '--pages')
    build('build --strict', { strict: true })
    build('build --json', {}, json)
    build('build --format json', {}, json)
    build('build --format=json --json', {}, json)
    build('build --format text', {}, text)
    build('build --format github', {}, { format: 'github', quiet: false })
    build('build --format github -q', {}, { format: 'github', quiet: true })
    build('build --quiet', {}, quiet)
    build('build -q', {}, quiet)
    build('build -q --strict --minify app', { dir: 'app', minify: true, strict: true }, quiet)
    build('build -- --odd', { dir: '--odd' })
    wrong('build a b', '"b"')
    wrong('build --watch', '--watch')
    wrong('build -x', '-x')
    wrong('build --out-dir', '--out-dir')
    wrong('build --out-dir=', '--out-dir')
    wrong('build --external', '--external')
    wrong('build --external=', '--external')
    wrong('build --minify=yes', '--minify')
    wrong('build --json --quiet', '--quiet')
    wrong('build --format json --quiet', '--quiet')
    wrong('build --format', '--format')
    wrong('build --format=', '--format')
    wrong('build --format xml', 'github')
    wrong('build --format JSON', 'json')
    wrong('build --format github --json', '--json')
    wrong('build --sourcemap', '--sourcemap')
  })

  describe('routes', () => {
    parsed('routes', { kind: 'routes', dir: '.', pages: false, format: 'text' })
    parsed('routes app --json', { kind: 'routes', dir: 'app', pages: false, format: 'json' })
    parsed('routes --format github', { kind: 'routes', dir: '.', pages: false, format: 'github' })
    parsed('routes --pages', { kind: 'routes', dir: '.', pages: true, format: 'text' })
    wrong('routes --prerender', '--prerender')
    wrong('routes --minify', '--minify')
    wrong('routes -o x', '--out-dir')
    wrong('routes --quiet', '--quiet')
    wrong('routes a b', '"b"')
  })

  describe('check', () => {
    parsed('check', { kind: 'check', dir: '.', pages: false, strict: false, output: text })
    parsed('check app --strict', { kind: 'check', dir: 'app', pages: false, strict: true, output: text })
    parsed('check --json', { kind: 'check', dir: '.', pages: false, strict: false, output: json })
    parsed('check --format github -q', { kind: 'check', dir: '.', pages: false, strict: false, output: { format: 'github', quiet: true } })
    parsed('check --pages', { kind: 'check', dir: '.', pages: true, strict: false, output: text })
    wrong('check --pages --page-store a.ts', '--page-store')
    wrong('check --minify', '--minify')
    wrong('check --json -q', '--quiet')
    wrong('check a b', '"b"')
  })

  describe('explain', () => {
    parsed('explain route-conflict', { kind: 'explain', code: 'route-conflict' })
    wrong('explain', 'code')
    wrong('explain a b', '"b"')
    wrong('explain a --json', '--json')
  })

  describe('help and version', () => {
    for (const line of ['--help', '-h', 'build --help', 'routes -h', '--help --version', 'nonsense --help']) parsed(line, { kind: 'help' })
    for (const line of ['--version', '-v', 'build -v']) parsed(line, { kind: 'version' })
    wrong('--help=yes', '--help')
  })

  describe('no such command', () => {
    wrong('', 'command')
    wrong('app', '"app"')
    wrong('biuld', '"biuld"')
    wrong('Build', '"Build"')
    wrong('__proto__', '"__proto__"')
    wrong('constructor', '"constructor"')
  })
})
