import { parseEnv } from 'node:util'
import { variables } from '@apiroutes/runtime/env'
import { matchRoute } from '@apiroutes/runtime/match'
import { diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Host } from '../../host.ts'
import type { RouteTable } from '../../model.ts'
import type { Report } from '../../report.ts'

/** The first definition counts, as when the server starts; it lies below that of the environment. */
const ENV_FILES = ['.env.production.local', '.env.local', '.env.production', '.env']

/** Reports routes that answer where the server's own health checks would: those get what no route answers, and what only a page with params does. */
export function reportHealthPaths({ routes, tree }: RouteTable, host: Host, report: Report): void {
  const sources = [host.env, ...ENV_FILES.map((file) => definitionsIn(file, host))]
  for (const variable of ['LIVEZ_PATH', 'READYZ_PATH'] as const) {
    const path = sources.find((source) => source[variable] !== undefined)?.[variable] ?? variables[variable][0]
    const route = path === '' ? undefined : routes[matchRoute(tree, path)] // an empty path is off
    const hidesHealth = route && (route.kind === 'api' || route.params.length === 0) // as dispatch.ts has it
    if (hidesHealth) report.add(diagnostic('health-path-taken', { variable, path, pattern: route.pattern }, route.handler))
  }
}

/** Those of a file that cannot be read are not known here; the server that cannot read it says so when it starts. */
function definitionsIn(file: string, host: Host): Readonly<Record<string, string | undefined>> {
  try {
    return host.exists(file) ? parseEnv(host.read(file)) : {}
  } catch {
    return {}
  }
}
