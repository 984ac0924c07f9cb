/**
 * The outside world as one interface: phases 1 to 4 touch nothing else, so their tests touch no disk. Paths are
 * relative to the project, with `/`.
 */
export interface Host {
  /** The project's folder, absolute. */
  readonly root: string
  /** Every file below a folder, at any depth, dot files included, sorted; empty when there is no such folder. */
  files(folder: string): string[]
  /** The text of a file, without its byte order mark. @throws when it cannot be read. */
  read(file: string): string
  /** Is there such a file? A folder is none. */
  exists(file: string): boolean
  /**
   * Puts files into a folder: all are written beside it first, then moved in. What an earlier build put there and
   * this one does not is removed; no other file is touched.
   * @returns the first file that is in the way and was not written by an earlier build, or why the system refuses to write; then nothing has changed.
   */
  replaceFolder(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<Refusal | undefined>
}

export type Refusal = { readonly kind: 'occupied'; readonly name: string } | { readonly kind: 'unwritable'; readonly why: string }
