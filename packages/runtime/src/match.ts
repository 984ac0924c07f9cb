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
    const edge = node.statics[decodeStatic(segment)]
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
  const segments = path.split('/')
  segments.shift()
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
