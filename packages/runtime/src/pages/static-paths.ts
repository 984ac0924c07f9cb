/** Which paths a page with params has, as `getStaticPaths` lists them. Source: https://nextjs.org/docs/pages/api-reference/functions/get-static-paths */

import type { PageLeaf } from '../manifest.ts'
import { property } from './page-module.ts'

export interface StaticPaths {
  /** By page key. */
  readonly keys: readonly string[]
  /** Are there others, made when they are asked for? `true` of Next.js, which first sends a page without data, is the same as `'blocking'` here. */
  readonly isOpen: boolean
}

/** What `getStaticPaths` returned cannot be used. */
export class StaticPathsError extends Error {
  static override readonly name = 'StaticPathsError' // that of the class is a letter in server.js
  override name = 'StaticPathsError'
}

/** The key of the page that answers a path: one for all its spellings. @throws URIError when it is not percent-encoded UTF-8. */
export function keyOfPath(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeURIComponent(decodeURIComponent(segment)))
    .join('/')
}

/**
 * @param answers does the page answer this path?
 * @throws StaticPathsError naming the item that is wrong.
 */
export function checkStaticPaths(returned: unknown, leaf: PageLeaf, answers: (path: string) => boolean): StaticPaths {
  const fail = (text: string) => new StaticPathsError(`getStaticPaths of ${leaf.file} ${text}`)
  const paths = property(returned, 'paths')
  const fallback = property(returned, 'fallback')
  if (!Array.isArray(paths)) throw fail(`must return an object with a list of \`paths\`, got ${JSON.stringify(returned)?.slice(0, 100)}`)
  if (fallback !== true && fallback !== false && fallback !== 'blocking')
    throw fail(`must return \`fallback\` as true, false or 'blocking', got ${JSON.stringify(fallback)}`)
  const keys = paths.map((item: unknown, i) => {
    const path = typeof item === 'string' ? item : pathFrom(property(item, 'params'), leaf, (text) => fail(`returned as \`paths[${i}]\` ${text}`))
    if (!path.startsWith('/') || !isDecodable(path) || !answers(path))
      throw fail(`returned ${JSON.stringify(item)} as \`paths[${i}]\`, which is no path of ${leaf.pattern}`)
    return keyOfPath(path)
  })
  return { keys: [...new Set(keys)], isOpen: fallback !== false }
}

function isDecodable(path: string): boolean {
  try {
    keyOfPath(path)
    return true
  } catch {
    return false
  }
}

/** The pattern with its params filled in, percent-encoded. */
function pathFrom(params: unknown, { pattern, params: wanted }: PageLeaf, fail: (text: string) => Error): string {
  const segments: string[] = []
  for (const [at, text] of pattern.slice(1).split('/').entries()) {
    const param = wanted.list.find((item) => item.at === at)
    if (!param) {
      segments.push(encodeURIComponent(text))
      continue
    }
    const value = property(params, param.name)
    const isAbsent = param.rest && text.startsWith('[[') && (value === undefined || value === null || value === false)
    const values: unknown = param.rest ? (isAbsent ? [] : value) : [value]
    if (!Array.isArray(values) || !values.every((item) => typeof item === 'string')) {
      throw fail(`no ${param.rest ? 'list of texts' : 'text'} for the param \`${param.name}\`, but ${JSON.stringify(value)}`)
    }
    segments.push(...values.map(encodeURIComponent))
  }
  return `/${segments.join('/')}`
}
