/** For tests: the radix tree and the params of patterns, made without the compiler. */

import type { Edge, Param, TreeNode } from './manifest.ts'

function segmentsIn(pattern: string): string[] {
  return pattern === '/' ? [] : pattern.split('/').slice(1)
}

export function paramsIn(pattern: string): Param[] {
  return segmentsIn(pattern).flatMap((segment, at) => {
    const [, , rest, name] = /^(\[{1,2})(\.\.\.)?([^\]]*)\]{1,2}$/.exec(segment) ?? []
    return name === undefined ? [] : [{ name, at, rest: rest !== undefined }]
  })
}

type GrowingNode = { -readonly [key in keyof TreeNode]: key extends 'statics' ? Map<string, Edge> | null : TreeNode[key] }

/** Runs without a branch become one edge, as the compiler's do. */
export function createTree(patterns: readonly string[]): TreeNode {
  const root = createNode()
  for (const [index, pattern] of patterns.entries()) insert(root, segmentsIn(pattern), index)
  return compress(root)
}

function createNode(): GrowingNode {
  return { leaf: -1, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 }
}

function insert(node: GrowingNode, [segment, ...rest]: readonly string[], leaf: number): void {
  if (segment === undefined) {
    node.leaf = leaf
  } else if (segment.startsWith('[[...')) {
    node.optionalCatchAll = leaf
  } else if (segment.startsWith('[...')) {
    node.catchAll = leaf
  } else if (/^\[.+\]$/.test(segment)) {
    node.param ??= createNode()
    insert(node.param as GrowingNode, rest, leaf)
  } else {
    node.statics ??= new Map()
    const edge = node.statics.get(segment) ?? { rest: [], to: createNode() }
    node.statics.set(segment, edge)
    insert(edge.to as GrowingNode, rest, leaf)
  }
}

function compress(node: GrowingNode): TreeNode {
  if (node.param) compress(node.param as GrowingNode)
  for (const [segment, edge] of node.statics ?? []) {
    const to = compress(edge.to as GrowingNode)
    const [only, ...others] = to.statics ?? []
    const isRun = only && others.length === 0 && to.leaf === -1 && !to.param && to.catchAll === -1 && to.optionalCatchAll === -1
    if (isRun && node.statics) node.statics.set(segment, { rest: [only[0], ...only[1].rest], to: only[1].to })
  }
  return node
}
