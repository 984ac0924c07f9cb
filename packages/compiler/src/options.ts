/** What a build can be told; every default is here. */
export interface BuildOptions {
  /** The folder for the output, relative to the project. Default `dist`. */
  readonly outDir?: string
}

export type Options = Required<BuildOptions>

export function completeOptions(options: BuildOptions): Options {
  return { outDir: options.outDir ?? 'dist' }
}
