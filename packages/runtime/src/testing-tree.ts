/** For tests: the radix tree and the params of patterns, made without the compiler. */

import type { Edge, Param, RouteParams, TreeNode } from './manifest.ts'

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

type GrowingNode = { -readonly [key in keyof TreeNode]: key extends 'statics' ? Map<string, Edge> | null : TreeNode[key] }

/** Runs without a branch become one edge, as the compiler's do. */
export function createTree(patterns: readonly string[]): Edge {
  const root = createNode()
  for (const [index, pattern] of patterns.entries()) insert(root, segmentsIn(pattern), index)
  return compress({ run: [], to: root })
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
    node.param ??= { run: [], to: createNode() }
    insert(node.param.to as GrowingNode, rest, leaf)
  } else {
    node.statics ??= new Map()
    const edge = node.statics.get(segment) ?? { run: [], to: createNode() }
    node.statics.set(segment, edge)
    insert(edge.to as GrowingNode, rest, leaf)
  }
}

function compress({ run, to }: Edge): Edge {
  if (typeof to === 'number') return { run, to }
  const edges = [...[...(to.statics ?? [])].map(([text, edge]) => [text, edge] as const), ...(to.param ? [[null, to.param] as const] : [])]
  const [only, ...others] = edges
  const ends = to.leaf !== -1 || to.catchAll !== -1 || to.optionalCatchAll !== -1
  if (only && others.length === 0 && !ends) {
    const further = compress(only[1])
    return { run: [...run, only[0], ...further.run], to: further.to }
  }
  if (!only && to.leaf !== -1 && to.catchAll === -1 && to.optionalCatchAll === -1) return { run, to: to.leaf }
  const node = to as GrowingNode
  if (to.statics) node.statics = new Map([...to.statics].map(([text, edge]) => [text, compress(edge)]))
  if (to.param) node.param = compress(to.param)
  return { run, to }
}
