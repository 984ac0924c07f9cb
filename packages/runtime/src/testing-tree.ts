/** For tests: the radix tree and the params of patterns, made without the compiler. */

import type { Param, RouteParams, TreeNode, Way } from './manifest.ts'

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

/** One segment a node. */
interface Growing {
  leaf: number
  readonly statics: Map<string, Growing>
  param: Growing | null
  catchAll: number
  optionalCatchAll: number
}

/** As many ways are found one by one: fewer than in an app, so that tests have Maps, too. */
const FEW = 2

/** Runs without a branch become one node, as the compiler's do. */
export function createTree(patterns: readonly string[]): TreeNode {
  const root = createNode()
  for (const [index, pattern] of patterns.entries()) insert(root, segmentsIn(pattern), index)
  return compress(root)
}

function createNode(): Growing {
  return { leaf: -1, statics: new Map(), param: null, catchAll: -1, optionalCatchAll: -1 }
}

function insert(node: Growing, [segment, ...rest]: readonly string[], leaf: number): void {
  if (segment === undefined) {
    node.leaf = leaf
  } else if (segment.startsWith('[[...')) {
    node.optionalCatchAll = leaf
  } else if (segment.startsWith('[...')) {
    node.catchAll = leaf
  } else if (/^\[.+\]$/.test(segment)) {
    node.param ??= createNode()
    insert(node.param, rest, leaf)
  } else {
    const child = node.statics.get(segment) ?? createNode()
    node.statics.set(segment, child)
    insert(child, rest, leaf)
  }
}

function compress({ leaf, statics, param, catchAll, optionalCatchAll }: Growing): TreeNode {
  const [only, ...others] = [...statics, ...(param ? [[null, param] as const] : [])]
  if (only && others.length === 0 && leaf === -1 && catchAll === -1 && optionalCatchAll === -1) {
    const end = compress(only[1])
    return { ...end, run: [only[0], ...end.run] }
  }
  const ways = [...statics].map(([text, child]) => [text, wayTo(child)] as const)
  const isFew = ways.length <= FEW
  return { run: [], leaf, many: isFew ? null : new Map(ways), few: isFew ? ways.flat() : [], param: param && wayTo(param), catchAll, optionalCatchAll }
}

function wayTo(node: Growing): Way {
  const isEnd = node.leaf !== -1 && node.statics.size === 0 && !node.param && node.catchAll === -1 && node.optionalCatchAll === -1
  return isEnd ? node.leaf : compress(node)
}
