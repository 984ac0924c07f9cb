/** The static pages of a project: every file below `pages` that is no API route. */

import { posix } from 'node:path'
import { diagnostic, fileSpan } from '../../diagnostics/diagnostic.ts'
import type { Host } from '../../host.ts'
import type { PageFiles, RouteFile } from '../../model.ts'
import type { PageOptions } from '../../options.ts'
import type { Report } from '../../report.ts'
import { pathOf } from './names.ts'
import { parseSegments } from './segments.ts'

const DOCUMENT = '_document'

/** Files that mean something to Next.js and have no counterpart here, by the path of their name. */
const SPECIAL: Readonly<Record<string, string>> = {
  _app: 'is put around every page in Next.js',
  _error: 'is the page for errors in Next.js',
  404: 'is the page for unknown paths in Next.js',
  500: 'is the page for errors in Next.js',
}

/** The modules below `<pages>`, but for those below `<pages>/api`, and `<pages>/api.ts`. */
export function pageFiles(host: Host, pages: string): string[] {
  const isOfApi = (file: string) => /^api(?:\/|\.(?:tsx?|jsx?)$)/.test(file.slice(pages.length + 1))
  return host.files(pages).filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !/\.d\.[cm]?ts$/.test(file) && !isOfApi(file))
}

/** @param files as `pageFiles` finds them in the folder. */
export function scanPages(pages: string, files: readonly string[], host: Host, report: Report, { pageStore }: PageOptions): PageFiles {
  const found: RouteFile[] = []
  let document: string | undefined
  for (const file of files) {
    const path = pathOf(file, { pages, what: 'page' }, report)
    if (path === undefined) continue
    const special = Object.hasOwn(SPECIAL, path) ? SPECIAL[path] : undefined
    if (special !== undefined) report.add(diagnostic('page-special', { name: path, special }, fileSpan(file)))
    else if (path !== DOCUMENT) found.push(...pageFile(file, path, report))
    else if (document !== undefined) report.add(diagnostic('document-conflict', { other: document }, fileSpan(file)))
    else document = file
  }
  const store = pageStore && posix.relative(host.root, posix.resolve(host.root, pageStore))
  if (store !== undefined && !host.exists(store)) report.add(diagnostic('page-store-missing', { file: store }, fileSpan(store)))
  return { files: found, document, store }
}

function pageFile(file: string, path: string, report: Report): RouteFile[] {
  const segments = path === '' ? [] : parseSegments(path, file, report)
  return segments ? [{ file, segments }] : []
}
