/**
 * Where pages are kept: what a store must do, for the three that are here and any other. `cache-store-contract.ts` is the same as a test.
 * Everything is by key, a text of any characters. Any method may reject, which means that the store cannot be reached.
 */

/** A page as it was made. */
export interface CachedPage {
  /** 200, 404 for `notFound`, or a redirect's. */
  readonly status: number
  /** Of a redirect. */
  readonly location?: string
  /** The HTML. */
  readonly body: string
  /** After how many seconds it is made anew; `false`: only when it is asked for. */
  readonly revalidate: number | false
  /** When it was made: milliseconds since 1970, by the clock of the instance that made it. */
  readonly made: number
}

/** Which making of a page is stored. */
export interface Edition {
  /** Unlike that of any other edition, whoever made it: tells whether a copy is still current. */
  readonly version: string
  /** The number that `ask` had given last when this edition began to be made. */
  readonly covers: number
}

export interface StoredPage extends Edition {
  readonly page: CachedPage
}

export interface CacheStore {
  /**
   * The page that was stored last: never an older one than any instance has stored before this was called.
   * @param known the version that the caller has: if it is still that one, `'unchanged'` is enough.
   * @returns undefined when there is none, or it was lost.
   */
  read(key: string, known?: string): Promise<StoredPage | 'unchanged' | undefined>
  /** Says that the page has to be made anew. @returns a number, higher than any before; editions that cover it have begun to be made after this. */
  ask(key: string): Promise<number>
  /** Takes the right to make the page, on any instance. @returns undefined while somebody else has it. It is lost by itself when its holder is gone. */
  claim(key: string): Promise<Claim | undefined>
  /** Gives connections and timers back. */
  close(): Promise<void>
}

/** The right to make a page. Ends with the first of `store` and `release`. */
export interface Claim {
  /** What is stored, and cannot be replaced by anybody else for as long as this is held. */
  readonly current: Edition | undefined
  /** The number that `ask` gave last. */
  readonly covers: number
  /** Stores the page as an edition that covers `covers`. @returns undefined, nothing having been stored, when the claim was lost meanwhile. */
  store(page: CachedPage): Promise<Edition | undefined>
  release(): Promise<void>
}
