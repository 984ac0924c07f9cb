import type { Edge, Param, RouteConfig, TreeNode } from '@apiroutes/runtime'
import { UNSET_CONFIG } from '@apiroutes/runtime/config'
import type { GeneratedModule, LinkedRoute, RouteTable } from '../../model.ts'
import { Code, code, type Json, keyLiteral, lines } from './code.ts'
import { MANIFEST_ID, RUNTIME_ID, specifier } from './entry.ts'

/** The route table as the runtime's `Manifest`: one line a route, then the tree. Many routes have the same params, and the same end of their path. */
export function emitManifest(table: RouteTable): GeneratedModule {
  const params = createConstants('params', paramsLiteral)
  const runs = createConstants('runs', (run: Edge['run']) => code`${run},`)
  const leaves = table.routes.map((route) => leaf(route, params.use(route.params)))
  const tree = edgeLiteral(table.tree, runs)
  const { text } = code`
    ${new Code(readsAtLoad(table) ? `import { readConfig } from "${RUNTIME_ID}"\n` : '')}
    ${new Code(HELPERS)}
    ${params.all()}
    ${runs.all()}

    const leaves = [
      ${lines(leaves)}
    ]

    const tree = ${tree}

    export const manifest = { leaves, tree }
  `
  return { id: MANIFEST_ID, code: `${text}\n` }
}

/** Data that is written once however often it is used. */
interface Constants<T> {
  /** The expression that stands for it. */
  use(value: T): Code
  /** The list of all that has been used. */
  all(): Code
}

function createConstants<T extends Json>(name: string, literal: (value: T) => Code): Constants<T> {
  const found = new Map<string, { readonly index: number; readonly value: T }>()
  return {
    use(value) {
      const key = JSON.stringify(value)
      const known = found.get(key) ?? { index: found.size, value }
      found.set(key, known)
      return new Code(`${name}[${known.index}]`)
    },
    all: () => code`
      const ${new Code(name)} = [
        ${lines([...found.values()].map(({ value }) => literal(value)))}
      ]
    `,
  }
}

/** What most routes have, and where most edges of the tree lead to: an end. */
const HELPERS = `const unset = ${code`${UNSET_CONFIG}`.text}
const none = []
const end = (leaf, run = none) => ({ run, to: leaf })`

/** Is there a config that is not known before its route loads? */
export function readsAtLoad({ routes }: RouteTable): boolean {
  return routes.some((route) => route.kind === 'api' && route.config.kind === 'at-load')
}

/** Many routes have the same params in the same places. */
function paramsLiteral(params: readonly Param[]): Code {
  const single = params.flatMap(({ name, rest }, i) => (rest || name === '__proto__' ? [] : [`${keyLiteral(name)}: values[${i}]`]))
  const values = new Code(single.length === 0 ? '{}' : `{ ${single.join(', ')} }`)
  return code`{ list: ${params}, of(values) { return ${values} } },`
}

function leaf(route: LinkedRoute, params: Code): Code {
  const { file, pattern } = route
  if (route.kind === 'page')
    return code`{ kind: 'page', pattern: ${pattern}, file: ${file}, params: ${params}, isReact: ${route.isReact}, load() { return import(${specifier(file)}) } },`
  const { config } = route
  const known = config.kind === 'at-load' ? new Code('readConfig') : isUnset(config.config) ? new Code('unset') : code`${config.config}`
  return code`{ kind: 'api', pattern: ${pattern}, file: ${file}, params: ${params}, config: ${known}, load() { return import(${specifier(file)}) } },`
}

function isUnset(config: RouteConfig): boolean {
  return JSON.stringify(config) === JSON.stringify(UNSET_CONFIG)
}

type Runs = Constants<Edge['run']>

function edgeLiteral({ run, to }: Edge, runs: Runs): Code {
  const known = run.length === 0 ? new Code('none') : runs.use(run)
  if (typeof to === 'number') return run.length === 0 ? code`end(${to})` : code`end(${to}, ${known})`
  return code`{ run: ${known}, to: ${nodeLiteral(to, runs)} }`
}

/** Indented by depth, an edge a line. */
function nodeLiteral({ leaf: index, statics, param, catchAll, optionalCatchAll }: TreeNode, runs: Runs): Code {
  const edges = [...(statics ?? [])].map(([text, edge]) => code`[${text}, ${edgeLiteral(edge, runs)}],`)
  const children = statics
    ? code`
        new Map([
          ${lines(edges)}
        ])
      `
    : code`${null}`
  return code`{ leaf: ${index}, statics: ${children}, param: ${param ? edgeLiteral(param, runs) : null}, catchAll: ${catchAll}, optionalCatchAll: ${optionalCatchAll} }`
}
