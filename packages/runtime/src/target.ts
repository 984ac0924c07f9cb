/** From a request target (RFC 9112 3.2) to the path that is matched, or to where the client should go instead. */

export type Target = { readonly kind: 'path'; readonly path: string; readonly query: string } | { readonly kind: 'redirect'; readonly location: string }

/** Anything that makes a path other than its own segments: the rest of this file is only for paths that match it. */
const UNUSUAL = /[\\#]|\/\/|\/\.|\/%2e|\/$|^(?!\/)/i

/** `query` is what follows the first `?`, without it. A fragment is dropped; an absolute-form target counts by its path. */
export function parseTarget(target: string): Target {
  const mark = target.indexOf('?')
  const path = mark === -1 ? target : target.slice(0, mark)
  const query = mark === -1 ? '' : target.slice(mark + 1)
  if (!UNUSUAL.test(path) && !query.includes('#')) return { kind: 'path', path, query }
  return parseUnusual(target)
}

/**
 * As Next.js: repeated slashes and backslashes, and a trailing slash, redirect (308) to the path without them, query
 * kept as it is; dot segments are resolved without a redirect, as a URL would. Ours: one redirect where Next.js takes two.
 */
function parseUnusual(target: string): Target {
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(target)?.[0] ?? ''
  const local = target.slice(origin.length).replace(/#.*$/s, '')
  const mark = local.indexOf('?')
  const path = (mark === -1 ? local : local.slice(0, mark)) || '/'
  const search = mark === -1 ? '' : local.slice(mark)

  const single = path.replace(/[\\/]+/g, '/')
  const resolved = single === path ? resolveDots(path) : single
  const trimmed = resolved.length > 1 && resolved.endsWith('/') ? resolved.slice(0, -1) : resolved
  if (single !== path || trimmed !== resolved) return { kind: 'redirect', location: trimmed + search }
  return { kind: 'path', path: resolved, query: search.slice(1) }
}

/** The URL Standard's rule for `.` and `..`, their percent-encoded spellings included. */
function resolveDots(path: string): string {
  const out: string[] = []
  const segments = path.replace(/^\//, '').split('/')
  for (const [i, segment] of segments.entries()) {
    const dots = segment.replace(/%2e/gi, '.')
    if (dots === '..') out.pop()
    if (dots !== '.' && dots !== '..') out.push(segment)
    else if (i === segments.length - 1) out.push('')
  }
  return `/${out.join('/')}`
}
