/** What load balancers and orchestrators ask: does it live, and may it get requests? */

import type { Env } from './env.ts'
import type { Preload } from './preload.ts'
import type { ApiResponse } from './response.ts'

/** Where the server is between its start and its end. */
export interface Status {
  preload: Preload
  draining: boolean
}

export interface Health {
  /** Answers, when the path is one of those that are asked. */
  answer(path: string, res: ApiResponse): boolean
}

export function createHealth({ livezPath, readyzPath }: Pick<Env, 'livezPath' | 'readyzPath'>, status: Status): Health {
  return {
    answer(path, res) {
      if (path !== livezPath && path !== readyzPath) return false
      const body = path === readyzPath ? readiness(status) : { status: 'alive' }
      res.omitFromLog()
      res.statusCode = body.status === 'alive' || body.status === 'ready' ? 200 : 503
      res.setHeader('Cache-Control', 'no-store')
      res.setHeader('Content-Type', 'application/json; charset=utf-8')
      res.end(JSON.stringify(body)) // not res.json, whose ETag could make a 304 of it
      return true
    },
  }
}

/** @returns what is in the way, by the patterns of the routes. */
function readiness({ draining, preload: { loading, failed, done } }: Status) {
  const status = draining ? 'draining' : failed.length > 0 ? 'failed' : done ? 'ready' : 'loading'
  return { status, ...(failed.length > 0 ? { failed } : {}), ...(loading.size > 0 ? { loading: [...loading] } : {}) }
}
