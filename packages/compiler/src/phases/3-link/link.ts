import type { Param } from '@apiroutes/runtime'
import type { Analysed, LinkedRoute, RouteTable, Segment } from '../../model.ts'
import { compare, type Report } from '../../report.ts'
import { reportConflicts } from './conflicts.ts'
import { compareSpecificity } from './specificity.ts'
import { buildTree } from './tree.ts'

/** All routes and pages together: their conflicts, their order, and the tree that finds them. */
export function link(found: Analysed, report: Report): RouteTable {
  const routes: LinkedRoute[] = found.routes
    .map((route) => ({ ...route, pattern: patternOf(route.segments), params: paramsOf(route.segments) }))
    .toSorted((a, b) => compareSpecificity(a.segments, b.segments) || compare(a.file, b.file))
  reportConflicts(routes, report)
  return { routes, tree: buildTree(routes), pages: found.pages, instrumentation: found.instrumentation }
}

/** A route as people write it: `/api/users/[id]`. */
export function patternOf(segments: readonly Segment[]): string {
  return `/${segments.map(segmentText).join('/')}`
}

function segmentText(segment: Segment): string {
  if (segment.kind === 'static') return segment.text
  if (segment.kind === 'param') return `[${segment.name}]`
  return segment.optional ? `[[...${segment.name}]]` : `[...${segment.name}]`
}

/** Which segments of a path the route's params take their values from. */
function paramsOf(segments: readonly Segment[]): Param[] {
  return segments.flatMap((segment, at) => (segment.kind === 'static' ? [] : [{ name: segment.name, at, rest: segment.kind === 'catch-all' }]))
}
