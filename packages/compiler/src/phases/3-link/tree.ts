import type { TreeNode, Way } from '@apiroutes/runtime'
import { FEW } from '@apiroutes/runtime/match'
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

/** Follows a run of nodes from which there is one way on, through a text or a param, and none that ends. */
function compress(draft: Draft): TreeNode {
  const run: (string | null)[] = []
  let end = draft
  for (let only = onlyChild(end); only; only = onlyChild(end)) {
    run.push(only[0])
    end = only[1]
  }
  const { leaf, statics, param, catchAll, optionalCatchAll } = end
  const ways = [...statics].map(([text, child]) => [text, wayTo(child)] as const)
  const isFew = ways.length <= FEW
  return { run, leaf, many: isFew ? null : new Map(ways), few: isFew ? ways.flat() : [], param: param && wayTo(param), catchAll, optionalCatchAll }
}

function onlyChild({ leaf, statics, param, catchAll, optionalCatchAll }: Draft): [string | null, Draft] | undefined {
  if (leaf !== -1 || catchAll !== -1 || optionalCatchAll !== -1) return undefined
  if (param) return statics.size === 0 ? [null, param] : undefined
  return statics.size === 1 ? [...statics][0] : undefined
}

function wayTo(draft: Draft): Way {
  const { leaf, statics, param, catchAll, optionalCatchAll } = draft
  const isEnd = leaf !== -1 && statics.size === 0 && !param && catchAll === -1 && optionalCatchAll === -1
  return isEnd ? leaf : compress(draft)
}
