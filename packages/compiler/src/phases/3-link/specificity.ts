import type { Segment } from '../../model.ts'
import { compare } from '../../report.ts'

/**
 * The order in which routes are tried: at the first segment where two differ, static before `[param]` before
 * `[...param]` before `[[...param]]`; a path that ends there comes first.
 */
export function compareSpecificity(a: readonly Segment[], b: readonly Segment[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]]
    const difference = rank(x) - rank(y)
    if (difference !== 0) return difference
    if (x?.kind === 'static' && y?.kind === 'static' && x.text !== y.text) return compare(x.text, y.text)
  }
  return 0
}

function rank(segment: Segment | undefined): number {
  if (!segment) return 0
  if (segment.kind === 'static') return 1
  if (segment.kind === 'param') return 2
  return segment.optional ? 4 : 3
}
