/** What pages ask for that only a bundler for browsers has: styles, images, Next.js itself. */

import type { ts } from 'ts-morph'
import { type Diagnostic, diagnostic, type Note } from '../../diagnostics/diagnostic.ts'
import type { Report } from '../../report.ts'
import { isJsxAttribute } from '../../typescript.ts'
import { importsOf } from './imports.ts'
import type { Modules } from './modules.ts'
import { spanOf } from './span.ts'
import { nodesOfWord } from './syntax-tree.ts'

const STYLE = /\.(?:css|scss|sass|less|styl)(?:\?.*)?$/i
const ASSET = /\.(?:png|jpe?g|gif|webp|avif|ico|bmp|svg|woff2?|ttf|otf|eot)(?:\?.*)?$/i
const NEXT = /^next(?:\/|$)/

/** Looks at a page and at the project's files that it imports. @param seen files that need not be looked at again; it gets those that have been. */
export function reportBrowserImports(page: ts.SourceFile, seen: Set<string>, modules: Modules, report: Report): void {
  /** @param way what leads there from the page. */
  function visit(source: ts.SourceFile, way: readonly Note[]): void {
    if (seen.has(source.fileName) || source.fileName.endsWith('.json')) return
    seen.add(source.fileName)
    reportStyledJsx(source, way, report)
    for (const { specifier } of importsOf(source)) {
      const problem = problemOf(specifier, way)
      if (problem) report.add(problem)
      const target = problem ? undefined : modules.resolve(specifier.text, source.fileName)
      if (target?.kind === 'file') visit(target.file, way.length > 0 ? way : [{ text: 'it is part of a page from here', at: spanOf(specifier) }])
    }
  }

  visit(page, [])
}

function problemOf(node: ts.StringLiteralLike, notes: readonly Note[]): Diagnostic | undefined {
  const at = spanOf(node)
  const specifier = node.text
  if (STYLE.test(specifier)) return diagnostic('page-imports-style', { specifier }, at, notes)
  if (ASSET.test(specifier)) return diagnostic('page-imports-asset', { specifier }, at, notes)
  return NEXT.test(specifier) ? diagnostic('page-imports-next', { specifier }, at, notes) : undefined
}

/** `<style jsx>` is made into styles by the bundler of Next.js. */
function reportStyledJsx(source: ts.SourceFile, notes: readonly Note[], report: Report): void {
  for (const { parent: attribute } of nodesOfWord(source, 'jsx')) {
    if (!isJsxAttribute(attribute) || attribute.name.getText() !== 'jsx') continue
    if (attribute.parent.parent.tagName.getText() === 'style') report.add(diagnostic('page-styled-jsx', {}, spanOf(attribute), notes))
  }
}
