import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { BuildOptions } from '../options.ts'
import { type Arguments, parseArguments } from './arguments.ts'

describe('parseArguments', () => {
  const split = (line: string) => line.split(' ').filter(Boolean)

  function parsed(line: string, expected: Arguments): void {
    it(line, () => assert.deepEqual(parseArguments(split(line)), expected))
  }

  function build(line: string, options: BuildOptions = {}, output: 'text' | 'json' | 'quiet' = 'text'): void {
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
    build('build --strict', { strict: true })
    build('build --json', {}, 'json')
    build('build --quiet', {}, 'quiet')
    build('build -q', {}, 'quiet')
    build('build -q --strict --minify app', { dir: 'app', minify: true, strict: true }, 'quiet')
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
    wrong('build --sourcemap', '--sourcemap')
  })

  describe('routes', () => {
    parsed('routes', { kind: 'routes', dir: '.', output: 'text' })
    parsed('routes app --json', { kind: 'routes', dir: 'app', output: 'json' })
    wrong('routes --minify', '--minify')
    wrong('routes -o x', '--out-dir')
    wrong('routes --quiet', '--quiet')
    wrong('routes a b', '"b"')
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
