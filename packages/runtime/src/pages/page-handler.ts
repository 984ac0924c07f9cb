/** One request for a page. */

import { timingSafeEqual } from 'node:crypto'
import { HttpError } from '../http-error.ts'
import type { Params } from '../manifest.ts'
import { type ApiRequest, routeParamsOf } from '../request.ts'
import type { Handler } from '../routes.ts'
import { parseTarget } from '../target.ts'
import { answerPage, PRIVATE, preparePage } from './answer.ts'
import { makePage } from './make-page.ts'
import type { PageModule } from './page-module.ts'
import type { PageCopies } from './site.ts'
import { keyOfPath } from './static-paths.ts'

/** Asks for the page to be made anew, and only if there is one; as Next.js calls them. */
const REVALIDATE = 'x-prerender-revalidate'
const ONLY_GENERATED = 'x-prerender-revalidate-if-generated'

/** @param token of those who may ask for a page to be made anew; undefined: nobody may. */
export function createPageHandler(module: PageModule, site: PageCopies, token: string | undefined): Handler {
  return async (req, res) => {
    try {
      if (req.method !== 'GET' && req.method !== 'HEAD') {
        res.setHeader('Allow', 'GET, HEAD')
        throw new HttpError(405, 'Method Not Allowed')
      }
      const params = routeParamsOf(req)
      if (isDraft(req)) {
        const { previewData } = req
        const page = await makePage(module, params, { draftMode: true, preview: true, previewData, revalidateReason: 'stale' }, site.render)
        return answerPage(res, preparePage(page), undefined)
      }
      const { copy, state } = await find(module, params, req, site, token)
      answerPage(res, copy, state)
    } catch (error) {
      if (!res.headersSent) res.setHeader('Cache-Control', PRIVATE)
      throw error
    }
  }
}

async function find(module: PageModule, params: Params, req: ApiRequest, site: PageCopies, token: string | undefined): ReturnType<PageCopies['cache']['get']> {
  const target = parseTarget(req.url ?? '/')
  const key = keyOfPath(target.kind === 'path' ? target.path : '/')
  if (!(await site.has(module, key))) throw new HttpError(404, 'Not Found')
  const recipe = site.recipe(module, key, params)
  if (!isAllowed(req, token)) return site.cache.get(recipe)
  if (req.headers[ONLY_GENERATED] !== undefined && !(await site.cache.has(key))) throw new HttpError(404, 'Not Found')
  return { copy: await site.cache.renew(recipe), state: 'REVALIDATED' }
}

/** The cookies are looked at only where there may be one that says so. */
function isDraft(req: ApiRequest): boolean {
  return req.headers.cookie?.includes('__prerender_bypass') === true && req.draftMode === true
}

function isAllowed({ headers }: ApiRequest, token: string | undefined): boolean {
  const given = headers[REVALIDATE]
  if (token === undefined || typeof given !== 'string') return false
  const [a, b] = [Buffer.from(given), Buffer.from(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}
