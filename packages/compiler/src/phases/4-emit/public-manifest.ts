import type { LinkedRoute, RouteTable } from '../../model.ts'

/** Raised when a field of manifest.json changes its meaning or goes. */
const VERSION = 1

/** `dist/manifest.json`: the route table for people and CI. `null` is "not set"; `"at-load"` is read when the route loads; methods that are `null` are not known. */
export function publicManifest({ routes, instrumentation }: RouteTable, files: readonly string[]): string {
  const manifest = {
    version: VERSION,
    generator: 'apiroutes',
    files,
    ...(instrumentation === undefined ? {} : { instrumentation }),
    routes: routes.map(publicRoute),
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/** A route as manifest.json and `apiroutes routes --json` give it. */
export function publicRoute(route: LinkedRoute): object {
  const { kind, pattern, file, params } = route
  const known = { kind, path: pattern, file, params: params.map(({ name, rest }) => ({ name, rest })) }
  if (route.kind === 'page') return known
  const { config, methods } = route
  return { ...known, config: config.kind === 'at-load' ? 'at-load' : config.config, methods }
}
