import type { OutputFiles } from './model.ts'

/**
 * The outside world as one interface: phases 1 to 4 touch nothing else, so their tests touch no disk. Paths are
 * relative to the project, with `/`.
 */
export interface Host {
  /** The project's folder, absolute. */
  readonly root: string
  /** Every file below a folder, at any depth, dot files included, sorted; empty when there is no such folder. */
  files(folder: string): string[]
  /** Operating system and processor, as `--target` has them: `linux-x64`. */
  readonly platform: string
  /** The environment that the build runs in. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Folders that hold packages besides `node_modules`: NODE_PATH, which pnpm sets for the scripts it runs. */
  readonly nodePaths: readonly string[]
  /** The files that a glob pattern names, sorted; dot files only when the pattern has the dot. */
  glob(pattern: string): Promise<string[]>
  /** The text of a file, without its byte order mark. @throws when it cannot be read. */
  read(file: string): string
  /** Is there such a file? A folder is none. */
  exists(file: string): boolean
  /**
   * Puts files into a folder: all are written beside it first, then moved in. What an earlier build put there and
   * this one does not is removed; no other file is touched.
   * @returns the first file that is in the way and was not written by an earlier build, or why the system refuses to write; then nothing has changed.
   */
  replaceFolder(folder: string, files: OutputFiles): Promise<Refusal | undefined>
  /** Writes a file, or writes it anew, in a folder that may have to be made. @returns why the system refuses. */
  write(file: string, text: string): Promise<string | undefined>
  /** Runs `node server.js` with these arguments where nothing but these files is, on a free port of this machine, and with the environment of the build. */
  runOutput(files: OutputFiles, args: readonly string[]): Promise<RunResult>
}

/** How a program that was run has ended. */
export interface RunResult {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** The files that it has left in `prerendered/`, named with that folder. */
  readonly prerendered: OutputFiles
}

export type Refusal = { readonly kind: 'occupied'; readonly name: string } | { readonly kind: 'unwritable'; readonly why: string }
