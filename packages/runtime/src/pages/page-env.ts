/** The variables of static pages. */

import bytes from 'bytes'
import { type EnvReader, TEXT, type Variables } from '../env.ts'
import { REVALIDATE_TOKEN } from '../remote-revalidation.ts'

export interface PageEnv {
  /** PAGE_CACHE_MAX, in bytes here. Default 64 MB. */
  readonly maxBytes: number
  /** PAGE_CACHE_DIR. Default undefined: pages are kept in memory. */
  readonly folder: string | undefined
  /** REDIS_URL. Default undefined. */
  readonly redisUrl: string | undefined
  /** PAGE_CACHE_LOCAL, in milliseconds here. Default 0: the store is asked each time. */
  readonly trust: number
  /** REVALIDATE_TOKEN: who sends it with a request may have a page made anew. Default undefined: nobody. */
  readonly token: string | undefined
}

/** Those that no other part of the server has. */
export const ownVariables = {
  PAGE_CACHE_MAX: [
    '64mb',
    { is: 'a size above 0 such as 64mb, 1gb or 500kb', pattern: /^(?=.*[1-9])\d+(\.\d+)?(b|kb|mb|gb)?$/i },
    '256mb',
    'how much memory pages may take',
  ],
  PAGE_CACHE_DIR: ['', TEXT, '/var/cache/site', 'folder to keep pages in, so that they outlive the process'],
  PAGE_CACHE_LOCAL: [
    '0',
    { is: 'a number of seconds such as 1, 0.5 or 1s', pattern: /^\d{1,6}(\.\d{1,3})?s?$/ },
    '1s',
    'how long a page is served before the store is asked again',
  ],
  REDIS_URL: [
    '',
    { is: 'a URL such as redis://host:6379 or rediss://user:password@host:6379/1', pattern: /^rediss?:\/\/[^\s/?#]+(\/\d*)?(\?\S*)?$/, isSecret: true },
    'redis://127.0.0.1:6379',
    'Redis or Valkey to keep pages in, for all instances',
  ],
} satisfies Variables

/** All that a server with pages knows. */
export const pageVariables: Variables = { ...ownVariables, REVALIDATE_TOKEN }

export function readPageEnv({ text, complain }: EnvReader): PageEnv {
  const [folder, redisUrl] = [text('PAGE_CACHE_DIR') || undefined, text('REDIS_URL') || undefined]
  if (folder && redisUrl) complain('PAGE_CACHE_DIR and REDIS_URL are both set, and pages are kept in one place. Unset one of them.')
  if (redisUrl && !isUrl(redisUrl)) complain('REDIS_URL is no URL. Percent-encode what is unusual in the password. Example: REDIS_URL=redis://127.0.0.1:6379')
  return {
    maxBytes: bytes.parse(text('PAGE_CACHE_MAX')) || 1, // 0.5b is a size above 0
    folder,
    redisUrl,
    trust: Number(text('PAGE_CACHE_LOCAL').replace('s', '')) * 1000,
    token: text('REVALIDATE_TOKEN') || undefined,
  }
}

/** Also for the client, which decodes what the URL has. */
function isUrl(text: string): boolean {
  try {
    const { username, password } = new URL(text)
    return decodeURIComponent(username + password) !== undefined
  } catch {
    return false
  }
}
