import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { messageOf } from '../../diagnostics/diagnostic.ts'
import type { Host } from '../../host.ts'
import { createReport } from '../../report.ts'
import { type FileMap, linkNames, memoryHost } from '../../testing.ts'
import { reportHealthPaths } from './health-paths.ts'

describe('reportHealthPaths', () => {
  interface World {
    readonly env?: Host['env']
    readonly files?: FileMap
    readonly read?: Host['read']
  }

  function said(routes: readonly string[], { files = {}, ...world }: World) {
    const report = createReport()
    reportHealthPaths(linkNames(routes), { ...memoryHost(files), ...world }, report)
    return report.all()
  }

  /** `VARIABLE file` of each warning; files are relative to `pages/api`. */
  function warns(name: string, routes: readonly string[], world: World, expected: readonly string[]): void {
    it(name, () => {
      const found = said(routes, world).map((item) =>
        item.code === 'health-path-taken' ? `${item.args.variable} ${item.at.file.slice('pages/api/'.length)}` : item.code,
      )
      assert.deepEqual(found, expected)
    })
  }

  const all = ['[...path].ts', 'a.ts', 'b/[id].ts']
  warns('nothing is set', all, {}, [])
  warns('a static route', all, { env: { LIVEZ_PATH: '/api/a' } }, ['LIVEZ_PATH a.ts'])
  warns('a dynamic route', all, { env: { READYZ_PATH: '/api/b/ready' } }, ['READYZ_PATH b/[id].ts'])
  warns('a catch-all', all, { env: { READYZ_PATH: '/api/c/d' } }, ['READYZ_PATH [...path].ts'])
  warns('both', all, { env: { LIVEZ_PATH: '/api/a', READYZ_PATH: '/api/c' } }, ['READYZ_PATH [...path].ts', 'LIVEZ_PATH a.ts'])
  warns('a path beside the routes', all, { env: { LIVEZ_PATH: '/a', READYZ_PATH: '/' } }, [])
  warns('a folder of the routes', ['a/b.ts'], { env: { LIVEZ_PATH: '/api/a' } }, [])
  warns('an optional catch-all', ['a/[[...rest]].ts'], { env: { LIVEZ_PATH: '/api/a' } }, ['LIVEZ_PATH a/[[...rest]].ts'])
  warns('off', all, { env: { LIVEZ_PATH: '' }, files: { '.env': 'LIVEZ_PATH=/api/a' } }, [])

  describe('where the paths come from', () => {
    const define = (...files: readonly string[]): FileMap => Object.fromEntries(files.map((file) => [file, `LIVEZ_PATH="/api/${file.slice(1)}" # here`]))
    const order = ['.env.production.local', '.env.local', '.env.production', '.env']
    const routes = order.map((file) => `${file.slice(1)}.ts`)
    for (const [i, file] of order.entries())
      warns(`${file} before what follows`, routes, { files: define(...order.slice(i)) }, [`LIVEZ_PATH ${file.slice(1)}.ts`])
    warns('the environment before all files', routes, { env: { LIVEZ_PATH: '/x' }, files: define(...order) }, [])
    warns('each variable on its own', ['a.ts', 'b.ts'], { files: { '.env.local': 'LIVEZ_PATH=/api/a', '.env': 'READYZ_PATH=/api/b' } }, [
      'LIVEZ_PATH a.ts',
      'READYZ_PATH b.ts',
    ])
    warns('files of development do not count', ['a.ts'], { files: { '.env.development': 'LIVEZ_PATH=/api/a', '.env.test': 'LIVEZ_PATH=/api/a' } }, [])
    const read = () => assert.fail('EACCES')
    warns('a file that cannot be read', ['a.ts'], { files: { '.env': 'LIVEZ_PATH=/api/a' }, read }, [])
  })

  it('says whether it is the path of the route, or one of many', () => {
    const [other, own] = said(all, { env: { LIVEZ_PATH: '/api/a', READYZ_PATH: '/api/c' } }).map(messageOf)
    assert.match(own ?? '', /^this route answers \/api\/a, which is LIVEZ_PATH, /)
    assert.match(other ?? '', /^this route is also asked for \/api\/c, which is READYZ_PATH, /)
  })
})
