import { diagnostic, fileSpan, type Note } from '../../diagnostics/diagnostic.ts'
import type { LinkedRoute, Segment } from '../../model.ts'
import { compare, type Report } from '../../report.ts'

/** Reports every pair of files that get in each other's way, at the later one (by name), with the earlier one in a note. */
export function reportConflicts(found: readonly LinkedRoute[], report: Report): void {
  const routes = found.toSorted((a, b) => compare(a.file, b.file))
  reportCase(routes, report)
  reportParamNames(routes, report)
  reportPaths(routes, report)
}

function other(route: LinkedRoute, text = 'the other file is here'): Note {
  return { text, at: route.handler }
}

function reportCase(routes: readonly LinkedRoute[], report: Report): void {
  const owners = new Map<string, LinkedRoute>()
  for (const route of routes) {
    const owner = owners.get(route.file.toLowerCase())
    if (owner) report.add(diagnostic('case-conflict', { other: owner.file }, fileSpan(route.file), [other(owner)]))
    else owners.set(route.file.toLowerCase(), route)
  }
}

/** Two names for one place of a path; a catch-all's place is another one than a param's. */
function reportParamNames(routes: readonly LinkedRoute[], report: Report): void {
  const names = new Map<string, { name: string; route: LinkedRoute }>()
  for (const route of routes) {
    for (const [i, segment] of route.segments.entries()) {
      if (segment.kind === 'static') continue
      const place = shapeOf(route.segments.slice(0, i + 1))
      const owner = names.get(place)
      if (!owner) names.set(place, { name: segment.name, route })
      else if (owner.name !== segment.name) {
        report.add(diagnostic('param-name-conflict', { name: segment.name, other: owner.name }, route.handler, [other(owner.route)]))
        break
      }
    }
  }
}

/** Two files for one path: the same shape, or an optional catch-all beside what it covers. */
function reportPaths(routes: readonly LinkedRoute[], report: Report): void {
  const owners = new Map<string, LinkedRoute>()
  for (const route of routes) {
    const shape = shapeOf(route.segments)
    const owner = owners.get(shape)
    if (!owner) owners.set(shape, route)
    else if (owner.pattern === route.pattern) {
      report.add(
        diagnostic('route-conflict', { path: route.pattern, other: owner.file }, route.handler, [
          other(owner, `the other ${owner.kind === 'page' ? 'page' : 'handler'} is here`),
        ]),
      )
    } // else the names of their params differ, which has been said
  }
  for (const route of owners.values()) {
    const last = route.segments.at(-1)
    if (last?.kind !== 'catch-all' || !last.optional) continue
    const folder = route.segments.slice(0, -1)
    const path = route.pattern.slice(0, route.pattern.lastIndexOf('/')) || '/'
    const index = owners.get(shapeOf(folder))
    if (index) report.add(diagnostic('optional-index-conflict', { path, other: index.file }, route.handler, [other(index)]))
    const required = owners.get(shapeOf([...folder, { ...last, optional: false }]))
    if (required) report.add(diagnostic('catch-all-conflict', { path }, route.handler, [other(required)]))
  }
}

/** A path without its param names: what no request can tell apart. Static text is quoted, so that it is never taken for a pattern. */
function shapeOf(segments: readonly Segment[]): string {
  return segments.map(segmentShape).join('/')
}

function segmentShape(segment: Segment): string {
  if (segment.kind === 'static') return JSON.stringify(segment.text)
  if (segment.kind === 'param') return '[]'
  return segment.optional ? '[[...]]' : '[...]'
}
