import type { RouteConfig } from '@apiroutes/runtime'
import { visible, widthOf } from '../diagnostics/cells.ts'
import type { Paint } from '../diagnostics/render.ts'
import type { ConfigReading, RouteTable } from '../model.ts'

const HEAD = ['Route', 'File', 'Kind', 'Body limit', 'Response limit']

/** What the app answers, a line a route, in columns; the methods only when they are known of a route. Below it the file of hooks, if there is one. */
export function routeTable({ routes, instrumentation }: Pick<RouteTable, 'routes' | 'instrumentation'>, paint: Paint): string {
  const hasMethods = routes.some(({ methods }) => methods !== null)
  const head = hasMethods ? [...HEAD, 'Methods'] : HEAD
  const rows = routes.map(({ pattern, file, config, methods }) => {
    const limits = [limit(config, 'bodyParser'), limit(config, 'responseLimit')]
    return [visible(pattern), visible(file), 'api', ...limits, ...(hasMethods ? [methods?.join(' ') ?? ''] : [])]
  })
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

function limit(reading: ConfigReading, key: keyof RouteConfig & ('bodyParser' | 'responseLimit')): string {
  if (reading.kind === 'at-load') return 'at load'
  const value = reading.config[key]
  if (value === null) return DEFAULTS[key]
  if (value === false) return OFF[key]
  return /^\d+$/.test(value.text) ? `${value.text} bytes` : value.text
}
