/** `res.revalidate` for pages that another server has. In a bundle only if a module of the app mentions `revalidate`. */

import type { Feature, Variable, Variables } from './env.ts'
import type { Revalidate, RevalidateOptions } from './response.ts'

export interface RemoteRevalidation extends Feature {
  /** Does the environment say where the pages are? */
  readonly isConfigured: boolean
  /** Asks every server that is configured. Rejects with the reason when one of them could not do it, or none is configured. */
  readonly revalidate: Revalidate
}

const WHERE_THE_TOKEN_IS = 'preview.previewModeId in .next/prerender-manifest.json of the build that runs there'

/** Also asked of those who revalidate a page of this server. */
export const REVALIDATE_TOKEN: Variable = [
  '',
  { is: 'text without spaces and letters beyond ASCII', pattern: /^[!-~]+$/, isSecret: true },
  '0123456789abcdef0123456789abcdef',
  'what proves to a site that it may be asked for a new page',
]

export const variables = {
  REVALIDATE_ORIGIN: [
    '',
    {
      is: 'http:// or https:// URLs with commas between them, without user name, ?, and #',
      pattern: { test: (value) => originsIn(value).every((origin) => /^https?:\/\/[^\s/?#@\\;]+(\/[^\s?#\\]*)?$/.test(origin) && URL.canParse(origin)) },
      isSecret: true, // a wrong one may have a password in it
    },
    'https://example.com',
    'the Next.js sites whose pages res.revalidate makes new; all are asked',
  ],
  REVALIDATE_TOKEN,
  REVALIDATE_URL: [
    '',
    {
      is: 'an http:// or https:// URL with {path} after its host, without user name, and #',
      pattern: { test: (value) => /^https?:\/\/[^\s/?#@\\]+[/?][^\s#]*\{path\}[^\s#]*$/.test(value) && URL.canParse(value) },
      isSecret: true,
    },
    'https://example.com/api/revalidate?secret=s&path={path}',
    'asked instead of them, by GET; any 2xx is a success',
  ],
  REVALIDATE_TIMEOUT: [
    '30',
    { is: 'a number of seconds from 0.001 to 300, with at most three decimals', pattern: /^(?=.*[1-9])\d+(\.\d{1,3})?$/, max: 300 },
    '10',
    'how long a site may take for its answer; one that does not answer is asked twice',
  ],
} satisfies Variables

/** A server to ask. */
interface Site {
  /** All that errors say of where it is. */
  readonly origin: string
  url(path: string): string
  headers(options: RevalidateOptions): Record<string, string>
  readonly method: 'HEAD' | 'GET'
  /** What its answer means; undefined for a success. */
  refusal(response: Response, options: RevalidateOptions): string | undefined
}

export function remoteRevalidation(): RemoteRevalidation {
  let sites: readonly Site[] = []
  let timeout = 0
  return {
    variables,
    get isConfigured() {
      return sites.length > 0
    },
    configure(env) {
      const origins = originsIn(env.text('REVALIDATE_ORIGIN'))
      const token = env.text('REVALIDATE_TOKEN')
      const url = env.text('REVALIDATE_URL')
      timeout = env.milliseconds('REVALIDATE_TIMEOUT')
      if (origins[0] && !token) env.complain(`REVALIDATE_ORIGIN needs REVALIDATE_TOKEN: ${WHERE_THE_TOKEN_IS}`)
      if (origins[0] && url) env.complain('REVALIDATE_ORIGIN and REVALIDATE_URL exclude each other: unset one of them')
      sites = url ? [callback(url)] : origins.map((origin) => nextSite(origin, token))
    },
    async revalidate(urlPath, options) {
      if (!sites[0]) {
        throw new Error(
          'no server is known that has it. For a page of a Next.js site elsewhere set REVALIDATE_ORIGIN and REVALIDATE_TOKEN, or REVALIDATE_URL. ' +
            'For a page of this project build with `apiroutes build --pages`.',
        )
      }
      const answers = await Promise.all(sites.map((site) => ask(site, { url: site.url(urlPath), options, timeout })))
      const failures = answers.filter((answer) => answer !== undefined)
      const others = sites[1] ? `. ${sites.length - failures.length} of ${sites.length} sites have made it new` : ''
      if (failures[0]) throw new Error(failures.join('; ') + others)
    },
  }
}

function originsIn(value: string): string[] {
  return value.split(/\s*,\s*/).flatMap((origin) => origin.replace(/\/+$/, '') || [])
}

/** Asked as Next.js asks itself: packages/next/src/server/api-utils/node/api-resolver.ts. */
function nextSite(origin: string, token: string): Site {
  return {
    origin,
    url: (path) => origin + path,
    headers: ({ unstable_onlyGenerated }) => ({
      'x-prerender-revalidate': token,
      ...(unstable_onlyGenerated && { 'x-prerender-revalidate-if-generated': '1' }),
    }),
    method: 'HEAD',
    refusal({ status, headers, url }, { unstable_onlyGenerated }) {
      const cache = headers.get('x-nextjs-cache') ?? headers.get('x-vercel-cache') ?? headers.get('x-apiroutes-cache')
      if (cache?.toUpperCase() === 'REVALIDATED' || (status === 404 && unstable_onlyGenerated)) return undefined
      if (status >= 500) return ': getStaticProps has thrown, or the site is not well. Its log says more'
      if (status < 300 || cache !== null) return `: it did not take REVALIDATE_TOKEN (${WHERE_THE_TOKEN_IS}), or the page has no getStaticProps`
      if (status === 404) return ': it has no such page'
      const location = headers.get('location')
      if (status >= 400 || location === null || !URL.canParse(location, url)) return ', which is not the answer of a Next.js page'
      const { origin: at, pathname } = new URL(location, url)
      return `, a redirect to ${(at + pathname).replaceAll(token, '***')}: set REVALIDATE_ORIGIN to the site itself, or revalidate the path that it leads to`
    },
  }
}

/** Nothing but the origin is ever told: the secret may be anywhere else in the URL, and in what comes back. */
function callback(template: string): Site {
  return {
    get origin() {
      return new URL(template).origin
    },
    url: (path) => template.replaceAll('{path}', encodeURIComponent(path)),
    headers: () => ({ 'cache-control': 'no-cache' }),
    method: 'GET',
    refusal({ ok, status }) {
      if (ok) return undefined
      return status >= 300 && status < 400
        ? ', a redirect: set REVALIDATE_URL to where it leads'
        : ' to REVALIDATE_URL, where 2xx is a success. The log of that server may say more'
    },
  }
}

interface Question {
  readonly url: string
  readonly options: RevalidateOptions
  readonly timeout: number
}

/** What went wrong; undefined for a success. When there was no answer, or one that a second try may better, there is a second try at once. */
async function ask(site: Site, question: Question, tries = 1): Promise<string | undefined> {
  const { url, options, timeout } = question
  const again = () => (tries === 1 ? ask(site, question, 2) : undefined)
  const counted = tries === 1 ? '' : ' (2 tries)'
  try {
    const { method } = site
    const response = await fetch(url, { method, headers: site.headers(options), redirect: 'manual', signal: AbortSignal.timeout(timeout) })
    response.body?.cancel().catch(() => {}) // what it says is known by now
    const refusal = site.refusal(response, options)
    if (refusal === undefined) return undefined
    return (response.status >= 500 && again()) || `${site.origin} answered ${response.status}${counted}${refusal}`
  } catch (error) {
    return again() ?? `${site.origin} did not answer${counted}: ${reasonOf(error as Error, timeout)}`
  }
}

/** Of a `fetch`, whose own messages may have the URL in them. */
function reasonOf({ name, cause }: Error, timeout: number): string {
  const { code, message } = (cause ?? {}) as { code?: string; message?: string }
  return name === 'TimeoutError' ? `nothing came within ${timeout / 1000} s` : (code ?? message ?? name)
}
