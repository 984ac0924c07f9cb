/** Stands in the bundle for a module of a package that stays outside of it. */

import { dirname } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { encodePath } from './encode-path.ts'
import { manifestOf } from './packages.ts'
import { AT } from './source-edits.ts'

/**
 * The text of the stand-in. One that is only imported may be a module with a top-level await; one that is also required is loaded
 * by `require`, as Node.js would.
 */
export async function standIn(file: string, place: string, isRequired: boolean): Promise<string> {
  const path = JSON.stringify(encodePath(place))
  if (!isEsModule(file)) return `module.exports = ${AT}(${path}).require(${AT}(${path}).filename)`
  const names = (await exportsOf(file)).filter((name) => name !== 'default')
  const load = isRequired ? `${AT}(${path}).require(${AT}(${path}).filename)` : `await import(${AT}(${path}).url)`
  return [
    `const module = ${load}`,
    ...names.map((name, i) => `const v${i} = module[${JSON.stringify(name)}]`),
    `export { ${names.map((name, i) => `v${i} as ${JSON.stringify(name)}`).join(', ')} }`,
    'export default module.default',
  ].join('\n')
}

/** Node.js's rule: the extension, then the nearest package.json. */
function isEsModule(file: string): boolean {
  if (/\.mjs$/.test(file)) return true
  if (!/\.js$/.test(file)) return false
  for (let dir = dirname(file); ; dir = dirname(dir)) {
    const manifest = manifestOf(dir)
    if (manifest) return manifest['type'] === 'module'
    if (dir === dirname(dir)) return false
  }
}

async function exportsOf(file: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
    outdir: '/',
    conditions: [],
    plugins: [onlyScripts],
  })
  return Object.values(metafile.outputs).flatMap((output) => output.exports)
}

/** What is not installed, and what is no script, exports nothing that could be named here. */
const onlyScripts: Plugin = {
  name: 'apiroutes-only-scripts',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /.*/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (pluginData === ASKED) return undefined
      const found = await resolve(path, { kind, importer, resolveDir, pluginData: ASKED })
      const isScript = found.errors.length === 0 && /\.([cm]?js|json)$/.test(found.path)
      return isScript ? { ...found, pluginData: undefined } : { path, external: true }
    })
  },
}

/** Marks a resolution that the plugin has asked for itself. */
const ASKED = Symbol('asked')
