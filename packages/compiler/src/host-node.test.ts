import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { createNodeHost } from './host-node.ts'
import { type FileMap, temporaryProject } from './testing.ts'

const MANIFEST = 'manifest.json'

/** Everything below a folder and its texts; a folder that is not there is undefined. */
function contentsOf(folder: string): FileMap | undefined {
  if (!existsSync(folder)) return undefined
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = names.map((entry) => join(entry.parentPath, entry.name)).toSorted()
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]))
}

/** The manifest.json of a build that wrote these files. */
function manifestOf(...files: string[]): string {
  return JSON.stringify({ generator: 'apiroutes', files })
}

describe('createNodeHost', () => {
  function hostOf(test: TestContext, files: FileMap) {
    return createNodeHost(temporaryProject(test, files))
  }

  it('files: at any depth, dot files included, sorted by code unit', (test) => {
    const host = hostOf(
      test,
      Object.fromEntries(['b.ts', 'B.ts', 'a/c/[...d].ts', '.e/.f.ts', 'a b(1)!{x,y}*?.ts', '__proto__.ts', 'ü.ts'].map((file) => [`api/${file}`, ''])),
    )
    assert.deepEqual(
      host.files('api'),
      ['.e/.f.ts', 'B.ts', '__proto__.ts', 'a b(1)!{x,y}*?.ts', 'a/c/[...d].ts', 'b.ts', 'ü.ts'].map((file) => `api/${file}`),
    )
  })
  it('files: names that try to break out', (test) => {
    const names = ['api/";evil(".ts', 'api/a\nb.ts', 'api/a\u2028b.ts', 'api/back\\slash.ts']
    assert.deepEqual(hostOf(test, Object.fromEntries(names.map((name) => [name, '']))).files('api'), names.toSorted())
  })
  it('files: below a folder with a name full of patterns', (test) => {
    assert.deepEqual(hostOf(test, { '[a]{b,c}/*/d.ts': '' }).files('[a]{b,c}'), ['[a]{b,c}/*/d.ts'])
  })
  it('files: no folder, no files', (test) => assert.deepEqual(hostOf(test, { a: '' }).files('api'), []))
  it('files: a file is no folder', (test) => assert.deepEqual(hostOf(test, { api: '' }).files('api'), []))
  it('files: a linked folder counts', (test) => {
    const host = hostOf(test, { 'shared/a.ts': '', 'api/b.ts': '' })
    symlinkSync('../shared', join(host.root, 'api/linked'))
    assert.deepEqual(host.files('api'), ['api/b.ts', 'api/linked/a.ts'])
  })
  it('files: a linked file counts, a link to nothing does not', (test) => {
    const host = hostOf(test, { 'shared/a.ts': '', 'api/b.ts': '' })
    symlinkSync('../shared/a.ts', join(host.root, 'api/linked.ts'))
    symlinkSync('../shared/none.ts', join(host.root, 'api/broken.ts'))
    symlinkSync('itself.ts', join(host.root, 'api/itself.ts'))
    assert.deepEqual(host.files('api'), ['api/b.ts', 'api/linked.ts'])
  })
  it('files: links that lead round add nothing', (test) => {
    const host = hostOf(test, { 'api/..a/b.ts': '', 'api/c/d.ts': '', 'api-shared/e.ts': '' })
    const link = (to: string, from: string) => symlinkSync(to, join(host.root, 'api', from))
    link('.', 'self')
    link('..', '..a/parent')
    link('..', 'project')
    link('/', 'root')
    link('../api-shared', 'other')
    link('../c', '..a/c')
    link('../..a', 'c/a')
    assert.deepEqual(host.files('api'), ['api/..a/b.ts', 'api/..a/c/d.ts', 'api/c/a/b.ts', 'api/c/d.ts', 'api/other/e.ts'])
  })
  it('root: where the folder really is, and as it was given when there is none', (test) => {
    const { root } = hostOf(test, { 'app/a.ts': '' })
    symlinkSync('app', join(root, 'link'))
    assert.deepEqual(
      ['link', 'none'].map((name) => createNodeHost(join(root, name)).root),
      ['app', 'none'].map((name) => join(root, name)),
    )
  })
  it('exists: a file, not a folder, not nothing', (test) => {
    const host = hostOf(test, { 'a/b.ts': '' })
    assert.deepEqual(['a/b.ts', 'a', 'c', 'a/b.ts/c'].map(host.exists), [true, false, false, false])
  })
  it('read: the text', (test) => assert.equal(hostOf(test, { 'a.ts': 'ü\r\n' }).read('a.ts'), 'ü\r\n'))
  it('read: without a byte order mark', (test) => assert.equal(hostOf(test, { 'a.ts': '\uFEFFa' }).read('a.ts'), 'a'))
  it('read: throws for what is not there', (test) => assert.throws(() => hostOf(test, {}).read('a.ts')))
})

describe('replaceFolder', () => {
  /** Writes `files` to `out` of a project; `expected` is what is in the way and what the project then holds. */
  function replaces(name: string, before: FileMap, files: FileMap, expected: { readonly occupied?: string; readonly after: FileMap }): void {
    it(name, async (test) => {
      const root = temporaryProject(test, before)
      const contents = new Map(Object.entries(files).map(([file, text]) => [file, new TextEncoder().encode(text)]))
      const refusal = await createNodeHost(root).replaceFolder('out', contents)
      const occupied = expected.occupied === undefined ? undefined : { kind: 'occupied', name: expected.occupied }
      assert.deepEqual({ refusal, after: contentsOf(root) }, { refusal: occupied, after: expected.after })
    })
  }

  const build = { 'server.js': 'new', [MANIFEST]: manifestOf('server.js', MANIFEST) }
  const built = { 'out/server.js': 'new', [`out/${MANIFEST}`]: build[MANIFEST] ?? '' }
  const earlier = { 'out/server.js': 'old', [`out/${MANIFEST}`]: manifestOf('server.js', MANIFEST) }

  replaces('a new folder', {}, build, { after: built })
  replaces('a new folder in a new folder', { 'a.ts': '' }, { 'server.js': 'new' }, { after: { 'a.ts': '', 'out/server.js': 'new' } })
  replaces('an earlier build', earlier, build, { after: built })
  replaces("a stranger's file is kept", { ...earlier, 'out/notes.txt': 'mine', 'out/data/a.db': 'mine' }, build, {
    after: { ...built, 'out/notes.txt': 'mine', 'out/data/a.db': 'mine' },
  })
  replaces("a stranger's folder of files is kept", { 'out/notes.txt': 'mine' }, build, { after: { ...built, 'out/notes.txt': 'mine' } })
  replaces(
    'a file of an earlier build that this one has not is removed',
    { ...earlier, 'out/chunk.js': 'old', [`out/${MANIFEST}`]: manifestOf('server.js', 'chunk.js', MANIFEST) },
    build,
    {
      after: built,
    },
  )
  replaces('a file in the way is refused', { 'out/server.js': 'mine' }, build, { occupied: 'server.js', after: { 'out/server.js': 'mine' } })
  replaces(
    'the last file in the way too: nothing is changed',
    { ...earlier, 'out/z.js': 'mine' },
    { ...build, 'z.js': 'new' },
    {
      occupied: 'z.js',
      after: { ...earlier, 'out/z.js': 'mine' },
    },
  )
  replaces('a manifest.json of another program', { [`out/${MANIFEST}`]: '{ "files": ["server.js"] }', 'out/server.js': 'mine' }, build, {
    occupied: 'server.js',
    after: { [`out/${MANIFEST}`]: '{ "files": ["server.js"] }', 'out/server.js': 'mine' },
  })
  for (const text of ['', 'not JSON', '[]', 'null', '5', '{ "generator": "apiroutes" }', '{ "generator": "apiroutes", "files": "server.js" }']) {
    replaces(
      `a manifest.json of ${JSON.stringify(text)}`,
      { 'out/server.js': 'mine', [`out/${MANIFEST}`]: text },
      { 'server.js': 'new' },
      {
        occupied: 'server.js',
        after: { 'out/server.js': 'mine', [`out/${MANIFEST}`]: text },
      },
    )
  }
  replaces(
    'a manifest.json that names files elsewhere',
    {
      ...earlier,
      'mine.txt': 'mine',
      'out/sub/old.txt': 'old',
      'out/sub2/old.txt': 'old',
      'out/sub2/mine.txt': 'mine',
      [`out/${MANIFEST}`]: manifestOf(
        '../mine.txt',
        'sub/../../mine.txt',
        'sub/old.txt',
        'sub2/old.txt',
        '/mine.txt',
        '..',
        '.',
        'sub',
        'gone.js',
        '',
        MANIFEST,
        'server.js',
      ),
    },
    build,
    { after: { ...built, 'mine.txt': 'mine', 'out/sub2/mine.txt': 'mine' } },
  )

  it('what cannot be written leaves the old output', async (test) => {
    const root = temporaryProject(test, earlier)
    const broken = new Map<string, Uint8Array>([
      ['server.js', new TextEncoder().encode('new')],
      ['server.js/is-no-folder.js', new Uint8Array()],
    ])
    assert.equal((await createNodeHost(root).replaceFolder('out', broken))?.kind, 'unwritable')
    assert.deepEqual(contentsOf(root), earlier)
    assert.deepEqual(readdirSync(root), ['out'])
  })

  it('a folder beside a link to the project', async (test) => {
    const root = temporaryProject(test, { 'real/app/a': '' })
    symlinkSync('real/app', join(root, 'link'))
    await createNodeHost(join(root, 'link')).replaceFolder('../out', new Map([['b', new Uint8Array()]]))
    assert.ok(existsSync(join(root, 'out/b')))
  })

  it('an absolute folder', async (test) => {
    const [root, other] = [temporaryProject(test, { a: '' }), temporaryProject(test, {})]
    await createNodeHost(root).replaceFolder(join(other, 'x'), new Map([['b', new Uint8Array()]]))
    assert.deepEqual([contentsOf(root), contentsOf(other)], [{ a: '' }, { 'x/b': '' }])
  })
})
