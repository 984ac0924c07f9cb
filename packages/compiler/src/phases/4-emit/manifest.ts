import type { Param, RouteConfig, TreeNode, Way } from '@apiroutes/runtime'
import { UNSET_CONFIG } from '@apiroutes/runtime/config'
import { staticWays } from '@apiroutes/runtime/match'
import type { GeneratedModule, LinkedRoute, RouteTable } from '../../model.ts'
import { Code, code, type Json, keyLiteral, lines } from './code.ts'
import { MANIFEST_ID, RUNTIME_ID, specifier } from './entry.ts'

/** The route table as the runtime's `Manifest`: one line a route, then the tree. Many routes have the same params, and the same end of their path. */
export function emitManifest(table: RouteTable): GeneratedModule {
  const params = createConstants('params', paramsLiteral)
  const runs = createConstants('runs', (run: TreeNode['run']) => code`${run},`)
  const leaves = table.routes.map((route) => leaf(route, params.use(route.params)))
  const tree = nodeLiteral(table.tree, runs)
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

/** What most routes have, and most nodes of the tree. */
const HELPERS = `const unset = ${code`${UNSET_CONFIG}`.text}
const none = []`

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

type Runs = Constants<TreeNode['run']>

/** Indented by depth, a way a line. */
function nodeLiteral(node: TreeNode, runs: Runs): Code {
  const { leaf: index, many, param, catchAll, optionalCatchAll } = node
  const none = new Code('none')
  const run = node.run.length === 0 ? none : runs.use(node.run)
  const ways = staticWays(node).map(([text, way]) => (many ? code`[${text}, ${wayLiteral(way, runs)}],` : code`${text}, ${wayLiteral(way, runs)},`))
  const list = code`
    [
      ${lines(ways)}
    ]
  `
  const statics = many ? code`many: new Map(${list}), few: ${none}` : code`many: ${null}, few: ${ways.length === 0 ? none : list}`
  return code`{ run: ${run}, leaf: ${index}, ${statics}, param: ${param === null ? null : wayLiteral(param, runs)}, catchAll: ${catchAll}, optionalCatchAll: ${optionalCatchAll} }`
}

function wayLiteral(way: Way, runs: Runs): Code {
  return typeof way === 'number' ? code`${way}` : nodeLiteral(way, runs)
}
