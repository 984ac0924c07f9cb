/**
 * The contract between compiler and runtime: the compiler writes a manifest, the runtime walks it.
 * Types only. Everything in it but the functions is plain data, fixed at build time.
 */

/** The whole app, as `apiroutes build` emits it. */
export interface Manifest {
  readonly leaves: readonly Leaf[]
  readonly tree: TreeNode
}

/** What a path can lead to. */
export type Leaf = ApiLeaf | PageLeaf

export interface ApiLeaf {
  readonly kind: 'api'
  /** The route as people write it, `/api/users/[id]`; also what logs call it. */
  readonly pattern: string
  /** The user's file, relative to the project. */
  readonly file: string
  readonly params: RouteParams
  /** Resolved at build time or, where that was not possible, a reader to call with the loaded module's `config`. */
  readonly config: RouteConfig | ConfigReader
  /** Evaluates the user's module. The bundle calls it once, at the first request for the route. */
  readonly load: () => Promise<unknown>
}

/** A static page, in apps that are built with `--pages`. */
export interface PageLeaf {
  readonly kind: 'page'
  /** The page as people write it, `/posts/[id]`. */
  readonly pattern: string
  /** The user's file, relative to the project. */
  readonly file: string
  readonly params: RouteParams
  /** Is its default export a React component for sure, since the file has JSX or imports React? If not, it may be one, or a function that returns HTML. */
  readonly isReact: boolean
  /** Evaluates the user's module. */
  readonly load: () => Promise<unknown>
}

/** The params of a route, in the order of its path. */
export interface RouteParams {
  readonly list: readonly Param[]
  /**
   * An object with the values of all params but a catch-all, by their names. Written by the build, so that V8 makes it in one go; a param called `__proto__` is left out.
   * @param values percent-decoded, one for each param.
   */
  of(values: readonly (string | undefined)[]): Params
}

export type Params = Record<string, string | string[]>

/** A route param and the path segment it takes its value from, counted from 0 (`api` itself). */
export type Param = {
  readonly name: string
  readonly at: number
  /** True for `[...name]` and `[[...name]]`: the value is an array of every segment from `at` on. */
  readonly rest: boolean
}

/** How a path goes on: to the end of a route, which is the index of its leaf, or to a node. */
export type Way = number | TreeNode

/**
 * A run of segments without a branch, and where the paths part behind it. A match tries static, then param, then catchAll, then
 * optionalCatchAll, and backtracks. Leaves are indexes into `Manifest.leaves`; -1 where nothing ends.
 */
export interface TreeNode {
  /** Each is a text or, where it is null, the value of a param. The segment that led here is not in it. */
  readonly run: readonly (string | null)[]
  readonly leaf: number
  /** By their next segment, the ways that begin with a text, if there are many. A Map: `constructor` and `__proto__` are segments like others, and an object would first make each text it is asked for a name. */
  readonly many: ReadonlyMap<string, Way> | null
  /** The same if there are few, each text before its way: a path is compared with them one by one, and no text is cut out of it. */
  readonly few: readonly (string | Way)[]
  readonly param: Way | null
  readonly catchAll: number
  readonly optionalCatchAll: number
}

/**
 * A route's `config`, with every size in bytes. `null` is *unset*: a value of its own, distinct from the default
 * it stands for, so that the default can be decided by whoever runs the server.
 */
export type RouteConfig = {
  /** `false`: the stream belongs to the handler. */
  readonly bodyParser: false | ByteLimit | null
  /** `false`: no warning for large responses. */
  readonly responseLimit: false | ByteLimit | null
  readonly externalResolver: boolean
  /** Seconds. */
  readonly maxDuration: number | null
}

export type ByteLimit = {
  readonly bytes: number
  /** As the user wrote it, for messages: `Body exceeded 1.5mb limit`. */
  readonly text: string
}

/** Reads the `config` a module exports; `warn` is told what is doubtful. @throws ConfigError when it breaks a rule that the build would have refused. */
export type ConfigReader = (exported: unknown, warn: (text: string) => void) => RouteConfig
