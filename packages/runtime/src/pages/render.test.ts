import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { describe, it } from 'node:test'
import { loadPageModule } from './page-module.ts'
import type { React } from './pages.ts'
import { createRender } from './render.ts'
import { pageLeaf, type TestPage } from './testing-site.ts'

/** That of the tests: the runtime has none of its own. */
const require = createRequire(new URL('../../../../e2e/package.json', import.meta.url))
const { createElement: h, useMemo, Component, memo, forwardRef, Fragment, Suspense, lazy, use } = require('react')
const react: React = { createElement: h, renderToString: require('react-dom/server').renderToString }

interface World {
  readonly page: Partial<TestPage>
  readonly props?: object
  readonly document?: unknown
  /** Default: the project has React. */
  readonly hasReact?: boolean
}

async function render({ page, props = {}, document, hasReact = true }: World): Promise<string> {
  const module = await loadPageModule(pageLeaf('/a', { getStaticProps: () => ({ props: {} }), ...page }))
  const renderPage = createRender({ react: hasReact ? async () => react : undefined, document: document === undefined ? undefined : async () => document })
  return renderPage(module, props)
}

function renders(name: string, world: World, expected: RegExp | string): void {
  it(name, async () => {
    const html = await render(world)
    if (typeof expected === 'string') assert.equal(/<body>(.*)<\/body>/s.exec(html)?.[1] ?? html, expected)
    else assert.match(html, expected)
  })
}

function refuses(name: string, world: World, message: string): void {
  it(`refuses ${name}`, () => assert.rejects(render(world), { name: 'RenderError', message }))
}

const post = ({ id }: { id?: string }) => h('h1', null, 'Post ', id)

describe('a component of React', () => {
  renders('gets the props', { page: { default: post, isReact: true }, props: { id: '1' } }, '<h1>Post <!-- -->1</h1>')
  renders('may use hooks', { page: { default: () => useMemo(() => h('p', null, 'x'), []), isReact: true } }, '<p>x</p>')
  renders(
    'may be a class',
    {
      page: {
        default: class Post extends Component {
          render = () => h('b')
        },
      },
    },
    '<b></b>',
  )
  renders('may be memo', { page: { default: memo(post) }, props: { id: '1' } }, '<h1>Post <!-- -->1</h1>')
  renders('may be forwardRef', { page: { default: forwardRef((props: object, _ref: unknown) => post(props)) }, props: { id: '1' } }, '<h1>Post <!-- -->1</h1>')
  renders('returns text that is escaped', { page: { default: () => '<b>"&', isReact: true } }, '&lt;b&gt;&quot;&amp;')
  renders('may return nothing', { page: { default: () => null, isReact: true } }, '')
  renders('escapes props', { page: { default: post, isReact: true }, props: { id: '<script>' } }, '<h1>Post <!-- -->&lt;script&gt;</h1>')
})

describe('what React would complete in the browser', () => {
  const inside = (child: unknown) => ({ page: { default: () => h('main', null, h(Suspense, { fallback: 'wait' }, child)), isReact: true } })
  const incomplete = (whose: string) =>
    `a <Suspense> of ${whose} shows its fallback, since something in it has thrown or waits; what it waits for belongs into getStaticProps`
  const broken = () => {
    throw new Error('broken')
  }
  renders('is fine where it is there', inside(h('b')), '<main><!--$--><b></b><!--/$--></main>')
  refuses('lazy', inside(h(lazy(async () => ({ default: post })))), incomplete('pages/a.tsx'))
  refuses('use', inside(h(() => use(new Promise(() => {})))), incomplete('pages/a.tsx'))
  refuses('an async component', inside(h(async () => 'x')), incomplete('pages/a.tsx'))
  refuses('an error', inside(h(broken)), incomplete('pages/a.tsx'))
  refuses(
    'an error of the document',
    { page: { default: () => null, isReact: true }, document: { default: () => h(Suspense, null, h(broken)) } },
    incomplete('pages/_document'),
  )
})

describe('a function of a file without JSX', () => {
  const isReact = false
  for (const hasReact of [true, false]) {
    renders(
      `returns HTML, ${hasReact ? 'with' : 'without'} React`,
      { page: { default: ({ id }: { id: string }) => `<b>${id}</b>`, isReact }, props: { id: '&amp;' }, hasReact },
      '<b>&amp;</b>',
    )
    refuses(
      `a promise, ${hasReact ? 'with' : 'without'} React`,
      { page: { default: 5, isReact }, hasReact: false },
      'the default export of pages/a.tsx must be a function that returns HTML, got number',
    )
  }
  renders('may be a component after all, hooks and all', { page: { default: () => useMemo(() => h('i'), []), isReact } }, '<i></i>')
  renders('may return an empty text', { page: { default: () => '', isReact } }, '')
  refuses(
    'a promise',
    { page: { default: async () => 'x', isReact }, hasReact: false },
    'pages/a.tsx must return HTML as a string, got a promise; what it waits for belongs into getStaticProps',
  )
  refuses('an object', { page: { default: () => ({}), isReact }, hasReact: false }, 'pages/a.tsx must return HTML as a string, got object')
  refuses('nothing', { page: { default: () => undefined, isReact }, hasReact: false }, 'pages/a.tsx must return HTML as a string, got undefined')
  refuses('null', { page: { default: () => null, isReact }, hasReact: false }, 'pages/a.tsx must return HTML as a string, got null')
})

describe('the document', () => {
  const page = { default: () => h('p', null, 'x'), isReact: true }
  renders(
    'is a small one by default',
    { page },
    /^<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" [^>]*><\/head><body><p>x<\/p><\/body><\/html>$/,
  )
  renders(
    'may be a function that returns HTML',
    { page, document: { default: ({ html, head }: { html: string; head: string }) => `<html><i>${head}</i>${html}` } },
    /^<!DOCTYPE html><html><i><\/i><p>x<\/p>$/,
  )
  renders('with a doctype of its own', { page, document: { default: ({ html }: { html: string }) => `<!doctype html>${html}` } }, /^<!doctype html><p>x<\/p>$/)
  renders(
    'or a React element',
    { page, document: { default: ({ html }: { html: string }) => h('html', null, h('body', { dangerouslySetInnerHTML: { __html: html } })) } },
    /^<!DOCTYPE html><html><head><\/head><body><p>x<\/p><\/body><\/html>$/,
  )
  renders('by CommonJS', { page, document: { default: { default: ({ html }: { html: string }) => `<html>${html}` } } }, /^<!DOCTYPE html><html><p>x<\/p>$/)
  renders(
    'is left out by a page that is whole itself',
    { page: { default: () => h('html', null, h('body')), isReact: true }, document: { default: () => 'never' } },
    /^<!DOCTYPE html><html><head><\/head><body><\/body><\/html>$/,
  )
  renders('also when it is text', { page: { default: () => '\n<!doctype html><p>', isReact: false } }, /^\n<!doctype html><p>$/)
  refuses(
    'a document that is no function',
    { page, document: { default: 'x' } },
    'the default export of pages/_document must be a function of { html, head }, got string',
  )
  refuses(
    'a document that returns nothing',
    { page, document: { default: () => undefined } },
    'pages/_document must return HTML as a string or a React element, got undefined',
  )
})

describe('the head', () => {
  const head = /<head><meta charset="utf-8"><meta name="viewport"[^>]*>(.*)<\/head><body>(.*)<\/body>/s
  function has(name: string, world: World, expected: readonly [head: string, body: string]): void {
    it(name, async () => assert.deepEqual(head.exec(await render(world))?.slice(1), expected))
  }
  const text = { default: () => '<p>x</p>' }
  has('is what the page exports', { page: { ...text, head: '<title>A</title>' } }, ['<title>A</title>', '<p>x</p>'])
  has('may be a function of the props', { page: { ...text, head: ({ id }: { id: number }) => `<title>${id}</title>` }, props: { id: 1 } }, [
    '<title>1</title>',
    '<p>x</p>',
  ])
  has('may be a React element', { page: { ...text, head: () => h(Fragment, null, h('title', null, '<A>'), h('meta', { name: 'b' })) } }, [
    '<title>&lt;A&gt;</title><meta name="b"/>',
    '<p>x</p>',
  ])
  has(
    'is what React moves there',
    {
      page: {
        isReact: true,
        default: () =>
          h('main', null, h('title', null, 'a > b'), h('p', null, 'x'), h('meta', { name: 'd', content: '</head>' }), h('link', { rel: 'icon', href: '/i' })),
      },
    },
    ['<title>a &gt; b</title><meta name="d" content="&lt;/head&gt;"/><link rel="icon" href="/i"/>', '<main><p>x</p></main>'],
  )
  for (const hasReact of [true, false]) {
    has(`is what HTML begins with, ${hasReact ? 'with' : 'without'} React`, { page: { default: () => '<title>A</title><p>x</p>' }, hasReact }, [
      '<title>A</title>',
      '<p>x</p>',
    ])
  }
  has('both', { page: { isReact: true, head: '<meta name="e">', default: () => h('p', null, h('title', null, 'T')) } }, [
    '<title>T</title><meta name="e">',
    '<p></p>',
  ])
  has('is not what begins with something else', { page: { isReact: true, default: () => h('header', null, 'title') } }, ['', '<header>title</header>'])
  refuses('a head that is a number', { page: { ...text, head: 5 } }, '`head` in pages/a.tsx must return HTML as a string or a React element, got number')
})

describe('a module that is no page', () => {
  function fails(name: string, module: object, message: string, pattern = '/a'): void {
    it(name, () => assert.rejects(loadPageModule(pageLeaf(pattern, { load: async () => module })), { name: 'TypeError', message }))
  }
  const getStaticProps = () => ({ props: {} })
  fails('without a default export', { getStaticProps }, 'pages/a.tsx has no default export: a page needs a component, or a function that returns HTML')
  fails('without getStaticProps', { default: post }, 'pages/a.tsx does not export getStaticProps')
  fails('with one that is no function', { default: post, getStaticProps: {} }, 'getStaticProps in pages/a.tsx must be a function, got object')
  fails(
    'without getStaticPaths',
    { default: post, getStaticProps },
    'pages/[id].tsx does not export getStaticPaths, which a page with params needs',
    '/[id]'.replace('/[', '/['),
  )
  it('CommonJS is fine', async () => {
    const { component } = await loadPageModule(pageLeaf('/a', { load: async () => ({ default: { default: post, getStaticProps } }) }))
    assert.equal(component, post)
  })
  it('and so is a component with properties', async () => {
    const { component } = await loadPageModule(pageLeaf('/a', { load: async () => ({ default: Object.assign(() => 'x', { getStaticProps }) }) }))
    assert.equal(typeof component, 'function')
  })
})
