import type { ts } from 'ts-morph'
import { SyntaxKind } from '../../typescript.ts'
import { importsOf } from './imports.ts'
import { forEachDescendant } from './syntax-tree.ts'

const JSX: ReadonlySet<ts.SyntaxKind> = new Set([SyntaxKind.JsxElement, SyntaxKind.JsxSelfClosingElement, SyntaxKind.JsxFragment])

/** Is what a file renders React for sure, since it has JSX or imports React? Without either it may be, too: from a component it imports. */
export function usesReact(source: ts.SourceFile): boolean {
  return importsOf(source).some(({ specifier }) => /^react(?:-dom)?(?:\/|$)/.test(specifier.text)) || hasJsx(source)
}

function hasJsx(source: ts.SourceFile): boolean {
  if (!/\/\s*>|<\s*\//.test(source.text)) return false // the end of an element
  let found = false
  forEachDescendant(source, ({ kind }) => {
    found ||= JSX.has(kind)
  })
  return found
}
