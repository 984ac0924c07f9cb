import { basename } from 'node:path'
import { type BuildFailure, build, type BuildOptions as EsbuildOptions } from 'esbuild'
import type { Host } from '../../host.ts'
import type { Emitted, OutputFiles } from '../../model.ts'
import type { Options } from '../../options.ts'
import type { Report } from '../../report.ts'
import { addFromEsbuild } from './from-esbuild.ts'
import { builtinModules } from './unresolved/builtin-modules.ts'
import { virtualModules } from './virtual-modules.ts'

/** CommonJS in the bundle gets a real `require`: a name that esbuild gives to nobody else. */
const BANNER = `import { createRequire as __apiroutes_createRequire } from 'node:module'; const require = __apiroutes_createRequire(import.meta.url);`

/** `__filename` and `__dirname`, for the modules that use them and do not declare them. */
const SHIM = {
  id: 'apiroutes:shim',
  code: `import { fileURLToPath } from 'node:url'
import { dirname } from 'node:path'
export const __filename = /* @__PURE__ */ fileURLToPath(import.meta.url)
export const __dirname = /* @__PURE__ */ dirname(__filename)
`,
}

/** So that `node server.js` takes it for what it is, whatever package the folder lies in. */
const PACKAGE_JSON = `{ "private": true, "type": "module", "main": "server.js" }\n`

/** Modules, runtime and user code in one file, and what lies beside it. Undefined when something cannot be bundled. */
export async function bundle({ modules, manifestJson }: Emitted, options: Options, host: Host, report: Report): Promise<OutputFiles | undefined> {
  try {
    const { outputFiles = [], warnings } = await build(esbuildOptions(modules, options, host))
    for (const warning of warnings) addFromEsbuild(warning, 'warning', host, report)
    return new Map([
      ...outputFiles.map(({ path, contents }): [string, Uint8Array] => [basename(path), contents]),
      ['package.json', encode(PACKAGE_JSON)],
      ['manifest.json', encode(manifestJson)],
    ])
  } catch (error) {
    if (!isBuildFailure(error)) throw error
    for (const failure of error.errors) addFromEsbuild(failure, 'error', host, report)
    return undefined
  }
}

function esbuildOptions(modules: Emitted['modules'], { minify, sourcemap, external }: Options, host: Host): EsbuildOptions {
  return {
    entryPoints: { server: modules[0].id },
    outdir: `${host.root}/dist`, // never written: it only anchors the paths in the source map
    absWorkingDir: host.root,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    jsx: 'automatic',
    loader: { '.js': 'jsx', '.css': 'empty', '.module.css': 'empty' }, // JSX as in Next.js; styles mean nothing to a server
    keepNames: true,
    minify,
    sourcemap: sourcemap ? 'linked' : false,
    sourcesContent: true,
    legalComments: 'eof',
    charset: 'utf8',
    logLevel: 'silent',
    logOverride: { 'different-path-case': 'silent' }, // case-conflict says it better
    banner: { js: BANNER },
    inject: [SHIM.id],
    ...(host.exists('tsconfig.json') || !host.exists('jsconfig.json') ? {} : { tsconfig: 'jsconfig.json' }),
    plugins: [virtualModules([...modules, SHIM], host.root, external), builtinModules],
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors)
}
