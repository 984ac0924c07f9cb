/** What `getStaticProps` returns, checked. Source of the rules: https://nextjs.org/docs/pages/api-reference/functions/get-static-props and what Next.js 16 refuses. */

export type StaticProps =
  | { readonly kind: 'props'; readonly props: object; readonly revalidate: number | false }
  | { readonly kind: 'not-found'; readonly revalidate: number | false }
  | { readonly kind: 'redirect'; readonly location: string; readonly status: number; readonly revalidate: number | false }

/** What `getStaticProps` returned cannot be used. */
export class StaticPropsError extends Error {
  static override readonly name = 'StaticPropsError' // that of the class is a letter in server.js
  override name = 'StaticPropsError'
}

const KEYS = ['props', 'revalidate', 'notFound', 'redirect']
const REDIRECTS = [301, 302, 303, 307, 308]

/**
 * @param file of the page, for messages.
 * @throws StaticPropsError naming the key that is wrong.
 */
export function checkStaticProps(returned: unknown, file: string): StaticProps {
  const fail = (text: string) => new StaticPropsError(`getStaticProps of ${file} ${text}`)
  if (!isPlain(returned)) throw fail(`must return an object with \`props\`, \`notFound\` or \`redirect\`, got ${nameOf(returned)}`)
  const unknown = Object.keys(returned).filter((key) => !KEYS.includes(key))
  if (unknown.length > 0)
    throw fail(`returned ${unknown.map((key) => `\`${key}\``).join(', ')}, which has no meaning there. What the page is to get goes into \`props\`.`)
  const revalidate = checkRevalidate(returned['revalidate'], fail)
  if (returned['notFound'] === true) return { kind: 'not-found', revalidate }
  if (returned['redirect'] !== undefined) return { kind: 'redirect', ...checkRedirect(returned['redirect'], fail), revalidate }
  const { props } = returned
  if (!isPlain(props)) throw fail(`must return an object as \`props\`, got ${nameOf(props)}`)
  const problem = notJson(props)
  if (problem) throw fail(`returned \`props${problem.path}\`, which is ${problem.what}: JSON cannot hold it. ${problem.fix}`)
  return { kind: 'props', props, revalidate }
}

type Fail = (text: string) => Error

/** As in Next.js: whole seconds above 0; `true` is 1. */
function checkRevalidate(value: unknown, fail: Fail): number | false {
  if (value === undefined || value === false) return false
  if (value === true) return 1
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value
  throw fail(`returned ${show(value)} as \`revalidate\`, which must be a whole number of seconds above 0, or false`)
}

function checkRedirect(value: unknown, fail: Fail): { location: string; status: number } {
  if (!isPlain(value)) throw fail(`must return an object as \`redirect\`, got ${nameOf(value)}`)
  const { destination, permanent, statusCode } = value
  if (typeof destination !== 'string') throw fail(`must return a text as \`redirect.destination\`, got ${show(destination)}`)
  if (/[^ -~]/.test(destination))
    throw fail(`returned ${show(destination)} as \`redirect.destination\`, which no header can hold: percent-encode it, with encodeURI`)
  if ((permanent === undefined) === (statusCode === undefined)) throw fail('must return either `redirect.permanent` or `redirect.statusCode`')
  if (statusCode !== undefined && !REDIRECTS.includes(statusCode as number))
    throw fail(`returned ${show(statusCode)} as \`redirect.statusCode\`, which must be one of ${REDIRECTS.join(', ')}`)
  if (permanent !== undefined && typeof permanent !== 'boolean')
    throw fail(`returned ${show(permanent)} as \`redirect.permanent\`, which must be true or false`)
  return { location: destination, status: typeof statusCode === 'number' ? statusCode : permanent === true ? 308 : 307 }
}

interface Problem {
  /** `.post.tags[0]` */
  readonly path: string
  readonly what: string
  readonly fix: string
}

/** The first value that JSON would lose or change. */
function notJson(value: unknown, path = '', around: readonly unknown[] = []): Problem | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return undefined
  if (value === undefined) return { path, what: 'undefined', fix: 'Use null, or leave the key out.' }
  if (around.includes(value)) return { path, what: 'an object that contains itself', fix: 'Leave out what refers back.' }
  if (!Array.isArray(value) && !isPlain(value)) return { path, what: nameOf(value), fix: 'Return strings, numbers, booleans, null, arrays and plain objects.' }
  const inner = [...around, value]
  for (const [key, item] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    const problem = notJson(item, path + keyPath(key), inner)
    if (problem) return problem
  }
  return undefined
}

function keyPath(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null // of another realm, too
}

/** What a value is, for people. */
function nameOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value !== 'object') return `a ${typeof value}`
  const { name = '' } = (value.constructor as { name?: string } | undefined) ?? {}
  return Array.isArray(value) ? 'an array' : name ? `a ${name}` : 'an object without a plain prototype'
}

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : typeof value === 'object' || typeof value === 'function' ? nameOf(value) : String(value)
}
