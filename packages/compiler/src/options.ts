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
  /** Packages that are left out of the bundle: they are copied whole, and run from their own files. Default none. */
  readonly external?: readonly string[]
  /** Glob patterns, relative to the project, of files that are copied to the output as well. Default none. */
  readonly include?: readonly string[]
  /** The platform that native addons must be for: `linux-x64`, `linux-arm64`, `linux-x64-musl`, `darwin-arm64`, … Default: this one. */
  readonly target?: string
  /** Start what was built, in an empty folder, and load every route; one that does not load is an error. Default false. */
  readonly verify?: boolean
  /** Serve the static pages below `pages` too, not only its API routes. Default false. */
  readonly pages?: boolean
  /** With `pages`: generate the pages whose paths are known, so that the server begins with them. Default false. */
  readonly prerender?: boolean
  /** With `pages`: a module of the project, relative to it, whose default export makes the store that generated pages are kept in. Default none. */
  readonly pageStore?: string
  /** Write a page that shows what is in `server.js`, beside the output folder: `dist.analyze.html`. Default false. */
  readonly analyze?: boolean
  /** Take warnings for errors. Default false. */
  readonly strict?: boolean
}

type Optional = 'target' | 'pageStore'

export type Options = Required<Omit<BuildOptions, Optional>> & Pick<BuildOptions, Optional>

/** What decides which files are looked at. */
export type PageOptions = Pick<Options, 'pages' | 'pageStore'>

export const NO_PAGES: PageOptions = { pages: false }

export function completeOptions(options: BuildOptions): Options {
  const {
    dir = '.',
    outDir = 'dist',
    minify = false,
    sourcemap = true,
    external = [],
    include = [],
    verify = false,
    pages = false,
    prerender = false,
    analyze = false,
    strict = false,
    target,
    pageStore,
  } = options
  return {
    ...{ dir, outDir, minify, sourcemap, external, include, verify, pages, analyze, strict },
    prerender: pages && prerender, // there is nothing else to generate
    ...(target === undefined ? {} : { target }),
    ...(pageStore === undefined ? {} : { pageStore }),
  }
}
