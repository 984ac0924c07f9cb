/** Every type one phase hands to the next, in pipeline order: reading this file top to bottom is reading the pipeline. */

import type { Param, RouteConfig, TreeNode } from '@apiroutes/runtime'
import type { Metafile } from 'esbuild'
import type { Span } from './diagnostics/diagnostic.ts'

/** One part of a route's path, by what it accepts. */
export type Segment =
  | { readonly kind: 'static'; readonly text: string }
  | { readonly kind: 'param'; readonly name: string }
  | { readonly kind: 'catch-all'; readonly name: string; readonly optional: boolean }

/** After 1-scan: a file, and the path its name asks for. */
export interface RouteFile {
  /** Relative to the project, with `/`. */
  readonly file: string
  /** The path it answers, `api` included. */
  readonly segments: readonly Segment[]
}

/** After 1-scan: every file that means something by its name. */
export interface Scanned {
  readonly routes: readonly RouteFile[]
  /** Only with `--pages`. */
  readonly pages: PageFiles | undefined
  /** `instrumentation.ts` beside the folder of the pages; undefined when there is none. */
  readonly instrumentation: string | undefined
}

/** After 1-scan: the static pages, and what is found beside them. */
export interface PageFiles {
  readonly files: readonly RouteFile[]
  /** `pages/_document`; undefined when there is none. */
  readonly document: string | undefined
  /** The module of `--page-store`; undefined without. */
  readonly store: string | undefined
}

/** After 2-analyse: what a path can lead to. */
export type Route = ApiRoute | Page

/** What the source says about the handler and its config. */
export interface ApiRoute extends RouteFile {
  readonly kind: 'api'
  /** Where the default export is. */
  readonly handler: Span
  readonly config: ConfigReading
  /** The methods it answers, all others being refused; null when that is not known. For people: nothing is served by it. */
  readonly methods: readonly string[] | null
}

/** A file that is rendered: a static page. */
export interface Page extends RouteFile {
  readonly kind: 'page'
  /** Where the default export is. */
  readonly handler: Span
  /** Is it a React component for sure, since the file has JSX or imports React? */
  readonly isReact: boolean
}

/** Without the files that cannot be parsed. */
export interface Analysed {
  readonly routes: readonly Route[]
  /** Only with `--pages`. */
  readonly pages: PageParts | undefined
  readonly instrumentation: string | undefined
}

/** What the pages of an app need beside their own modules. */
export interface PageParts extends Omit<PageFiles, 'files'> {
  /** Is the project's React part of the server? */
  readonly usesReact: boolean
}

/** A config is known whole at build time, or read whole when the module loads. */
export type ConfigReading = { readonly kind: 'static'; readonly config: RouteConfig } | { readonly kind: 'at-load' }

/** After 3-link: every route of the app, free of conflicts, most specific first. */
export interface RouteTable {
  readonly routes: readonly LinkedRoute[]
  /** Its leaves are indexes into `routes`; the type is the runtime's, for it is the contract. */
  readonly tree: TreeNode
  /** Only with `--pages`. */
  readonly pages: PageParts | undefined
  /** The file whose hooks the server calls; undefined when there is none. */
  readonly instrumentation: string | undefined
}

export type LinkedRoute = Route & Linked

export interface Linked {
  /** The path as people write it, `/api/users/[id]`. */
  readonly pattern: string
  readonly params: readonly Param[]
}

/** Stands in the generated code for the name of the build, which is known only when all of it is there, and is as long. */
export const BUILD_PLACEHOLDER = 'apiroutes-build-id-xxx'

/** After 4-emit: what is written for the app, before anything of the user's is added to it. */
export interface Emitted {
  /** The first one is the entry. */
  readonly modules: readonly [GeneratedModule, ...GeneratedModule[]]
  /** What they import from `apiroutes:runtime`. */
  readonly runtime: readonly RuntimeImport[]
}

/** What the runtime exports under this name, in server.js only if it is asked for. */
export interface RuntimeImport {
  readonly name: string
  /** The module that exports it, as Node.js finds it. */
  readonly from: string
  /** Only if a module of the app has this word; if none has, the import is undefined. */
  readonly ifMentioned?: string
}

/** JavaScript that exists only in the bundle. */
export interface GeneratedModule {
  /** What it is imported by, `apiroutes:…`. */
  readonly id: string
  readonly code: string
}

/** After 5-bundle. */
export interface Bundled {
  readonly files: OutputFiles
  /** What esbuild says of server.js. */
  readonly metafile: Metafile
  /** How much of server.js is the runtime, which esbuild takes for a banner. */
  readonly runtimeBytes: number
}

/** What goes into the output folder, by path (relative, with `/`). */
export type OutputFiles = ReadonlyMap<string, OutputFile>

export type OutputFile = Uint8Array | CopiedFile

export interface CopiedFile {
  /** Absolute. */
  readonly from: string
  /** In bytes, as a `Uint8Array` has it. */
  readonly length: number
  /** What asks for it, as people read it. */
  readonly why: string
}
