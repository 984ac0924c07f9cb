import { type Code, type Diagnostic, diagnostic, fileSpan } from '../../diagnostics/diagnostic.ts'
import type { Segment } from '../../model.ts'
import type { Report } from '../../report.ts'

/**
 * The segments that a route's path asks for (`api/users/[id]`). What breaks a rule is reported and left out;
 * undefined when the path cannot be a route. Source of the rules: the file names that `next build` accepts.
 */
export function parseSegments(path: string, file: string, report: Report): Segment[] | undefined {
  const parts = path.split('/')
  const found: Diagnostic[] = []
  const segments = parts.map((part) => parseSegment(part, file, found))
  reportMisplaced(parts, segments, file, found)
  for (const item of found) report.add(item)
  const broken = found.some(({ code }) => code !== 'looks-dynamic')
  return broken ? undefined : segments
}

function parseSegment(part: string, file: string, found: Diagnostic[]): Segment {
  const literal: Segment = { kind: 'static', text: part }
  const asLiteral = () => {
    if (/\[.*\]/s.test(part)) found.push(diagnostic('looks-dynamic', { segment: part, means: 'is a literal name, not a param' }, fileSpan(file)))
    return literal
  }
  const say = (code: Code & ('optional-param' | 'segment-dots' | 'segment-ellipsis' | 'segment-brackets')) => {
    found.push(diagnostic(code, { segment: part }, fileSpan(file)))
    return literal
  }

  const inner = /^\[(.+)\]$/s.exec(part)?.[1]
  if (inner === undefined) return asLiteral()
  const optional = inner.startsWith('[') && inner.endsWith(']')
  const spec = optional ? inner.slice(1, -1) : inner
  if (spec.startsWith('…')) return say('segment-ellipsis')
  const rest = spec.startsWith('...')
  const name = rest ? spec.slice(3) : spec
  if (name.startsWith('[') || name.endsWith(']')) return say('segment-brackets')
  if (/[[\]]/.test(name)) return asLiteral() // [a][b], [a]-[b]
  if (name.startsWith('.')) return say('segment-dots')
  if (optional && !rest) return say('optional-param')
  if (name === '') found.push(diagnostic('looks-dynamic', { segment: part, means: 'is a catch-all whose param has an empty name' }, fileSpan(file)))
  return rest ? { kind: 'catch-all', name, optional } : { kind: 'param', name }
}

function reportMisplaced(parts: readonly string[], segments: readonly Segment[], file: string, found: Diagnostic[]): void {
  const names = new Map<string, string>() // by its word characters: what is left when symbols do not count
  for (const [i, segment] of segments.entries()) {
    if (segment.kind === 'static') continue
    if (segment.kind === 'catch-all' && i < segments.length - 1) {
      found.push(diagnostic('catch-all-not-last', { segment: parts[i] ?? '' }, fileSpan(file)))
    }
    const words = segment.name.replace(/\W/g, '') || segment.name
    const other = names.get(words)
    if (other !== undefined) found.push(diagnostic('param-repeated', { name: segment.name, other }, fileSpan(file)))
    names.set(words, segment.name)
  }
}
