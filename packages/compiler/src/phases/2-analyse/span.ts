import type { Node } from 'ts-morph'
import type { Span } from '../../diagnostics/diagnostic.ts'

export function spanOf(node: Node, file: string): Span {
  return { file, start: node.getStart(), end: node.getEnd() }
}
