import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Span } from '../../diagnostics/diagnostic.ts'
import { createReport } from '../../report.ts'
import { type FileMap, memoryHost } from '../../testing.ts'
import { createModules } from './modules.ts'
import { analysePages } from './pages.ts'

const PROPS = '\nexport const getStaticProps = () => ({ props: {} })'
const PATHS = '\nexport const getStaticPaths = () => ({ paths: [], fallback: false })'
const PAGE = `export default () => ''${PROPS}`
const REACT: FileMap = { 'node_modules/react/package.json': '{}', 'node_modules/react-dom/package.json': '{}' }

/** `code file "underlined" < file "underlined by a note"`, as far as there is something underlined; of a page, and of what is beside it. */
function analysed(files: FileMap, { document, store, ...pages }: { [page: string]: string | undefined }) {
  const host = memoryHost(files)
  const report = createReport()
  const found = Object.entries(pages).map(([file, path = '']) => ({ file, segments: segments(path) }))
  const result = analysePages({ files: found, document, store }, createModules(host), host, report)
  const place = ({ file, start, end }: Span) => `${file} ${host.read(file).slice(start, end)}`.trim()
  const said = report.all().map(({ code, at, notes }) => [`${code} ${place(at)}`, ...notes.map((note) => place(note.at))].join(' < '))
  return { ...result, said }
}

/** `posts/:id` */
function segments(path: string) {
  const parts = path.split('/').filter(Boolean)
  return parts.map((part) => (part.startsWith(':') ? ({ kind: 'param', name: part.slice(1) } as const) : ({ kind: 'static', text: part } as const)))
}

/** What is said of `a.tsx`, a page. */
function says(name: string, text: string, expected: readonly string[], more: FileMap = {}): void {
  it(name, () => assert.deepEqual(analysed({ 'a.tsx': text, ...REACT, ...more }, { 'a.tsx': 'a' }).said, expected))
}

/** The same of a page with params. */
function saysOfPost(name: string, text: string, expected: readonly string[], more: FileMap = {}): void {
  it(`with params: ${name}`, () => assert.deepEqual(analysed({ 'a.js': text, ...more }, { 'a.js': 'posts/:id' }).said, expected))
}

describe('the default export', () => {
  const wrong = (name: string, text: string, at: string) => says(name, text + PROPS, [`page-default a.tsx ${at}`.trim()])
  const right = (name: string, text: string, more: FileMap = {}) => says(name, text + PROPS, [], more)
  wrong('missing', 'export const Page = () => 1', '')
  wrong('an object', 'export default { a: 1 }', '{ a: 1 }')
  wrong('an object, by a name', 'const a = {}\nexport default a', 'a < a.tsx {}')
  wrong('a string', "export default 'a'", "'a'")
  wrong('JSX, which is no component', 'const a = <p>a</p>\nexport default a', 'a < a.tsx <p>a</p>')
  wrong('JSX in place', 'export default <p>a</p>', '<p>a</p>')
  wrong('a fragment', 'export default <>a</>', '<>a</>')
  right('a function', 'export default function Page() {}')
  wrong('an async function', 'export default async () => ""', 'async () => ""')
  wrong('an async function, by a name', 'async function A() {}\nexport default A', 'A < a.tsx async function A() {}')
  right('a class', 'export default class extends Component {}')
  right('a class, by a name', 'class A {}\nexport default A')
  right('memo', 'export default memo(() => 1)')
  right('forwardRef, by a name', 'const A = forwardRef(() => 1)\nexport { A as default }')
  right('of another file', "export { default } from './b'", { 'b.tsx': 'export default () => 1' })
  right('of a file that cannot be found', "export { default } from './nope'")
  says('of another file, and no function', `export { default } from './b'${PROPS}`, ['page-default a.tsx default < b.tsx 5'], { 'b.tsx': 'export default 5' })
  says('CommonJS', 'module.exports = () => 1\nmodule.exports.getStaticProps = () => ({ props: {} })', [])
  says('CommonJS, missing', 'exports.getStaticProps = () => ({ props: {} })', ['page-default a.tsx'])
  says('a file that cannot be parsed says that alone', 'export default (', ['syntax-error a.tsx'])
  says('nothing in it', '', ['page-default a.tsx', 'page-without-get-static-props a.tsx'])
})

describe('getStaticProps', () => {
  const right = (name: string, text: string, more: FileMap = {}) => says(name, `export default () => 1\n${text}`, [], more)
  const wrong = (name: string, text: string, at: string, more: FileMap = {}) => says(name, `export default () => 1\n${text}`, [at], more)
  right('async', 'export async function getStaticProps() {}')
  right('made by a call', 'export const getStaticProps = withCache(() => 1)')
  right('by a list', 'const getStaticProps = () => 1\nexport { getStaticProps }')
  right('under another name', 'const props = () => 1\nexport { props as getStaticProps }')
  right('of another file', "export { getStaticProps } from './b'", { 'b.ts': PROPS })
  right('of a package', "export { getStaticProps } from 'b'")
  wrong('missing', '', 'page-without-get-static-props a.tsx')
  wrong('not exported', 'function getStaticProps() {}', 'page-without-get-static-props a.tsx')
  wrong('a type', 'export type getStaticProps = 1', 'page-without-get-static-props a.tsx')
  wrong('an object', 'export const getStaticProps = { props: {} }', 'page-export-not-function a.tsx { props: {} }')
  wrong('an object, of another file', "export { getStaticProps } from './b'", 'page-export-not-function a.tsx getStaticProps < b.ts 5', {
    'b.ts': 'export const getStaticProps = 5',
  })
  says('by export *, which is refused', `export default () => 1\nexport * from './b'`, ["export-all a.tsx export * from './b'"], { 'b.ts': PROPS })
  const cjs = 'module.exports.default = () => 1\n'
  says('CommonJS', `${cjs}exports.getStaticProps = () => 1`, [])
  says('CommonJS, all at once', 'module.exports = { default: () => 1, getStaticProps() {} }', [])
  says('CommonJS, missing', cjs, ['page-without-get-static-props a.tsx'])
  says('CommonJS, in a way that no syntax shows', `${cjs}Object.assign(exports, make())`, [])
  says('CommonJS, an object', `${cjs}exports.getStaticProps = {}`, ['page-export-not-function a.tsx {}'])
})

describe('getStaticPaths', () => {
  saysOfPost('there', PAGE + PATHS, [])
  saysOfPost('missing', PAGE, ['page-paths-missing a.js'])
  saysOfPost('of another file', `${PAGE}\nexport { getStaticPaths } from './b'`, [], { 'b.js': PATHS })
  saysOfPost('no function', `${PAGE}\nexport const getStaticPaths = []`, ['page-export-not-function a.js []'])
  saysOfPost('all is missing', 'export default () => 1', ['page-paths-missing a.js', 'page-without-get-static-props a.js'])
  saysOfPost('CommonJS', 'module.exports = { default: () => 1, getStaticProps() {}, getStaticPaths() {} }', [])
  saysOfPost('CommonJS, missing', 'module.exports = { default: () => 1, getStaticProps() {} }', ['page-paths-missing a.js'])
  saysOfPost('CommonJS, in a way that no syntax shows', 'module.exports = make()', [])
  says('where there are no params', PAGE + PATHS, ['page-paths-unused a.tsx getStaticPaths'])
})

describe('pages that are not static', () => {
  const page = 'function Page() {}\nexport default Page'
  says('getServerSideProps', 'export default () => 1\nexport function getServerSideProps() {}', ['page-not-static a.tsx getServerSideProps'])
  says('getServerSideProps beside getStaticProps', `${PAGE}\nexport function getServerSideProps() {}`, ['page-not-static a.tsx getServerSideProps'])
  says('getServerSideProps of another file', "export default () => 1\nexport { getServerSideProps } from './b'", ['page-not-static a.tsx getServerSideProps'])
  says('getInitialProps', `${page}\nPage.getInitialProps = () => 1${PROPS}`, ['page-not-static a.tsx getInitialProps'])
  says('getInitialProps of a constant', `const A = () => 1\nA.getInitialProps = () => 1\nexport default A${PROPS}`, ['page-not-static a.tsx getInitialProps'])
  says('getInitialProps of a class', `export default class { static getInitialProps() {} }${PROPS}`, ['page-not-static a.tsx getInitialProps'])
  says('getInitialProps of something else', `${page}\nOther.getInitialProps = () => 1\nthis.x.getInitialProps = 1${PROPS}`, [])
  says('getInitialProps that is read', `${page}\nconst a = Page.getInitialProps${PROPS}`, [])
  says('getInitialProps of an instance', `export default class { getInitialProps() {} }${PROPS}`, [])
  says('the edge runtime', `${PAGE}\nexport const config = { runtime: 'edge' }`, ["config-edge a.tsx 'edge'"])
  says('the edge runtime, another way', `${PAGE}\nexport const runtime = 'experimental-edge'`, ["config-edge a.tsx 'experimental-edge'"])
  says('other config has no effect', `${PAGE}\nexport const config = { amp: true, runtime: 'nodejs', api: 5 }`, [])
})

describe('what needs a bundler for browsers', () => {
  const wrong = (name: string, imports: string, code: string, at: string) => says(name, `${imports}\n${PAGE}`, [`${code} a.tsx ${at}`])
  const right = (name: string, imports: string, more: FileMap = {}) => says(name, `${imports}\n${PAGE}`, [], more)
  for (const name of ['a.css', 'a.module.css', 'a.scss', 'a.sass', 'a.less', 'a.styl', 'A.CSS', 'a.css?inline'])
    wrong(name, `import './${name}'`, 'page-imports-style', `'./${name}'`)
  for (const name of 'png jpg jpeg gif webp avif ico bmp svg woff woff2 ttf otf eot'.split(' '))
    wrong(name, `import a from './a.${name}'\na`, 'page-imports-asset', `'./a.${name}'`)
  wrong('styles of a package', "import 'p/a.css'", 'page-imports-style', "'p/a.css'")
  wrong('require', "const a = require('./a.css')", 'page-imports-style', "'./a.css'")
  wrong('import =', "import a = require('next/link')\na()", 'page-imports-next', "'next/link'")
  wrong('import()', "const a = import('./a.png')", 'page-imports-asset', "'./a.png'")
  wrong('export from', "export { a } from './a.png'", 'page-imports-asset', "'./a.png'")
  wrong('next/link', "import Link from 'next/link'\nconst a = <Link />", 'page-imports-next', "'next/link'")
  wrong('next/dynamic', "import dynamic from 'next/dynamic'\ndynamic()", 'page-imports-next', "'next/dynamic'")
  wrong('for what it does', "import 'next/router'", 'page-imports-next', "'next/router'")
  wrong('as a whole', "import * as font from 'next/font/local'\nfont.default()", 'page-imports-next', "'next/font/local'")
  wrong('a value among types', "import { type A, useRouter } from 'next/router'\nuseRouter()", 'page-imports-next', "'next/router'")
  wrong('what a class extends', "import Document from 'next/document'\nclass A extends Document<string> {}", 'page-imports-next', "'next/document'")
  wrong('passed on', "import Link from 'next/link'\nexport { Link }", 'page-imports-next', "'next/link'")
  wrong('a value and a type', "import a from 'next/link'\nlet b: typeof a = a", 'page-imports-next', "'next/link'")
  right('types', "import type { NextPage } from 'next'\nimport { type A } from 'next/app'\nexport type { B } from 'next'")
  right('names that are used as types', "import { NextPage, A, B, C } from 'next'\nlet a: NextPage<A> = 1\ninterface D extends B {}\ntype E = C")
  right('a name that is used in a type query', "import Link from 'next/link'\nlet a: typeof Link")
  right('what a class implements', "import { A } from 'next'\nclass B implements A {}")
  right('a name that only looks like it', "import { Link } from 'next/link'\nconst a = { Link: 1 }\na.Link = <p Link='a' />")
  right('a name that is not used', "import Link from 'next/link'")
  right('names that only look like it', "import a from 'nextjs'\nimport b from './next/link'\nimport c from 'css'\nimport d from './a.css.ts'\na(b, c, d)")
  right('words that are no import', "const a = 'import x from next/link'\nobject.require('./a.css') // import './a.css'")
  right('styles that are a type', "import type styles from './a.module.css'")
  it('in JavaScript a name counts that is not used', () => {
    assert.deepEqual(analysed({ 'a.js': `import Link from 'next/link'\n${PAGE}` }, { 'a.js': 'a' }).said, ["page-imports-next a.js 'next/link'"])
  })

  describe('<style jsx>', () => {
    const jsx = (name: string, text: string, expected: readonly string[]) => says(name, `const a = ${text}\n${PAGE}`, expected)
    jsx('bare', '<style jsx>{`a`}</style>', ['page-styled-jsx a.tsx jsx'])
    jsx('with more', '<p><style global jsx={true}>a</style></p>', ['page-styled-jsx a.tsx jsx={true}'])
    jsx('another element', '<p jsx>a</p>', [])
    jsx('another attribute', '<style title="jsx">a</style>', [])
  })

  describe('in files of the project', () => {
    const chain = { 'lib/b.tsx': "import './c'\nexport {}", 'lib/c.tsx': "import './c.css'\nexport const a = <style jsx>a</style>" }
    says(
      'far from the page',
      `import './lib/b'\n${PAGE}`,
      ["page-imports-style lib/c.tsx './c.css' < a.tsx './lib/b'", "page-styled-jsx lib/c.tsx jsx < a.tsx './lib/b'"],
      chain,
    )
    says('that nothing imports but a type', `import type { A } from './lib/b'\n${PAGE}`, [], chain)
    says('that import each other', `import './b'\n${PAGE}`, ["page-imports-style b.ts './b.css' < a.tsx './b'"], { 'b.ts': "import './a'\nimport './b.css'" })
    says('not in packages', `import 'p'\n${PAGE}`, [], { 'node_modules/p/index.js': "require('./a.css')" })
    says('by a path mapping', `import '@/b'\n${PAGE}`, ["page-imports-style lib/b.ts './b.css' < a.tsx '@/b'"], {
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } }',
      'lib/b.ts': "import './b.css'",
    })
    it('once, for two pages', () => {
      const files = { 'a.js': `import './b'\n${PAGE}`, 'c.js': `import './b'\n${PAGE}`, 'b.js': "import './b.css'" }
      assert.deepEqual(analysed(files, { 'a.js': 'a', 'c.js': 'c' }).said, ["page-imports-style b.js './b.css' < a.js './b'"])
    })
    it('in the document', () => {
      const files = { 'a.js': PAGE, 'd.js': "import { Html } from 'next/document'\nimport './b'\nexport default () => ''", 'b.js': "import './b.css'" }
      assert.deepEqual(analysed(files, { 'a.js': 'a', document: 'd.js' }).said, [
        "page-imports-style b.js './b.css' < d.js './b'",
        "page-imports-next d.js 'next/document'",
      ])
    })
  })
})

describe('React', () => {
  it('of another file', () => {
    const files = { 'a.ts': `export { default, getStaticProps } from './b'`, 'b.tsx': `export default () => <p>a</p>${PROPS}`, ...REACT }
    assert.deepEqual(
      analysed(files, { 'a.ts': 'a' }).routes.map((page) => page.isReact),
      [true],
    )
  })
  function isReact(name: string, text: string, expected: boolean): void {
    it(`${expected ? 'for sure' : 'not for sure'}: ${name}`, () =>
      assert.deepEqual(
        analysed({ 'a.tsx': `${text}\n${PAGE}`, ...REACT }, { 'a.tsx': 'a' }).routes.map((page) => page.isReact),
        [expected],
      ))
  }
  isReact('an element', 'const a = () => <p>a</p>', true)
  isReact('a component', 'const a = () => <A />', true)
  isReact('a fragment', 'const a = () => <>a</>', true)
  isReact('createElement', "import { createElement } from 'react'\ncreateElement()", true)
  isReact('a module of React', "import a from 'react-dom/server'\na()", true)
  isReact('require', "const a = require('react')", true)
  isReact('a type of React', "import type { A } from 'react'\nimport { B } from 'react'\nlet b: B", false)
  isReact('HTML in a string', "const a = '<p>a</p><br/>'", false)
  isReact('a comparison', 'const a = 1 < 2 / 3 > 4', false)
  isReact('a component of another file', "import { A } from './b'\nA()", false)

  function installed(name: string, text: string, files: FileMap, expected: readonly string[], usesReact: boolean): void {
    it(name, () => {
      const { said, parts } = analysed({ 'a.tsx': text, ...files }, { 'a.tsx': 'a' })
      assert.deepEqual([said, parts.usesReact], [expected, usesReact])
    })
  }
  const element = `export default () => <p>a</p>${PROPS}`
  const { 'node_modules/react/package.json': manifest = '' } = REACT
  installed('there', element, REACT, [], true)
  installed('above the project', element, { 'node_modules/react/package.json': manifest, '../node_modules/react-dom/package.json': manifest }, [], true)
  installed('not there', element, {}, ['page-react-missing a.tsx export default () => <p>a</p>'], false)
  installed('only half', element, { 'node_modules/react/package.json': manifest }, ['page-react-missing a.tsx export default () => <p>a</p>'], false)
  installed('not asked for', PAGE, {}, [], false)
  installed('not asked for by the page itself', PAGE, REACT, [], true)
  it('in the document', () => {
    const { said } = analysed({ 'a.ts': PAGE, 'd.tsx': 'export default () => <html />' }, { 'a.ts': 'a', document: 'd.tsx' })
    assert.deepEqual(said, ['page-react-missing d.tsx export default () => <html />'])
  })
})

describe('beside the pages', () => {
  it('a document needs no getStaticProps', () => {
    const { said, parts } = analysed({ 'a.ts': PAGE, 'd.ts': 'export default ({ html }) => html' }, { 'a.ts': 'a', document: 'd.ts' })
    assert.deepEqual([said, parts], [[], { document: 'd.ts', store: undefined, usesReact: false }])
  })
  it('a document that is no function', () => {
    assert.deepEqual(analysed({ 'a.ts': PAGE, 'd.ts': "export default '<html>'" }, { 'a.ts': 'a', document: 'd.ts' }).said, ["page-default d.ts '<html>'"])
  })

  function store(name: string, text: string, expected: readonly string[]): void {
    it(`a store: ${name}`, () => assert.deepEqual(analysed({ 'a.ts': PAGE, 's.ts': text }, { 'a.ts': 'a', store: 's.ts' }).said, expected))
  }
  store('a function', 'export default function store() {}', [])
  store('what a call makes', 'export default make()', [])
  store('an object', 'export default { read() {} }', ['page-store-not-function s.ts { read() {} }'])
  store('a class', 'export default class Store {}', ['page-store-not-function s.ts export default class Store {}'])
  store('missing', 'export function store() {}', ['page-store-not-function s.ts'])
  store('that does not parse', 'export default (', ['syntax-error s.ts'])
})
