/** For the tests of pages: a site made of objects on a real server. */

import type { TestContext } from 'node:test'
import { createApp } from '../dispatch.ts'
import { readEnv } from '../env.ts'
import type { Log } from '../log.ts'
import type { PageLeaf } from '../manifest.ts'
import type { RemoteRevalidation } from '../remote-revalidation.ts'
import { createManifest, listen, type TestApp, type TestRoutes } from '../testing.ts'
import { createTestLog, type Logged } from '../testing-log.ts'
import { createTree, paramsIn } from '../testing-tree.ts'
import { type PageSources, type PagesFeature, pages } from './pages.ts'

/** What a page's module exports; `load` instead, for one that does not load. */
export interface TestPage {
  readonly default?: unknown
  readonly head?: unknown
  readonly getStaticProps?: unknown
  readonly getStaticPaths?: unknown
  readonly isReact?: boolean
  readonly load?: () => Promise<unknown>
}

export interface TestSite {
  readonly pages: Readonly<Record<string, TestPage>>
  readonly routes?: TestRoutes
  readonly env?: Readonly<Record<string, string>>
  readonly sources?: Partial<PageSources>
  /** Of server.js. */
  readonly folder?: string
  /** What other servers have. */
  readonly remote?: RemoteRevalidation
}

export interface StartedSite extends TestApp {
  readonly feature: PagesFeature
  /** What it has logged that is neither a warning nor an error. */
  readonly said: readonly string[]
  /** The line of x-apiroutes-cache, and the body. */
  read(target: string): Promise<string>
  /** What `res.revalidate` does; 'done', or the message of the rejection. */
  revalidate(urlPath: string, options?: { unstable_onlyGenerated?: boolean }): Promise<string>
}

/** The route that revalidates for `site.revalidate`. */
const REVALIDATE: TestRoutes = {
  '/api/revalidate': async (req, res) => {
    const { path, options } = req.query as { path: string; options: string }
    try {
      await res.revalidate(path, JSON.parse(options))
      res.end('done')
    } catch (error) {
      res.end((error as Error).message)
    }
  },
}

export function pageLeaf(pattern: string, { isReact = false, load, ...module }: TestPage): PageLeaf {
  return { kind: 'page', pattern, file: `pages${pattern}.tsx`, params: paramsIn(pattern), isReact, load: load ?? (async () => module) }
}

export async function startSite(test: TestContext, site: TestSite): Promise<StartedSite> {
  const { routes = {}, env = {}, sources, folder = '/nowhere', remote } = site
  const log: Logged[] = []
  const leaves = [...createManifest({ ...REVALIDATE, ...routes }).leaves, ...Object.entries(site.pages).map(([pattern, page]) => pageLeaf(pattern, page))]
  const manifest = { leaves, tree: createTree(leaves.map(({ pattern }) => pattern)) }
  const feature = pages({ build: 'build', document: undefined, react: undefined, store: undefined, ...sources })
  readEnv(env, [feature])
  const said: string[] = []
  const testLog: Log = { ...createTestLog(log), info: (text) => said.push(text) }
  await feature.start({ manifest, log: testLog, folder })
  test.after(() => feature.shutDown())
  const revalidate = createApp(manifest, testLog, {
    loadPage: feature.loadPage,
    revalidate: (urlPath, options) => feature.revalidate(urlPath, options, remote),
  })
  const app = await listen(test, revalidate, log)
  return {
    ...app,
    feature,
    said,
    async read(target) {
      const { headers, body, status } = await app.ask(target)
      const shown = /<body>(.*)<\/body>/s.exec(body)?.[1] ?? body
      return `${status === 200 ? '' : `${status} `}${headers['x-apiroutes-cache'] ?? '-'} ${shown}`
    },
    async revalidate(urlPath, options = {}) {
      const { body } = await app.ask(`/api/revalidate?${new URLSearchParams({ path: urlPath, options: JSON.stringify(options) })}`)
      return body
    },
  }
}

/** A promise, and what settles it. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}
