import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { checkStaticProps, type StaticProps } from './static-props.ts'

const FILE = 'pages/a.tsx'

describe('checkStaticProps', () => {
  function gives(name: string, returned: unknown, expected: StaticProps): void {
    it(name, () => assert.deepEqual(checkStaticProps(returned, FILE), expected))
  }

  gives('props', { props: { a: 1 } }, { kind: 'props', props: { a: 1 }, revalidate: false })
  gives('no props in them', { props: {} }, { kind: 'props', props: {}, revalidate: false })
  gives('a time', { props: {}, revalidate: 10 }, { kind: 'props', props: {}, revalidate: 10 })
  gives('no time', { props: {}, revalidate: false }, { kind: 'props', props: {}, revalidate: false })
  gives('true for a time', { props: {}, revalidate: true }, { kind: 'props', props: {}, revalidate: 1 })
  gives('not found', { notFound: true }, { kind: 'not-found', revalidate: false })
  gives('not found for a time', { notFound: true, revalidate: 5 }, { kind: 'not-found', revalidate: 5 })
  gives('found after all', { notFound: false, props: {} }, { kind: 'props', props: {}, revalidate: false })
  const redirect = (given: object, status: number) =>
    gives(
      `a redirect, ${JSON.stringify(given)}`,
      { redirect: { destination: '/x', ...given } },
      { kind: 'redirect', location: '/x', status, revalidate: false },
    )
  redirect({ permanent: true }, 308)
  redirect({ permanent: false }, 307)
  for (const statusCode of [301, 302, 303, 307, 308]) redirect({ statusCode }, statusCode)
  redirect({ permanent: true, basePath: false }, 308)

  function refuses(name: string, returned: unknown, message: string): void {
    it(`refuses ${name}`, () =>
      assert.throws(() => checkStaticProps(returned, FILE), { name: 'StaticPropsError', message: `getStaticProps of ${FILE} ${message}` }))
  }

  const noObject = (got: string) => `must return an object with \`props\`, \`notFound\` or \`redirect\`, got ${got}`
  refuses('nothing', undefined, noObject('undefined'))
  refuses('null', null, noObject('null'))
  refuses('a text', 'x', noObject('a string'))
  refuses('a list', [], noObject('an array'))
  refuses('a Response', new Response(), noObject('a Response'))
  refuses(
    'other keys',
    { props: {}, title: 1, fallback: 2 },
    '  returned `title`, `fallback`, which has no meaning there. What the page is to get goes into `props`.'.trim(),
  )
  refuses('no props', {}, 'must return an object as `props`, got undefined')
  refuses('a promise of props', { props: Promise.resolve({}) }, 'must return an object as `props`, got a Promise')
  const noTime = (got: string) => `returned ${got} as \`revalidate\`, which must be a whole number of seconds above 0, or false`
  for (const [value, got] of [
    [0, '0'],
    [-1, '-1'],
    [1.5, '1.5'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    ['10', '"10"'],
    [null, 'null'],
  ] as const) {
    refuses(`a time of ${got}`, { props: {}, revalidate: value }, noTime(got))
  }
  refuses('a redirect to nowhere', { redirect: { permanent: true } }, 'must return a text as `redirect.destination`, got undefined')
  refuses('a redirect that is a text', { redirect: '/x' }, 'must return an object as `redirect`, got a string')
  refuses('a redirect of no kind', { redirect: { destination: '/x' } }, 'must return either `redirect.permanent` or `redirect.statusCode`')
  refuses(
    'a redirect of two kinds',
    { redirect: { destination: '/x', permanent: true, statusCode: 307 } },
    'must return either `redirect.permanent` or `redirect.statusCode`',
  )
  for (const [destination, shown] of [
    ['/日本', '"/日本"'],
    ['/café', '"/café"'],
    ['/a\r\nSet-Cookie: b=c', '"/a\\r\\nSet-Cookie: b=c"'],
  ] as const) {
    refuses(
      `a redirect to ${shown}`,
      { redirect: { destination, permanent: true } },
      `returned ${shown} as \`redirect.destination\`, which no header can hold: percent-encode it, with encodeURI`,
    )
  }
  refuses(
    'a redirect of another status',
    { redirect: { destination: '/x', statusCode: 200 } },
    'returned 200 as `redirect.statusCode`, which must be one of 301, 302, 303, 307, 308',
  )
  refuses(
    'a redirect that is somewhat permanent',
    { redirect: { destination: '/x', permanent: 'yes' } },
    'returned "yes" as `redirect.permanent`, which must be true or false',
  )
})

describe('props that JSON cannot hold are named by their key', () => {
  const circle: Record<string, unknown> = {}
  circle['inner'] = [circle]
  const shared = { a: 1 }

  function names(props: object, path: string, what: string): void {
    it(`${path}: ${what}`, () => {
      assert.throws(
        () => checkStaticProps({ props }, FILE),
        (error: Error) => error.message.startsWith(`getStaticProps of ${FILE} returned \`props${path}\`, which is ${what}: JSON cannot hold it. `),
      )
    })
  }
  names({ a: undefined }, '.a', 'undefined')
  names({ a: { b: [1, { c: new Date() }] } }, '.a.b[1].c', 'a Date')
  names({ a: () => 1 }, '.a', 'a function')
  names({ a: Symbol('x') }, '.a', 'a symbol')
  names({ a: 1n }, '.a', 'a bigint')
  names({ a: new Map() }, '.a', 'a Map')
  names({ a: Buffer.from('x') }, '.a', 'a Buffer')
  names({ a: new (class Post {})() }, '.a', 'a Post')
  names({ 'b c': { '0': new Set() } }, '["b c"]["0"]', 'a Set')
  names(circle, '.inner[0]', 'an object that contains itself')
  names({ a: 1, b: [undefined] }, '.b[0]', 'undefined')
  names({ a: Object.assign(new Array(2), { 1: 1 }) }, '.a[0]', 'undefined')

  it('but an object that is there twice is fine', () => assert.ok(checkStaticProps({ props: { a: shared, b: [shared, shared] } }, FILE)))
  it('and so is anything that came from JSON', () =>
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (props) => checkStaticProps({ props }, FILE).kind === 'props')))
  it('and one without a prototype', () => assert.ok(checkStaticProps({ props: Object.assign(Object.create(null), { a: 1 }) }, FILE)))
})
