import type { Edge, TreeNode } from '@apiroutes/runtime'
import type { RouteFile } from '../../model.ts'

/** A trie node while it is built: one segment an edge. */
interface Draft {
  leaf: number
  readonly statics: Map<string, Draft>
  param: Draft | null
  catchAll: number
  optionalCatchAll: number
}

/** The radix tree over the routes, whose leaves are their indexes. Where two routes are in one place the first one holds. */
export function buildTree(routes: readonly Pick<RouteFile, 'segments'>[]): TreeNode {
  const root = emptyDraft()
  for (const [index, route] of routes.entries()) insert(root, route, index)
  return compress(root)
}

function emptyDraft(): Draft {
  return { leaf: -1, statics: new Map(), param: null, catchAll: -1, optionalCatchAll: -1 }
}

function insert(root: Draft, { segments }: Pick<RouteFile, 'segments'>, index: number): void {
  let node = root
  for (const segment of segments) {
    if (segment.kind === 'catch-all') {
      const slot = segment.optional ? 'optionalCatchAll' : 'catchAll'
      if (node[slot] === -1) node[slot] = index
      return
    }
    node = segment.kind === 'static' ? staticChild(node, segment.text) : paramChild(node)
  }
  if (node.leaf === -1) node.leaf = index
}

function paramChild(node: Draft): Draft {
  node.param ??= emptyDraft()
  return node.param
}

function staticChild(node: Draft, text: string): Draft {
  const child = node.statics.get(text) ?? emptyDraft()
  node.statics.set(text, child)
  return child
}

function compress(draft: Draft): TreeNode {
  const { leaf, param, catchAll, optionalCatchAll } = draft
  return { leaf, statics: compressStatics(draft.statics), param: param && compress(param), catchAll, optionalCatchAll }
}

function compressStatics(statics: ReadonlyMap<string, Draft>): TreeNode['statics'] {
  if (statics.size === 0) return null
  return new Map([...statics].map(([text, child]) => [text, compressEdge(child)]))
}

/** Follows a run of nodes that have nothing but one static child. */
function compressEdge(child: Draft): Edge {
  const rest: string[] = []
  let end = child
  for (let only = onlyStatic(end); only; only = onlyStatic(end)) {
    rest.push(only[0])
    end = only[1]
  }
  return { rest, to: compress(end) }
}

function onlyStatic(node: Draft): [string, Draft] | undefined {
  const empty = node.leaf === -1 && node.param === null && node.catchAll === -1 && node.optionalCatchAll === -1
  return empty && node.statics.size === 1 ? [...node.statics][0] : undefined
}
