import type { RouteConfig } from '@apiroutes/runtime'
import type { Paint } from '../diagnostics/render.ts'
import type { ConfigReading, LinkedRoute } from '../model.ts'

const HEAD = ['Route', 'File', 'Kind', 'Body limit', 'Response limit']

/** What the app answers, a line a route, in columns. */
export function routeTable(routes: readonly LinkedRoute[], paint: Paint): string {
  const rows = routes.map(({ pattern, file, config }) => [pattern, file, 'api', limit(config, 'bodyParser'), limit(config, 'responseLimit')])
  const widths = HEAD.map((_, column) => Math.max(...[HEAD, ...rows].map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [paint('faint', line(HEAD)), ...rows.map(line)].join('\n')
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
