import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { temporaryProject } from '../../../testing.ts'
import { createPackages, isBelow } from './packages.ts'

describe('createPackages', () => {
  const files = {
    'workspace/package.json': '{ "name": "whole" }',
    'workspace/app/package.json': '{ "name": "app" }',
    'workspace/ui/package.json': '{ "name": "@w/ui" }',
    'workspace/ui/src/package.json': '{ "type": "module" }',
  }

  /** `name dir` (`+` when installed) of the package that a file is part of; the project is `workspace/app`. */
  function owner(name: string, file: string, expected: string | undefined): void {
    it(name, (test) => {
      const folder = temporaryProject(test, files)
      const item = createPackages(join(folder, 'workspace/app')).of(join(folder, file))
      assert.equal(item && `${item.name} ${item.dir.slice(folder.length + 1)}${item.isInstalled ? ' +' : ''}`, expected)
    })
  }

  owner('a file of the project', 'workspace/app/lib/a.ts', undefined)
  owner('a file in the root of the project', 'workspace/app/a.ts', undefined)
  owner('an installed package', 'workspace/app/node_modules/p/lib/a.js', 'p workspace/app/node_modules/p +')
  owner('one with a scope', 'workspace/app/node_modules/@s/p/a.js', '@s/p workspace/app/node_modules/@s/p +')
  owner('one within another', 'workspace/app/node_modules/p/node_modules/q/a.js', 'q workspace/app/node_modules/p/node_modules/q +')
  owner('of pnpm', 'workspace/node_modules/.pnpm/p@1.0.0/node_modules/p/a.js', 'p workspace/node_modules/.pnpm/p@1.0.0/node_modules/p +')
  owner('above the project', 'node_modules/p/a.js', 'p node_modules/p +')
  owner('a file that lies in node_modules itself', 'workspace/app/node_modules/a.js', undefined)
  owner('a package of the workspace', 'workspace/ui/a.ts', '@w/ui workspace/ui')
  owner('a package.json without a name is none', 'workspace/ui/src/a.ts', '@w/ui workspace/ui')
  owner('what no nearer package has', 'workspace/shared/a.ts', 'whole workspace')
  owner('a folder whose name begins like the project', 'workspace/app2/a.ts', 'whole workspace')
  owner('a folder called like node_modules', 'workspace/app/my_node_modules/p/a.js', undefined)

  it('is the same object for two files of one package', (test) => {
    const packages = createPackages(temporaryProject(test, {}))
    assert.equal(packages.of('/x/node_modules/p/a.js'), packages.of('/x/node_modules/p/b/c.js'))
    assert.notEqual(packages.of('/x/node_modules/p/a.js'), packages.of('/y/node_modules/p/a.js'))
  })
  it('is nothing for a module that exists only in the bundle', () => assert.equal(createPackages('/x').of('runtime:a/node_modules/p/b.js'), undefined))
  it('is nothing for a package.json that is no JSON', (test) => {
    const folder = temporaryProject(test, { 'app/a.ts': '', 'ui/package.json': '{ "name": ' })
    assert.equal(createPackages(join(folder, 'app')).of(join(folder, 'ui/a.ts')), undefined)
  })
})

describe('isBelow', () => {
  function below(file: string, folder: string, expected: boolean): void {
    it(`${file} ${folder}`, () => assert.equal(isBelow(file, folder), expected))
  }
  below('/a/b', '/a', true)
  below('/a', '/a', true)
  below('/ab', '/a', false)
  below('/b', '/a', false)
  below('/a/..b', '/a', true)
  below('/', '/a', false)
})
