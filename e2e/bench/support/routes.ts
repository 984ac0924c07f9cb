/** The routes of apps that are measured by their number: half of them static, half with an id, as a REST API has them. */

import { createRandom } from './random.ts'

const RESOURCES = ['users', 'orders', 'invoices', 'products', 'tickets']
/** So that every run asks for the same paths. */
const SEED = 20_261_127

export interface BenchRoute {
  readonly index: number
  /** `/api/area-0/users`, which has a `summary` and one route for each id. */
  readonly folder: string
  readonly isDynamic: boolean
}

export function routeTable(count: number): BenchRoute[] {
  return Array.from({ length: count }, (_, index) => {
    const pair = Math.floor(index / 2)
    const resource = RESOURCES[pair % RESOURCES.length] ?? ''
    return { index, folder: `/api/area-${Math.floor(pair / RESOURCES.length)}/${resource}`, isDynamic: index % 2 === 1 }
  })
}

/** A request for a route, and the JSON of its answer. */
export interface Visit {
  readonly path: string
  readonly answer: { readonly route: number; readonly id?: string }
}

export function visit({ folder, index, isDynamic }: BenchRoute, id: string): Visit {
  return isDynamic ? { path: `${folder}/${id}`, answer: { route: index, id } } : { path: `${folder}/summary`, answer: { route: index } }
}

/** Routes at random, each time the same ones. */
export function randomVisits(routes: readonly BenchRoute[], count: number): Visit[] {
  const random = createRandom(SEED)
  return Array.from({ length: count }, () => {
    const route = routes[Math.floor(random() * routes.length)]
    if (!route) throw new Error('there are no routes to visit')
    return visit(route, Math.floor(random() * 2 ** 32).toString(36))
  })
}
