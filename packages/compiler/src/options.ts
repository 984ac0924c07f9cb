/** What a build can be told; every default is here. */
export interface BuildOptions {
  /** The project: the folder that contains `pages/api` or `src/pages/api`. Default: the current folder. */
  readonly dir?: string
  /** The folder for the output, relative to the project. Default `dist`. */
  readonly outDir?: string
  /** Write the code without white space and with short names. Default false. */
  readonly minify?: boolean
  /** Write `server.js.map`, so that logged stacks name the source. Default true. */
  readonly sourcemap?: boolean
  /** Packages that are left out of the bundle and imported when the server runs. Default none. */
  readonly external?: readonly string[]
  /** Take warnings for errors. Default false. */
  readonly strict?: boolean
}

export type Options = Required<BuildOptions>

export function completeOptions(options: BuildOptions): Options {
  const { dir = '.', outDir = 'dist', minify = false, sourcemap = true, external = [], strict = false } = options
  return { dir, outDir, minify, sourcemap, external, strict }
}
