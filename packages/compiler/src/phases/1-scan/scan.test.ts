import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createReport } from '../../report.ts'
import { HANDLER, memoryHost, saidOf, shapeOf } from '../../testing.ts'
import { scan } from './scan.ts'

/** Contract 1: which files are routes. */
describe('scan', () => {
  function finds(name: string, files: readonly string[], routes: readonly string[], codes: readonly string[] = []): void {
    it(name, () => {
      const report = createReport()
      const { routes: found } = scan(memoryHost(Object.fromEntries(files.map((file) => [file, HANDLER]))), report)
      assert.deepEqual([found.map(({ file, segments }) => `${file} ${shapeOf(segments)}`), saidOf(report.all())], [routes, codes])
    })
  }

  function route(file: string, path: string, codes: readonly string[] = []): void {
    finds(`${file} answers ${path}`, [`pages/api/${file}`], [`pages/api/${file} ${path}`], codes)
  }

  function ignored(file: string, codes: readonly string[] = []): void {
    finds(`${file} is no route`, ['pages/api/a.ts', `pages/api/${file}`], ['pages/api/a.ts api/a'], codes)
  }

  describe('tests are routes, with a warning', () => {
    for (const file of ['a.test.ts', 'a.spec.jsx', 'b/a.test.tsx', 'a.b.test.js', '__tests__/a.ts', 'b/__tests__/c/d.ts']) {
      route(file, `api/${file.replace(/\.\w+$/, '')}`, [`test-file ${file}`])
    }
    for (const file of [
      'test.ts',
      'spec.ts',
      'a-test.ts',
      'atest.ts',
      'a.tests.ts',
      'tests/a.ts',
      'test/a.ts',
      'a__tests__/b.ts',
      '__tests__.ts',
      'a.test.v1.ts',
    ]) {
      route(file, `api/${file.replace(/\.\w+$/, '')}`)
    }
  })

  describe('extensions', () => {
    route('a.ts', 'api/a')
    route('a.tsx', 'api/a')
    route('a.js', 'api/a')
    route('a.jsx', 'api/a')
    ignored('b.mts', ['file-ignored b.mts'])
    ignored('b.mjs', ['file-ignored b.mjs'])
    ignored('b.cts', ['file-ignored b.cts'])
    ignored('b.cjs', ['file-ignored b.cjs'])
    ignored('b/c/d.cjs', ['file-ignored b/c/d.cjs'])
    ignored('b.json')
    ignored('b.md')
    ignored('b')
    ignored('b.TS')
    ignored('b.tsx.bak')
    ignored('b.ts.map')
    ignored('types.d.ts')
    ignored('types.d.mts')
    ignored('types.d.cts')
    ignored('b/index.d.ts')
  })

  describe('only the last extension is cut off', () => {
    route('v1.0.ts', 'api/v1.0')
    route('feed.json.ts', 'api/feed.json')
    route('report.test.ts', 'api/report.test', ['test-file report.test.ts'])
    route('next.config.js', 'api/next.config')
    route('a.js.ts', 'api/a.js')
    route('a.mjs.js', 'api/a.mjs')
    route('v1.0/b.ts', 'api/v1.0/b')
    route('a.ts/b.ts', 'api/a.ts/b')
    route('d.ts', 'api/d')
  })

  describe('every character of a name is plain', () => {
    route('kebab-case_mix.ts', 'api/kebab-case_mix')
    route('$price.ts', 'api/$price')
    route('~t.ts', 'api/~t')
    route('@me.ts', 'api/@me')
    route('x,y.ts', 'api/x,y')
    route('a+b.ts', 'api/a+b')
    route("it's.ts", "api/it's")
    route('a b.ts', 'api/a b')
    route('50%.ts', 'api/50%')
    route('a%20b.ts', 'api/a%20b')
    route('ünï.ts', 'api/ünï')
    route('日本/語.ts', 'api/日本/語')
    route('Upper.ts', 'api/Upper')
    route('404.ts', 'api/404')
    route('line\nbreak.ts', 'api/line\nbreak')
  })

  describe('no name is special', () => {
    route('_hidden.ts', 'api/_hidden')
    route('_app.ts', 'api/_app')
    route('page.ts', 'api/page')
    route('route.ts', 'api/route')
    route('types.ts', 'api/types')
    route('.hid.ts', 'api/.hid')
    route('.dir/x.ts', 'api/.dir/x')
    route('(grp)/a.ts', 'api/(grp)/a')
    route('constructor.ts', 'api/constructor')
    route('__proto__.ts', 'api/__proto__')
    route('__proto__/toString.ts', 'api/__proto__/toString')
    route('middleware.ts', 'api/middleware')
    route('_middleware.test.ts', 'api/_middleware.test', ['test-file _middleware.test.ts'])
    ignored('_middleware.ts', ['reserved-name _middleware.ts'])
    ignored('_middleware.jsx', ['reserved-name _middleware.jsx'])
    ignored('b/_middleware.js', ['reserved-name b/_middleware.js'])
    ignored('_middleware.mjs', ['file-ignored _middleware.mjs'])
  })

  describe('index is the folder', () => {
    route('index.ts', 'api')
    route('x/index.ts', 'api/x')
    route('x/index.jsx', 'api/x')
    route('[id]/index.ts', 'api/:id')
    route('x/index/index.ts', 'api/x/index')
    route('index/index.ts', 'api/index')
    route('index/z.ts', 'api/index/z')
    route('myindex.ts', 'api/myindex')
    route('Index.ts', 'api/Index')
    route('index.html.ts', 'api/index.html')
  })

  describe('params at any depth', () => {
    route('[id].ts', 'api/:id')
    route('a/[id]/b/[n].tsx', 'api/a/:id/b/:n')
    route('[a]/[b]/[...c].ts', 'api/:a/:b/*c')
    route('a/[[...rest]].js', 'api/a/*rest?')
  })

  describe('folders', () => {
    const none = ['no-routes pages/api']
    finds('src/pages', ['src/pages/api/a.ts'], ['src/pages/api/a.ts api/a'])
    finds('pages wins over src/pages', ['src/pages/api/b.ts', 'pages/api/a.ts'], ['pages/api/a.ts api/a'], ['folder-ignored src/pages/api/b.ts'])
    finds('pages/api.ts', ['pages/api.ts'], ['pages/api.ts api'])
    finds('pages/api.jsx', ['pages/api.jsx'], ['pages/api.jsx api'])
    finds('src/pages/api.ts', ['src/pages/api.ts'], ['src/pages/api.ts api'])
    finds('pages/api.ts and pages/api/a.ts', ['pages/api.ts', 'pages/api/a.ts'], ['pages/api.ts api', 'pages/api/a.ts api/a'])
    finds('other pages are no routes', ['pages/index.tsx', 'pages/apis/b.ts', 'pages/api/a.ts'], ['pages/api/a.ts api/a'])
    finds('pages without api beside src/pages/api', ['pages/index.tsx', 'src/pages/api/a.ts'], ['src/pages/api/a.ts api/a'])
    finds('sorted by code unit', ['pages/api/b.ts', 'pages/api/B.ts', 'pages/api/a/x.ts'], ['B.ts B', 'a/x.ts a/x', 'b.ts b'].map(below))
    finds('nothing at all', [], [], none)
    finds('pages without api', ['pages/index.tsx'], [], none)
    finds('app/api is another router', ['app/api/a/route.ts'], [], none)
    finds('only files that are no routes', ['pages/api/notes.md', 'pages/api/types.d.ts'], [], none)
    finds('only ignored files', ['pages/api/a.mjs'], [], [...none, 'file-ignored a.mjs'])
    finds('only a mistake says the mistake alone', ['pages/api/[..a].ts'], [], ['segment-dots [..a].ts'])
    finds('only a reserved name', ['pages/api/_middleware.ts'], [], ['reserved-name _middleware.ts'])
  })

  describe('instrumentation', () => {
    function instruments(name: string, files: readonly string[], used: string | undefined, codes: readonly string[] = []): void {
      it(name, () => {
        const report = createReport()
        const { instrumentation } = scan(memoryHost(Object.fromEntries(files.map((file) => [file, HANDLER]))), report)
        assert.deepEqual([instrumentation, saidOf(report.all())], [used, codes])
      })
    }
    const [pages, src] = ['pages/api/a.ts', 'src/pages/api/a.ts']
    instruments('none', [pages], undefined)
    for (const extension of ['tsx', 'jsx', 'ts', 'js']) instruments(extension, [pages, `instrumentation.${extension}`], `instrumentation.${extension}`)
    for (const extension of ['mts', 'mjs', 'cjs', 'd.ts', 'json']) instruments(`${extension} is none`, [pages, `instrumentation.${extension}`], undefined)
    instruments('another name', [pages, 'instrumentation-client.ts', 'Instrumentation.ts', 'lib/instrumentation.ts', 'instrumentation/index.ts'], undefined)
    instruments('within pages', ['pages/instrumentation.ts', 'pages/api/instrumentation.ts'], undefined)
    instruments('in src', [src, 'src/instrumentation.ts'], 'src/instrumentation.ts')
    instruments('in src, with pages', [pages, 'src/instrumentation.ts'], 'src/instrumentation.ts')
    instruments('with pages in src', [src, 'instrumentation.js'], 'instrumentation.js')
    instruments('two places', [pages, 'instrumentation.ts', 'src/instrumentation.ts'], 'instrumentation.ts', ['instrumentation-ignored src/instrumentation.ts'])
    instruments('two places, in src', [src, 'instrumentation.ts', 'src/instrumentation.js'], 'src/instrumentation.js', [
      'instrumentation-ignored instrumentation.ts',
    ])
    instruments('pages without routes do not count', ['pages/index.tsx', src, 'src/instrumentation.ts'], 'src/instrumentation.ts')
    const all = ['js', 'jsx', 'ts', 'tsx'].map((extension) => `instrumentation.${extension}`)
    instruments(
      'the order of Next.js',
      [pages, ...all],
      'instrumentation.tsx',
      all.slice(0, 3).map((file) => `instrumentation-ignored ${file}`),
    )
    instruments('jsx before ts', [pages, ...all.slice(0, 3)], 'instrumentation.jsx', [
      'instrumentation-ignored instrumentation.js',
      'instrumentation-ignored instrumentation.ts',
    ])
  })

  function below(line: string): string {
    const [file, path] = line.split(' ')
    return `pages/api/${file} api/${path}`
  }
})
