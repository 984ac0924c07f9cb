import type { RouteConfig, TreeNode } from '@apiroutes/runtime'
import { UNSET_CONFIG } from '@apiroutes/runtime/config'
import type { GeneratedModule, LinkedRoute, RouteTable } from '../../model.ts'
import { Code, code, lines } from './code.ts'
import { MANIFEST_ID, RUNTIME_ID, specifier } from './entry.ts'

/** The route table as the runtime's `Manifest`: one line a route, then the tree. */
export function emitManifest(table: RouteTable): GeneratedModule {
  const { text } = code`
    ${new Code(readsAtLoad(table) ? `import { readConfig } from "${RUNTIME_ID}"\n` : '')}
    ${new Code(HELPERS)}

    const leaves = [
      ${lines(table.routes.map(leaf))}
    ]

    const tree = ${treeLiteral(table.tree)}

    export const manifest = { leaves, tree }
  `
  return { id: MANIFEST_ID, code: `${text}\n` }
}

/** What most routes have, and what most places of the tree are: an end. */
const HELPERS = `const unset = ${code`${UNSET_CONFIG}`.text}
const end = (leaf) => ({ leaf, statics: null, param: null, catchAll: -1, optionalCatchAll: -1 })`

/** Is there a config that is not known before its route loads? */
export function readsAtLoad({ routes }: RouteTable): boolean {
  return routes.some((route) => route.kind === 'api' && route.config.kind === 'at-load')
}

function leaf(route: LinkedRoute): Code {
  const { file, pattern, params } = route
  if (route.kind === 'page')
    return code`{ kind: 'page', pattern: ${pattern}, file: ${file}, params: ${params}, isReact: ${route.isReact}, load() { return import(${specifier(file)}) } },`
  const { config } = route
  const known = config.kind === 'at-load' ? new Code('readConfig') : isUnset(config.config) ? new Code('unset') : code`${config.config}`
  return code`{ kind: 'api', pattern: ${pattern}, file: ${file}, params: ${params}, config: ${known}, load() { return import(${specifier(file)}) } },`
}

function isUnset(config: RouteConfig): boolean {
  return JSON.stringify(config) === JSON.stringify(UNSET_CONFIG)
}

/** Indented by depth, an edge a line. */
function treeLiteral({ leaf: index, statics, param, catchAll, optionalCatchAll }: TreeNode): Code {
  if (!statics && !param && catchAll === -1 && optionalCatchAll === -1) return code`end(${index})`
  const edges = [...(statics ?? [])].map(([text, { rest, to }]) => code`[${text}, { rest: ${rest}, to: ${treeLiteral(to)} }],`)
  const children = statics
    ? code`
        new Map([
          ${lines(edges)}
        ])
      `
    : code`${null}`
  return code`{ leaf: ${index}, statics: ${children}, param: ${param ? treeLiteral(param) : null}, catchAll: ${catchAll}, optionalCatchAll: ${optionalCatchAll} }`
}
