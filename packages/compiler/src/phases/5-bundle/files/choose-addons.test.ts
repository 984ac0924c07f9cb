import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { temporaryProject } from '../../../testing.ts'
import { chooseAddons } from './choose-addons.ts'
import { createPackages } from './packages.ts'

/** As much of an addon as says what it is for; of the machines only x64 and ia32 can be written as text. */
const X64 = `\x7fELF\x02\x01${'\0'.repeat(12)}\x3E${'\0'.repeat(45)}libc.so.6`
const IA32 = X64.replace('\x3E', '\x03')
const X64_MUSL = X64.replace('libc.so.6', 'libc.musl-')

describe('chooseAddons for linux-x64', () => {
  /** Files of node_modules, those of them that were traced, and what is copied; after `!` what is for another platform. */
  function chooses(name: string, files: Readonly<Record<string, string>>, traced: readonly string[], expected: readonly string[]): void {
    it(name, (test) => {
      const root = temporaryProject(test, Object.fromEntries(Object.entries(files).map(([file, text]) => [`node_modules/${file}`, text])))
      const from = (file: string) => join(root, 'node_modules', file)
      const copies = new Map(traced.map((file) => [`node_modules/${file}`, { from: from(file), why: 'why', isRelative: false }]))
      const { copies: chosen, foreign } = chooseAddons(copies, 'linux-x64', createPackages(root))
      for (const [to, copy] of chosen) assert.equal(join(root, to), copy.from)
      const name = (path: string) => path.replace(/.*?node_modules\//, '')
      assert.deepEqual([...[...chosen.keys()].map(name), ...foreign.map(({ file, platform }) => `! ${name(file)} ${platform}`)], expected)
    })
  }

  const p = { 'p/package.json': '{ "name": "p" }' }
  const family = (name: string) => ({ [`@img/p-${name}/package.json`]: `{ "name": "@img/p-${name}", "os": ["linux"] }` })
  chooses('the right one', { ...p, 'p/a.node': X64 }, ['p/a.node'], ['p/a.node'])
  chooses('the wrong one', { ...p, 'p/a.node': IA32 }, ['p/a.node'], ['! p/a.node linux-ia32'])
  chooses('the wrong C library', { ...p, 'p/a.node': X64_MUSL }, ['p/a.node'], ['! p/a.node linux-x64-musl'])
  chooses('both: the right one is enough', { ...p, 'p/a.node': X64, 'p/b.node': IA32 }, ['p/a.node', 'p/b.node'], ['p/a.node'])
  chooses('the wrong one, and the right one was not traced', { ...p, 'p/a.node': IA32, 'p/pre/b.node': X64 }, ['p/a.node'], ['p/pre/b.node'])
  chooses(
    'the right one of another package does not count',
    { ...p, 'p/a.node': IA32, 'p/node_modules/q/a.node': X64 },
    ['p/a.node'],
    ['! p/a.node linux-ia32'],
  )
  chooses('what is no program', { ...p, 'p/a.node': 'text' }, ['p/a.node'], ['p/a.node'])
  chooses('other files are left alone', { ...p, 'p/a.so': IA32, 'p/x.js': '' }, ['p/a.so', 'p/x.js'], ['p/a.so', 'p/x.js'])
  chooses('a package without package.json', { 'p/a.node': IA32 }, ['p/a.node'], ['! p/a.node linux-ia32'])
  chooses(
    'a package for each platform',
    { ...family('linux-x64'), ...family('linux-ia32'), '@img/p-linux-x64/a.node': X64, '@img/p-linux-ia32/a.node': IA32 },
    ['@img/p-linux-x64/a.node', '@img/p-linux-ia32/a.node'],
    ['@img/p-linux-x64/a.node'],
  )
  chooses(
    'a package for each platform, without ours',
    { ...family('linux-ia32'), '@img/p-linux-ia32/a.node': IA32 },
    ['@img/p-linux-ia32/a.node'],
    ['! @img/p-linux-ia32/a.node linux-ia32'],
  )
})
