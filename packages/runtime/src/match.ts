/** The hot path: from a path to a route. Walks the precomputed tree; of the path it cuts out what is a value, and what the tree has a Map for. */

import type { Leaf, Params, TreeNode, Way } from './manifest.ts'

/** Of the params of a path, in their order: as they are in it, a catch-all's the rest of it, an absent `[[...param]]`'s undefined. There may be more, left by what has been tried. */
export type Values = (string | undefined)[]

/** With room for as many as most paths have: an array that grows costs as much as all else in a match. */
export function noValues(): Values {
  return [undefined, undefined, undefined, undefined]
}

/**
 * The index of the leaf that answers this path, or -1. Every node begins at one depth, so backtracking visits each at most once.
 * @param path begins with a slash; still percent-encoded.
 * @param values is filled in.
 */
export function matchRoute(tree: TreeNode, path: string, values: Values = noValues()): number {
  return follow(tree, path, path === '/' ? END : 1, values, 0, !path.includes('%'))
}

/** Behind any path: where the next segment would begin when there is none. */
const END = 2 ** 30

const SLASH = 47

/**
 * @param from where the next segment begins.
 * @param known how many values there are so far.
 * @param isPlain is each segment what it is spelled as?
 */
function follow(node: Way, path: string, from: number, values: Values, known: number, isPlain: boolean): number {
  if (typeof node === 'number') return from > path.length ? node : -1
  const { run } = node
  for (let i = 0; i < run.length; i++) {
    const text = run[i] as string | null
    if (from > path.length) return -1
    const end = text !== null && isPlain ? endOfText(path, from, text) : endOfSegment(path, from)
    if (end <= from) return -1
    if (text === null) values[known++] = path.slice(from, end)
    else if (!isPlain && decodeStatic(path.slice(from, end)) !== text) return -1
    from = end + 1
  }
  if (from > path.length) {
    if (node.leaf !== -1) return node.leaf
    values[known] = undefined
    return node.optionalCatchAll
  }
  const end = endOfSegment(path, from)
  const way = staticWay(node, path, from, end, isPlain)
  if (way !== undefined) {
    const found = follow(way, path, end + 1, values, known, isPlain)
    if (found !== -1) return found
  }
  // An empty segment ("/api/") is no value for a param.
  if (end === from) return -1
  if (node.param !== null) {
    values[known] = path.slice(from, end)
    const found = follow(node.param, path, end + 1, values, known + 1, isPlain)
    if (found !== -1) return found
  }
  const rest = node.catchAll === -1 ? node.optionalCatchAll : node.catchAll
  if (rest !== -1) values[known] = path.slice(from)
  return rest
}

function staticWay({ few, many }: TreeNode, path: string, from: number, end: number, isPlain: boolean): Way | undefined {
  if (isPlain && many === null) {
    for (let i = 0; i < few.length; i += 2) if (endOfText(path, from, few[i] as string) === end) return few[i + 1] as Way
    return undefined
  }
  const segment = path.slice(from, end)
  const text = isPlain ? segment : decodeStatic(segment)
  if (many !== null) return many.get(text)
  const at = few.indexOf(text)
  return at === -1 ? undefined : (few[at + 1] as Way)
}

/** All ways on from a node that begin with a text, whether few or many: not for matching. */
export function staticWays({ few, many }: TreeNode): [text: string, way: Way][] {
  if (many !== null) return [...many]
  return few.flatMap((item, i) => (typeof item === 'string' ? [[item, few[i + 1] as Way]] : []))
}

function endOfSegment(path: string, from: number): number {
  const end = path.indexOf('/', from)
  return end === -1 ? path.length : end
}

/** Where the segment ends, if it is this text; else -1. */
function endOfText(path: string, from: number, text: string): number {
  const end = from + text.length
  if (end > path.length || (end < path.length && path.charCodeAt(end) !== SLASH)) return -1
  for (let i = 0; i < text.length; i++) if (path.charCodeAt(from + i) !== text.charCodeAt(i)) return -1
  return end
}

/** What a path may be spelled with otherwise than itself, or end before. */
const NOT_LITERAL = /[%#?\\]|\/\.{1,2}(?:\/|$)/

/** As many texts are compared sooner one by one than looked up in a Map: a text that has just arrived has no hash yet, and making it takes longer than the search. */
export const FEW = 8

/**
 * The leaves without params, by their whole path: most requests need no more than this, and no walk. Where such a path matches, so does the tree, first of all.
 * @returns what finds the index of a leaf. It looks only at paths as long as the one it is asked for.
 */
export function staticPaths(leaves: readonly Leaf[]): (path: string) => number | undefined {
  const byLength: { readonly path: string; readonly index: number }[][] = []
  for (const [index, { pattern: path, params }] of leaves.entries()) {
    if (params.list.length > 0 || NOT_LITERAL.test(path)) continue
    const like = byLength[path.length] ?? []
    byLength[path.length] = like
    like.push({ path, index })
  }
  const many = new Map(byLength.flatMap((like) => (like.length > FEW ? like.map(({ path, index }) => [path, index] as const) : [])))
  return (path) => {
    const like = byLength[path.length]
    if (like === undefined || like.length > FEW) return like && many.get(path)
    return like.find((one) => one.path === path)?.index
  }
}

/** A static segment is compared decoded; what cannot be decoded is compared as it is. */
function decodeStatic(segment: string): string {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/**
 * The values of a route's params, percent-decoded exactly once. An absent `[[...param]]` leaves no key.
 * @param values as `matchRoute` has found them in the path; they are decoded in place.
 * @throws URIError when a value is not percent-encoded UTF-8; the request is then a 400.
 */
export function paramsOf({ params: { list, of } }: Pick<Leaf, 'params'>, path: string, values: Values): Params {
  const last = list[list.length - 1]
  const single = last?.rest ? list.length - 1 : list.length
  if (path.includes('%')) for (let i = 0; i < single; i++) values[i] = decodeURIComponent(values[i] as string)
  const params = of(values)
  if (!last?.rest) return params
  const rest = values[single]?.split('/').map((segment) => decodeURIComponent(segment))
  if (rest !== undefined && last.name !== '__proto__') params[last.name] = rest
  return params
}
