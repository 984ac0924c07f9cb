import type { TreeNode } from '@apiroutes/runtime'
import { compressTree, type Draft, emptyDraft } from '@apiroutes/runtime/compress-tree'
import type { RouteFile } from '../../model.ts'

/** The radix tree over the routes, whose leaves are their indexes. Where two routes are in one place the first one holds. */
export function buildTree(routes: readonly Pick<RouteFile, 'segments'>[]): TreeNode {
  const root = emptyDraft()
  for (const [index, route] of routes.entries()) insert(root, route, index)
  return compressTree(root)
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
