/** The hot path: from a request target to a route. Walks the precomputed tree; allocates one array of segments. */

import type { Leaf, TreeNode } from './manifest.ts'

/**
 * The index of the leaf that answers these segments, or -1. Segments are as they came, still percent-encoded.
 * Every tree node sits at one depth, so backtracking visits each node at most once.
 */
export function matchRoute(node: TreeNode, segments: readonly string[], i = 0): number {
  const segment = segments[i]
  if (segment === undefined) return node.leaf === -1 ? node.optionalCatchAll : node.leaf

  if (node.statics !== null) {
    const edge = node.statics.get(decodeStatic(segment))
    if (edge !== undefined && startsWith(segments, i + 1, edge.rest)) {
      const found = matchRoute(edge.to, segments, i + 1 + edge.rest.length)
      if (found !== -1) return found
    }
  }
  // An empty segment ("/api/") is no value for a param.
  if (segment === '' && i === segments.length - 1) return -1
  if (node.param !== null) {
    const found = matchRoute(node.param, segments, i + 1)
    if (found !== -1) return found
  }
  return node.catchAll === -1 ? node.optionalCatchAll : node.catchAll
}

/** What a path may be spelled with otherwise than itself, or end before. */
const NOT_LITERAL = /[%#?\\]|\/\.{1,2}(?:\/|$)/

/** The leaves without params, by their whole path: most requests need no more than this, and no walk. Where such a path matches, so does the tree, first of all. */
export function staticPaths(leaves: readonly Leaf[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const [index, { pattern, params }] of leaves.entries()) if (params.length === 0 && !NOT_LITERAL.test(pattern)) found.set(pattern, index)
  return found
}

function startsWith(segments: readonly string[], from: number, rest: readonly string[]): boolean {
  for (let i = 0; i < rest.length; i++) {
    const segment = segments[from + i]
    if (segment === undefined || decodeStatic(segment) !== rest[i]) return false
  }
  return true
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

/** The segments of a path, as they are written; none for `/`. */
export function segmentsOf(path: string): string[] {
  if (path === '/') return []
  const segments: string[] = []
  let from = path.indexOf('/') + 1
  for (let end = path.indexOf('/', from); end !== -1; end = path.indexOf('/', from)) {
    segments.push(path.slice(from, end))
    from = end + 1
  }
  segments.push(path.slice(from))
  return segments
}

export type Params = Record<string, string | string[]>

/**
 * The values of a route's params, percent-decoded exactly once. An absent `[[...param]]` leaves no key.
 * @throws URIError when a value is not percent-encoded UTF-8; the request is then a 400.
 */
export function paramsOf(leaf: Pick<Leaf, 'params'>, segments: readonly string[]): Params {
  const params: Params = {}
  for (const { name, at, rest } of leaf.params) {
    if (rest && at >= segments.length) continue
    const value = rest ? segments.slice(at).map(decode) : decode(segments[at] ?? '')
    if (name !== '__proto__') params[name] = value
  }
  return params
}

function decode(segment: string): string {
  return segment.includes('%') ? decodeURIComponent(segment) : segment
}
