/** What the name of a file below `pages` says before its segments are looked at: the same rules for routes and for pages. */

import { diagnostic, fileSpan } from '../../diagnostics/diagnostic.ts'
import type { Report } from '../../report.ts'

interface Place {
  /** The folder that the path begins in. */
  readonly pages: string
  /** What the file is, in words. */
  readonly what: 'route' | 'page'
}

/** The path that the name asks for, without a slash at its beginning; undefined when it is none of ours. */
export function pathOf(file: string, { pages, what }: Place, report: Report): string | undefined {
  if (/\.d\.[cm]?ts$/.test(file)) return undefined
  const ignored = /\.[cm][tj]s$/.exec(file)?.[0]
  if (ignored !== undefined) report.add(diagnostic('file-ignored', { extension: ignored, what }, fileSpan(file)))
  const named = /^(.*)\.(?:tsx?|jsx?)$/s.exec(file.slice(pages.length + 1))?.[1]
  if (named === undefined || ignored !== undefined) return undefined

  const name = named.slice(named.lastIndexOf('/') + 1)
  if (name === '_middleware') {
    report.add(diagnostic('reserved-name', { name }, fileSpan(file)))
    return undefined
  }
  const path = named.replace(/(^|\/)index$/, '') // `index` is the folder; only the last one is stripped, as in Next.js
  if (/(^|\/)__tests__\/|\.(test|spec)$/.test(named)) report.add(diagnostic('test-file', { path: `/${path}`, what }, fileSpan(file)))
  return path
}
