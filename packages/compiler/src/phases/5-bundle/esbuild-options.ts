import type { BuildOptions as EsbuildOptions, Plugin } from 'esbuild'
import type { Host } from '../../host.ts'
import type { Options } from '../../options.ts'

/** CommonJS in the bundle gets a real `require`: a name that esbuild gives to nobody else. */
const BANNER = `import { createRequire as __apiroutes_createRequire } from 'node:module'; const require = __apiroutes_createRequire(import.meta.url);`

/**
 * What every bundle has in common.
 * @param runtime the text of it, for server.js.
 */
export function esbuildOptions(entryPoints: Record<string, string>, { minify, sourcemap }: Options, host: Host, plugins: Plugin[], runtime = '') {
  return {
    entryPoints,
    outdir: `${host.root}/dist`, // never written: it only anchors the paths in the source map
    absWorkingDir: host.root,
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    nodePaths: [...host.nodePaths],
    conditions: [], // those of Node.js, without esbuild's `module`
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
    banner: { js: `${BANNER}\n${runtime}`.trimEnd() },
    ...(host.exists('tsconfig.json') || !host.exists('jsconfig.json') ? {} : { tsconfig: 'jsconfig.json' }),
    plugins,
  } as const satisfies EsbuildOptions
}
