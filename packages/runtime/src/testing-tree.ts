/** For tests: the radix tree and the params of patterns, made without the compiler. */

import { compressTree, type Draft, emptyDraft } from './compress-tree.ts'
import type { Param, RouteParams, TreeNode } from './manifest.ts'

function segmentsIn(pattern: string): string[] {
  return pattern === '/' ? [] : pattern.split('/').slice(1)
}

export function paramsIn(pattern: string): RouteParams {
  const list: Param[] = segmentsIn(pattern).flatMap((segment, at) => {
    const [, , rest, name] = /^(\[{1,2})(\.\.\.)?([^\]]*)\]{1,2}$/.exec(segment) ?? []
    return name === undefined ? [] : [{ name, at, rest: rest !== undefined }]
  })
  const single = list.filter(({ name, rest }) => !rest && name !== '__proto__')
  return { list, of: (values) => Object.fromEntries(single.map((param) => [param.name, values[list.indexOf(param)] ?? ''])) }
}

/** As many ways are found one by one: fewer than in an app, so that tests have Maps, too. */
const FEW = 2

/** Runs without a branch become one node, as the compiler's do. */
export function createTree(patterns: readonly string[]): TreeNode {
  const root = emptyDraft()
  for (const [index, pattern] of patterns.entries()) insert(root, segmentsIn(pattern), index)
  return compressTree(root, FEW)
}

function insert(node: Draft, [segment, ...rest]: readonly string[], leaf: number): void {
  if (segment === undefined) {
    node.leaf = leaf
  } else if (segment.startsWith('[[...')) {
    node.optionalCatchAll = leaf
  } else if (segment.startsWith('[...')) {
    node.catchAll = leaf
  } else if (/^\[.+\]$/.test(segment)) {
    node.param ??= emptyDraft()
    insert(node.param, rest, leaf)
  } else {
    const child = node.statics.get(segment) ?? emptyDraft()
    node.statics.set(segment, child)
    insert(child, rest, leaf)
  }
}
