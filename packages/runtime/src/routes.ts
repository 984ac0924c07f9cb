/** Loads each route's module once, at its first request, and finds its handler and config. */

import type { Log } from './log.ts'
import type { ApiLeaf, Leaf, PageLeaf, RouteConfig } from './manifest.ts'
import type { ApiRequest } from './request.ts'
import type { ApiResponse } from './response.ts'

export type Handler = (req: ApiRequest, res: ApiResponse) => unknown

export interface LoadedRoute {
  readonly leaf: Leaf
  readonly handler: Handler
  readonly config: RouteConfig
}

export interface Routes {
  /** The route, or a promise of it while its module loads. A module that failed to load fails every time, with the same error. */
  get(index: number): LoadedRoute | Promise<LoadedRoute>
}

/** Loads a page, as something that answers requests like a route. */
export type LoadPage = (leaf: PageLeaf) => Promise<LoadedRoute>

export function createRoutes(leaves: readonly Leaf[], log: Pick<Log, 'warn'>, loadPage?: LoadPage): Routes {
  const routes = new Array<LoadedRoute | Promise<LoadedRoute> | undefined>(leaves.length)

  async function start(leaf: Leaf, index: number): Promise<LoadedRoute> {
    const route = await (leaf.kind === 'api' ? loadRoute(leaf, log) : (loadPage as LoadPage)(leaf))
    routes[index] = route
    return route
  }

  return {
    get(index) {
      const known = routes[index]
      if (known !== undefined) return known
      const leaf = leaves[index]
      if (!leaf) throw new Error(`the manifest has no leaf ${index}`)
      const loading = start(leaf, index)
      routes[index] = loading
      return loading
    },
  }
}

async function loadRoute(leaf: ApiLeaf, log: Pick<Log, 'warn'>): Promise<LoadedRoute> {
  const module = await leaf.load()
  const handler = handlerOf(module)
  if (!handler) throw new TypeError(`${leaf.file} does not export a default function`)
  const config = typeof leaf.config === 'function' ? leaf.config(configOf(module), (text) => log.warn(`${leaf.file}: ${text}`)) : leaf.config
  return { leaf, handler, config }
}

/** ES modules, CommonJS with and without `__esModule`, and `exports.default` in plain CommonJS. */
function handlerOf(module: unknown): Handler | undefined {
  for (const candidate of [property(module, 'default'), property(property(module, 'default'), 'default'), module]) {
    if (typeof candidate === 'function') return candidate as Handler
  }
  return undefined
}

function configOf(module: unknown): unknown {
  const config = property(module, 'config')
  return config === undefined ? property(property(module, 'default'), 'config') : config
}

function property(value: unknown, name: string): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined
  return (value as Record<string, unknown>)[name]
}
