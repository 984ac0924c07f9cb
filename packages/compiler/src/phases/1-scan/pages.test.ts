import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { NO_PAGES, type PageOptions } from '../../options.ts'
import { createReport } from '../../report.ts'
import { memoryHost, saidOf, shapeOf } from '../../testing.ts'
import { scan } from './scan.ts'

describe('scan, with --pages', () => {
  function scanned(files: readonly string[], options: PageOptions) {
    const report = createReport()
    const found = scan(memoryHost(Object.fromEntries(files.map((file) => [file, '']))), report, options)
    return { ...found, codes: saidOf(report.all()) }
  }

  /** The pages as `file /path`. */
  function finds(name: string, files: readonly string[], pages: readonly string[], codes: readonly string[] = []): void {
    it(name, () => {
      const found = scanned(files, { pages: true })
      assert.deepEqual([found.pages?.files.map(({ file, segments }) => `${file} /${shapeOf(segments)}`), found.codes], [pages, codes])
    })
  }

  /** A file below `pages`, by the path it answers. */
  function page(file: string, path: string, codes: readonly string[] = []): void {
    finds(`${file} answers ${path}`, [`pages/${file}`], [`pages/${file} ${path}`], codes)
  }

  function ignored(file: string, codes: readonly string[] = []): void {
    finds(`${file} is no page`, ['pages/a.ts', `pages/${file}`], ['pages/a.ts /a'], codes)
  }

  describe('names', () => {
    for (const extension of ['tsx', 'jsx', 'ts', 'js']) page(`a.${extension}`, '/a')
    page('index.tsx', '/')
    page('posts/index.tsx', '/posts')
    page('index/index.tsx', '/index')
    page('index/index/index.tsx', '/index/index')
    page('posts/[id].tsx', '/posts/:id')
    page('[slug].tsx', '/:slug')
    page('[[...path]].tsx', '/*path?')
    page('[...path].tsx', '/*path')
    page('_private.tsx', '/_private')
    page('apis.tsx', '/apis')
    page('api-docs/index.tsx', '/api-docs')
    page('a/api/b.tsx', '/a/api/b')
    page('feed.xml.ts', '/feed.xml')
    page('constructor.tsx', '/constructor')
    page('a.test.tsx', '/a.test', ['test-file pages/a.test.tsx'])
    page('__tests__/index.tsx', '/__tests__', ['test-file pages/__tests__/index.tsx'])
    page('pre-[id].tsx', '/pre-[id]', ['looks-dynamic pages/pre-[id].tsx'])
    for (const file of ['a.css', 'a.module.scss', 'a.json', 'a.md', 'a.d.ts', 'index.d.mts', 'README']) ignored(file)
    for (const file of ['b.mts', 'b.mjs', 'c/b.cts', 'b.cjs']) ignored(file, [`file-ignored pages/${file}`])
    ignored('[..a].tsx', ['segment-dots pages/[..a].tsx'])
    ignored('_middleware.ts', ['reserved-name pages/_middleware.ts'])
  })

  describe('names of Next.js', () => {
    for (const name of ['_app.tsx', '_error.js', '404.tsx', '500.jsx', '_app/index.tsx', '404/index.ts']) ignored(name, [`page-special pages/${name}`])
    page('a/_app.tsx', '/a/_app')
    page('a/404.tsx', '/a/404')
    page('4040.tsx', '/4040')
    page('toString.tsx', '/toString')
  })

  describe('the document', () => {
    function document(name: string, files: readonly string[], expected: string | undefined, codes: readonly string[] = []): void {
      it(name, () => {
        const found = scanned(['pages/a.ts', ...files], { pages: true })
        assert.deepEqual([found.pages?.document, found.pages?.files.length, found.codes], [expected, 1, codes])
      })
    }
    document('none', [], undefined)
    for (const extension of ['tsx', 'jsx', 'ts', 'js']) document(extension, [`pages/_document.${extension}`], `pages/_document.${extension}`)
    document('in a folder of its name', ['pages/_document/index.tsx'], 'pages/_document/index.tsx')
    document('ignored', ['pages/_document.mjs'], undefined, ['file-ignored pages/_document.mjs'])
    document('two', ['pages/_document.ts', 'pages/_document.js'], 'pages/_document.js', ['document-conflict pages/_document.ts'])
  })

  describe('folders', () => {
    finds('beside API routes', ['pages/api/a.ts', 'pages/api.ts', 'pages/index.tsx'], ['pages/index.tsx /'])
    finds('src/pages', ['src/pages/index.tsx'], ['src/pages/index.tsx /'])
    finds('those of the API routes', ['pages/a.tsx', 'src/pages/api/b.ts', 'src/pages/c.tsx'], ['src/pages/c.tsx /c'], ['folder-ignored pages/a.tsx'])
    finds(
      'those of the API routes, even if there are none',
      ['pages/a.tsx', 'src/pages/api/b.ts'],
      [],
      ['no-pages src/pages', 'folder-ignored pages/a.tsx'].toSorted(),
    )
    finds('pages wins over src/pages', ['pages/a.tsx', 'src/pages/b.tsx'], ['pages/a.tsx /a'], ['folder-ignored src/pages/b.tsx'])
    finds('files that are no pages do not count', ['pages/a.css', 'src/pages/b.tsx'], ['src/pages/b.tsx /b'])
    finds('nothing at all', [], [], ['no-routes pages'])
    finds('only a document', ['pages/_document.tsx'], [], ['no-routes pages'])
    finds('only API routes', ['pages/api/a.ts'], [], ['no-pages pages'])
    finds('only API routes, in src', ['src/pages/api/a.ts'], [], ['no-pages src/pages'])
    finds('only a mistake says the mistake alone', ['pages/_app.tsx'], [], ['page-special pages/_app.tsx'])
    finds('only a mistake, beside API routes', ['pages/api/a.ts', 'pages/_app.tsx'], [], ['page-special pages/_app.tsx'])
  })

  describe('--page-store', () => {
    function store(given: string, expected: string, codes: readonly string[] = []): void {
      it(given, () => {
        const found = scanned(['pages/a.ts', 'lib/store.ts'], { pages: true, pageStore: given })
        assert.deepEqual([found.pages?.store, found.codes], [expected, codes])
      })
    }
    store('lib/store.ts', 'lib/store.ts')
    store('./lib/../lib/store.ts', 'lib/store.ts')
    store('/project/lib/store.ts', 'lib/store.ts')
    store('lib/store', 'lib/store', ['page-store-missing lib/store'])
    store('lib', 'lib', ['page-store-missing lib'])
  })

  it('nothing of this without --pages, and no folder is listed but that of the API routes', () => {
    const files = ['pages/api/a.ts', 'pages/index.tsx', 'pages/_app.tsx', 'pages/_document.tsx', 'src/pages/b.tsx']
    const host = memoryHost(Object.fromEntries(files.map((file) => [file, ''])))
    const listed: string[] = []
    const report = createReport()
    const list = (folder: string) => {
      listed.push(folder)
      return host.files(folder)
    }
    const { routes, pages } = scan({ ...host, files: list }, report, NO_PAGES)
    assert.deepEqual([routes.map(({ file }) => file), pages, listed, report.all()], [['pages/api/a.ts'], undefined, ['pages/api', 'src/pages/api'], []])
  })
})
