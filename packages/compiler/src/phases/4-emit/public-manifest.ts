import type { RouteTable } from '../../model.ts'

/** Raised when a field of manifest.json changes its meaning or goes. */
const VERSION = 1

/** `dist/manifest.json`: the route table for people and CI. `null` is "not set"; `"at-load"` is read when the route loads. */
export function publicManifest({ routes }: RouteTable): string {
  const manifest = {
    version: VERSION,
    generator: 'apiroutes',
    files: ['server.js', 'server.js.map', 'package.json', 'manifest.json'],
    routes: routes.map(({ pattern, file, params, config }) => ({
      kind: 'api',
      path: pattern,
      file,
      params: params.map(({ name, rest }) => ({ name, rest })),
      config: config.kind === 'at-load' ? 'at-load' : config.config,
    })),
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}
