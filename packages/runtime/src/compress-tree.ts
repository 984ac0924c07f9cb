/** From a trie of one segment a node to the tree that is matched. Used by the compiler, and by tests of the matcher. */

import type { TreeNode, Way } from './manifest.ts'
import { FEW } from './match.ts'

/** A node while the trie is built: one segment a node. */
export interface Draft {
  leaf: number
  readonly statics: Map<string, Draft>
  param: Draft | null
  catchAll: number
  optionalCatchAll: number
}

export function emptyDraft(): Draft {
  return { leaf: -1, statics: new Map(), param: null, catchAll: -1, optionalCatchAll: -1 }
}

/**
 * Follows a run of nodes from which there is one way on, through a text or a param, and none that ends.
 * @param few up to how many texts are compared one by one.
 */
export function compressTree(draft: Draft, few: number = FEW): TreeNode {
  const run: (string | null)[] = []
  let end = draft
  for (let only = onlyChild(end); only; only = onlyChild(end)) {
    run.push(only[0])
    end = only[1]
  }
  const { leaf, statics, param, catchAll, optionalCatchAll } = end
  const ways = [...statics].map(([text, child]) => [text, wayTo(child, few)] as const)
  const isFew = ways.length <= few
  return { run, leaf, many: isFew ? null : new Map(ways), few: isFew ? ways.flat() : [], param: param && wayTo(param, few), catchAll, optionalCatchAll }
}

function onlyChild({ leaf, statics, param, catchAll, optionalCatchAll }: Draft): [string | null, Draft] | undefined {
  if (leaf !== -1 || catchAll !== -1 || optionalCatchAll !== -1) return undefined
  if (param) return statics.size === 0 ? [null, param] : undefined
  return statics.size === 1 ? [...statics][0] : undefined
}

function wayTo(draft: Draft, few: number): Way {
  const { leaf, statics, param, catchAll, optionalCatchAll } = draft
  const isEnd = leaf !== -1 && statics.size === 0 && !param && catchAll === -1 && optionalCatchAll === -1
  return isEnd ? leaf : compressTree(draft, few)
}
