import type { RouteConfig } from '@apiroutes/runtime'
import { visible, widthOf } from '../diagnostics/cells.ts'
import type { Paint } from '../diagnostics/render.ts'
import type { ConfigReading, LinkedRoute, RouteTable } from '../model.ts'

const HEAD = ['Route', 'File', 'Kind', 'Body limit', 'Response limit']

/** What the app answers, a line a route, in columns; the methods only when they are known of a route. Below it the file of hooks, if there is one. */
export function routeTable({ routes, instrumentation }: Pick<RouteTable, 'routes' | 'instrumentation'>, paint: Paint): string {
  const hasMethods = routes.some((route) => route.kind === 'api' && route.methods !== null)
  const head = hasMethods ? [...HEAD, 'Methods'] : HEAD
  const rows = routes.map((route) => [visible(route.pattern), visible(route.file), route.kind, ...limits(route), ...(hasMethods ? [methods(route)] : [])])
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => widthOf(row[column] ?? ''))))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd()
  const hooks = instrumentation === undefined ? [] : ['', `${paint('faint', 'Instrumentation')}  ${instrumentation}`]
  return [paint('faint', line(head)), ...rows.map(line), ...hooks].join('\n')
}

const DEFAULTS = { bodyParser: '1mb (default)', responseLimit: '4mb (default)' }
const OFF = { bodyParser: 'stream', responseLimit: 'none' }

/** Those of a page are empty: it takes no body, and may be as long as it is. */
function limits(route: LinkedRoute): string[] {
  return route.kind === 'api' ? [limit(route.config, 'bodyParser'), limit(route.config, 'responseLimit')] : ['', '']
}

function methods(route: LinkedRoute): string {
  return route.kind === 'api' ? (route.methods?.join(' ') ?? '') : ''
}

function limit(reading: ConfigReading, key: keyof RouteConfig & ('bodyParser' | 'responseLimit')): string {
  if (reading.kind === 'at-load') return 'at load'
  const value = reading.config[key]
  if (value === null) return DEFAULTS[key]
  if (value === false) return OFF[key]
  return /^\d+$/.test(value.text) ? `${value.text} bytes` : value.text
}
