/** What server.js has of the runtime only if a module of the app mentions it: `ifMentioned`, in phases/5-bundle/runtime.ts. */

import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { build } from './build.ts'
import { createNodeHost } from './host-node.ts'
import type { BuildOptions } from './options.ts'
import { type FileMap, temporaryProject } from './testing.ts'

async function serverOf(test: TestContext, files: FileMap, options: BuildOptions = {}): Promise<string> {
  const { diagnostics, files: output } = await build(options, createNodeHost(temporaryProject(test, files)))
  assert.deepEqual(diagnostics, [])
  const server = output.get('server.js')
  assert.ok(server instanceof Uint8Array)
  return new TextDecoder().decode(server)
}

const route = (body: string, before = ''): FileMap => ({ 'pages/api/a.js': `${before}\nexport default async (req, res) => { ${body} }\n` })
const installed = { 'package.json': '{ "dependencies": { "one": "1" } }' }

describe('the code of res.revalidate', () => {
  function has(name: string, files: FileMap, expected: boolean): void {
    for (const options of [{}, { minify: true }]) {
      it(`${expected ? 'is in' : 'is not in'} ${name}${options.minify ? ', minified' : ''}`, async (test) => {
        const server = await serverOf(test, files, options)
        assert.equal(server.includes('REVALIDATE_ORIGIN'), expected)
        assert.equal(server.includes('x-prerender-revalidate'), expected)
      })
    }
  }

  has('a route that calls it', route(`await res.revalidate('/')`), true)
  has('one with packages', { ...route(`await res.revalidate('/')`), ...installed }, true)
  has('one that calls it by its name', route(`await res['revalidate']('/')`), true)
  has('one that takes it out of res', route(`const { revalidate } = res`), true)
  has(
    'a file that a route imports',
    { ...route('again(res)', `import { again } from '../../lib/again'`), 'lib/again.ts': `export const again = (res: any) => res.revalidate('/')` },
    true,
  )
  has(
    'a file that is imported later',
    { ...route(`(await import('../../lib/again')).again(res)`), 'lib/again.ts': `export const again = (res: any) => res.revalidate('/')` },
    true,
  )
  for (const packageJson of [{}, installed]) {
    has(
      'a package',
      {
        ...packageJson,
        ...route('again(res)', `import { again } from 'one'`),
        'node_modules/one/package.json': '{ "main": "one.js" }',
        'node_modules/one/one.js': `exports.again = (res) => res.revalidate('/')`,
      },
      true,
    )
  }
  has('a route with the word in a comment, for calls that nobody can see', route(`await res[req.query.method]('/') /* revalidate */`), true)

  has('a route without it', route('res.end()'), false)
  has('one with packages and without it', { ...route('res.end()'), ...installed }, false)
  has('one that sets Cache-Control', route(`res.setHeader('Cache-Control', 's-maxage=1, stale-while-revalidate=59, must-revalidate')`), false)
  has('one with a word like it', route('revalidated($revalidate, revalidate_, REVALIDATE, prerevalidate)', 'const revalidated = () => {}'), false)
  has('a file that no route imports', { ...route('res.end()'), 'lib/again.ts': `export const again = (res: any) => res.revalidate('/')` }, false)

  it('is in an app with a package outside of it, which may call it', async (test) => {
    const files = {
      ...installed,
      ...route('one(res)', `import one from 'one'`),
      'node_modules/one/package.json': '{ "main": "one.js" }',
      'node_modules/one/one.js': 'module.exports = () => {}',
    }
    assert.ok((await serverOf(test, files, { external: ['one'] })).includes('REVALIDATE_ORIGIN'))
  })

  it('is all that differs', async (test) => {
    const appOf = async (body: string) => {
      const server = await serverOf(test, { ...route(body), ...installed })
      return server.slice(server.indexOf('\n// pages/api/a.js'))
    }
    assert.equal((await appOf("'revalidate'")).replace('"revalidate"', '"plain text"'), await appOf("'plain text'"))
  })

  it('is the same in each build', async (test) => {
    const files = route(`await res.revalidate('/')`)
    assert.equal(await serverOf(test, files), await serverOf(test, files))
  })
})

describe('draft mode and preview data', () => {
  function has(name: string, files: FileMap, expected: boolean, options: BuildOptions = {}): void {
    it(`${expected ? 'are in' : 'are not in'} ${name}`, async (test) => {
      assert.equal((await serverOf(test, files, options)).includes('aes-256-gcm'), expected)
    })
  }
  for (const word of ['setDraftMode', 'setPreviewData', 'clearPreviewData']) has(`a route that calls ${word}`, route(`res.${word}()`), true)
  for (const word of ['draftMode', 'preview', 'previewData']) has(`a route that reads ${word}`, route(`res.json(req.${word})`), true)
  has('a route that takes it out of the request', route('const { draftMode } = req'), true)
  has(
    'a file that a route imports',
    { ...route('on(res)', `import { on } from '../../lib/on'`), 'lib/on.ts': 'export const on = (res: any) => res.setDraftMode()' },
    true,
  )
  has('a route without them', route('res.end()'), false)
  has('one with packages and without them', { ...route('res.end()'), ...installed }, false)
  has('a site with static pages', { 'pages/index.js': `export const getStaticProps = () => ({ props: {} })\nexport default () => ''` }, true, { pages: true })
  has(
    'an app with a package outside of it, which may ask for them',
    {
      ...installed,
      ...route('one(req)', `import one from 'one'`),
      'node_modules/one/package.json': '{ "main": "one.js" }',
      'node_modules/one/one.js': 'module.exports = () => {}',
    },
    true,
    { external: ['one'] },
  )
})
