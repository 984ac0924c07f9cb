/** What a build asks of the world, as numbers that are the same on every machine. Its time is measured by `npm run bench:build`. */

import assert from 'node:assert/strict'
import childProcess, { type SpawnOptions } from 'node:child_process'
import type { Writable } from 'node:stream'
import { describe, it, mock, type TestContext } from 'node:test'
import { build } from './build.ts'
import type { Host } from './host.ts'
import { createNodeHost } from './host-node.ts'
import { type FileMap, temporaryProject } from './testing.ts'

/** Routes of one kind, so that only their number differs. */
function project(routes: number): FileMap {
  const route = `import { shared } from '../../../lib/shared'\nimport one from 'one'\nexport const config = { maxDuration: 5 }\nexport default () => [shared, one]\n`
  return {
    'lib/shared.ts': 'export const shared: string = __dirname\n',
    'node_modules/one/package.json': '{ "name": "one" }',
    'node_modules/one/index.js': 'module.exports = require("node:path").sep\n',
    ...Object.fromEntries(Array.from({ length: routes }, (_, i) => [`pages/api/r${i}/[id].ts`, route])),
  }
}

/** How often a build asks its host for what, as `read pages/api/a.ts`. */
async function askedOf(test: TestContext, routes: number): Promise<Map<string, number>> {
  const host = createNodeHost(temporaryProject(test, project(routes)))
  const asked = new Map<string, number>()
  const counted =
    <T>(name: string, ask: (path: string) => T) =>
    (path: string) => {
      const what = `${name} ${path}`
      asked.set(what, (asked.get(what) ?? 0) + 1)
      return ask(path)
    }
  const counting: Host = { ...host, read: counted('read', host.read), files: counted('files', host.files), exists: counted('exists', host.exists) }
  assert.deepEqual((await build({}, counting)).diagnostics, [])
  return asked
}

describe('what a build asks its host', () => {
  it('reads a file at most twice', async (test) => {
    const reads = [...(await askedOf(test, 10))].filter(([what, times]) => what.startsWith('read ') && times > 2)
    assert.deepEqual(reads, [])
  })
  it('lists a folder once, and asks no more of other kinds for more routes', async (test) => {
    const others = async (routes: number) => [...(await askedOf(test, routes))].filter(([what]) => !what.startsWith('read '))
    const few = await others(2)
    assert.deepEqual(
      few.filter(([what, times]) => what.startsWith('files ') && times > 1),
      [],
    )
    assert.deepEqual(await others(40), few)
  })
})

describe('what esbuild asks of a build', () => {
  /** Messages to its process: the request of a build, an answer for each callback of a plugin, and one a second that says we are alive. */
  let sent = 0
  /** Of these, requests of a bundle: the runtime is one, too. */
  let bundles = 0
  const { spawn } = childProcess
  mock.method(childProcess, 'spawn', (command: string, args: readonly string[], options: SpawnOptions) => {
    const child = spawn(command, args, options)
    const { stdin } = child
    const write = stdin?.write.bind(stdin)
    const counting = (...message: Parameters<Writable['write']>) => {
      sent++
      if (Buffer.from(message[0]).includes('absWorkingDir')) bundles++
      return write?.(...message)
    }
    if (stdin) Object.assign(stdin, { write: counting })
    return child
  })

  async function sentFor(test: TestContext, routes: number): Promise<number> {
    const before = sent
    await askedOf(test, routes)
    return sent - before
  }

  it('does not grow with the number of routes: a callback for each would be a message there and back', async (test) => {
    const few = await sentFor(test, 2)
    const many = await sentFor(test, 62)
    assert.ok(few > 1 && many - few < 30, `${few} messages for 2 routes, ${many} for 62`)
  })

  function bundled(name: string, files: FileMap, expected: number): void {
    it(`${name}: ${expected} bundles`, async (test) => {
      const before = bundles
      assert.deepEqual((await build({}, createNodeHost(temporaryProject(test, files)))).diagnostics, [])
      assert.equal(bundles - before, expected)
    })
  }

  const hello = { 'pages/api/hello.js': 'export default (req, res) => res.end()' }
  const revalidating = { 'pages/api/hello.js': 'export default (req, res) => res.revalidate()' }
  const dependencies = { 'package.json': '{ "dependencies": { "one": "1" } }', 'node_modules/one/package.json': '{}' }
  bundled('the runtime and the app', hello, 2)
  bundled('and a draft, when there may be packages in it', { ...hello, ...dependencies }, 3)
  bundled('both again, when the app needs more of the runtime', revalidating, 4)
  bundled('but not after a draft', { ...revalidating, ...dependencies }, 3)
})
