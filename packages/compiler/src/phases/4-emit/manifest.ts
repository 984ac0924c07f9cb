import type { TreeNode } from '@apiroutes/runtime'
import type { GeneratedModule, LinkedRoute, RouteTable } from '../../model.ts'
import { Code, code, lines } from './code.ts'
import { MANIFEST_ID, RUNTIME_ID, specifier } from './entry.ts'

/** The route table as the runtime's `Manifest`: one line a route, then the tree. */
export function emitManifest(table: RouteTable): GeneratedModule {
  const { text } = code`
    ${new Code(readsAtLoad(table) ? `import { readConfig } from "${RUNTIME_ID}"\n` : '')}
    const leaves = [
      ${lines(table.routes.map(leaf))}
    ]

    const tree = ${treeLiteral(table.tree)}

    export const manifest = { leaves, tree }
  `
  return { id: MANIFEST_ID, code: `${text}\n` }
}

/** Is there a config that is not known before its route loads? */
export function readsAtLoad({ routes }: RouteTable): boolean {
  return routes.some((route) => route.kind === 'api' && route.config.kind === 'at-load')
}

function leaf(route: LinkedRoute): Code {
  const { file, pattern, params } = route
  if (route.kind === 'page')
    return code`{ kind: 'page', pattern: ${pattern}, file: ${file}, params: ${params}, isReact: ${route.isReact}, load: () => import(${specifier(file)}) },`
  const { config } = route
  const known = config.kind === 'at-load' ? new Code('readConfig') : code`${config.config}`
  return code`{ kind: 'api', pattern: ${pattern}, file: ${file}, params: ${params}, config: ${known}, load: () => import(${specifier(file)}) },`
}

/** Indented by depth, an edge a line. */
function treeLiteral({ leaf: index, statics, param, catchAll, optionalCatchAll }: TreeNode): Code {
  const edges = Object.entries(statics ?? {}).map(([text, { rest, to }]) => code`${new Code(key(text))}: { rest: ${rest}, to: ${treeLiteral(to)} },`)
  const children = statics
    ? code`
        {
          __proto__: null,
          ${lines(edges)}
        }
      `
    : code`${null}`
  return code`{ leaf: ${index}, statics: ${children}, param: ${param ? treeLiteral(param) : null}, catchAll: ${catchAll}, optionalCatchAll: ${optionalCatchAll} }`
}

/** A computed key, since `"__proto__":` would set the prototype. */
function key(text: string): string {
  return `[${JSON.stringify(text)}]`
}
