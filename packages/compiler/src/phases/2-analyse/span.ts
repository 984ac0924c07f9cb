import type { ts } from 'ts-morph'
import type { Note, Span } from '../../diagnostics/diagnostic.ts'

export function spanOf(node: ts.Node): Span {
  return { file: node.getSourceFile().fileName, start: node.getStart(), end: node.getEnd() }
}

/** Where something is written, if what shows it is another place. */
export function noteAt(origin: ts.Node, shown: ts.Node, text: string): readonly Note[] {
  const isSame = origin.getSourceFile() === shown.getSourceFile() && origin.pos < shown.end && shown.pos < origin.end
  return isSame ? [] : [{ text, at: spanOf(origin) }]
}
