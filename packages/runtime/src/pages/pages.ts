/** Static pages of the project itself: in a bundle only with `apiroutes build --pages`. */

import type { Feature } from '../env.ts'
import type { Log } from '../log.ts'
import type { Manifest } from '../manifest.ts'
import type { RemoteRevalidation } from '../remote-revalidation.ts'
import type { RevalidateOptions } from '../response.ts'
import type { LoadPage } from '../routes.ts'
import { type PageEnv, pageVariables, readPageEnv } from './page-env.ts'
import { prerender } from './prerender.ts'
import { createSite, type Site } from './site.ts'

/** What the compiler hands to the server for its pages. */
export interface PageSources {
  /** Differs between builds that differ. */
  readonly build: string
  /** Evaluates `pages/_document`; undefined when there is none. */
  readonly document: (() => Promise<unknown>) | undefined
  /** The project's own React; undefined when it has none. */
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
  /** To be called once, before anything that follows. @param folder that of server.js. */
  start(parts: { readonly manifest: Manifest; readonly log: Log; readonly folder: string }): Promise<void>
  readonly loadPage: LoadPage
  /** Pages of this app first, then those that others have. */
  revalidate(urlPath: string, options: RevalidateOptions, remote: RemoteRevalidation | undefined): Promise<void>
  /** `--prerender`. @returns the exit code. */
  prerender(): Promise<number>
  /** Waits for what is being made. */
  shutDown(): Promise<void>
}

/** What the generated entry calls. */
export function pages(sources: PageSources): PagesFeature {
  let env: PageEnv
  let site: Site
  let print: Log['print']
  let home: string

  return {
    variables: pageVariables,
    configure(reader) {
      env = readPageEnv(reader)
    },
    async start({ manifest, log, folder }) {
      site = await createSite({ sources, env, manifest, log, folder })
      print = log.print
      home = folder
    },
    loadPage: (leaf) => site.loadPage(leaf),
    async revalidate(urlPath, options, remote) {
      if (await site.revalidate(urlPath, options)) return
      if (!remote?.isConfigured) throw new Error('no page of this server answers it')
      await remote.revalidate(urlPath, options)
    },
    prerender: () => prerender(site, { folder: home, build: sources.build }, print),
    async shutDown() {
      await site.close()
    },
  }
}
