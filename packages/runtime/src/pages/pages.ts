/** Static pages of the project itself: in a bundle only with `apiroutes build --pages`. */

import type { Feature } from '../env.ts'
import type { Log } from '../log.ts'
import type { Manifest } from '../manifest.ts'
import type { RemoteRevalidation } from '../remote-revalidation.ts'
import type { RevalidateOptions } from '../response.ts'
import type { LoadPage } from '../routes.ts'

/** What the compiler hands to the server for its pages. */
export interface PageSources {
  /** Differs between builds that differ. */
  readonly build: string
  /** Evaluates `pages/_document`; undefined when there is none. */
  readonly document: (() => Promise<unknown>) | undefined
  /** The project's own React, as the generated module exports it; undefined when it has none. */
  readonly react: (() => Promise<React>) | undefined
  /** Evaluates the module of `--page-store`; undefined without. */
  readonly store: (() => Promise<unknown>) | undefined
}

/** Of `react` and `react-dom/server`. */
export interface React {
  readonly createElement: (type: unknown, props: object | null, ...children: unknown[]) => unknown
  readonly renderToString: (element: unknown) => string
}

export interface PagesFeature extends Feature {
  start(parts: { readonly manifest: Manifest; readonly log: Log; readonly folder: string }): void
  readonly loadPage: LoadPage
  /** Pages of this app first, then those that others have. */
  revalidate(urlPath: string, options: RevalidateOptions, remote: RemoteRevalidation | undefined): Promise<void>
  /** `--prerender`. @returns the exit code. */
  prerender(): Promise<number>
  shutDown(): Promise<void>
}
