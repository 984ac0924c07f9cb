import type { Log } from './log.ts'

export interface Logged {
  readonly where: string
  readonly thrown: unknown
}

/** A log that collects its errors; warnings go to console.warn, as those do that no log is at hand for. */
export function createTestLog(errors: Logged[] = []): Log {
  return {
    info() {},
    warn: (text, req) => console.warn(req ? `${req.method} ${req.route}: ${text}` : text),
    error: (where, thrown) => errors.push({ where: typeof where === 'string' ? where : `${where.method} ${where.route ?? where.url}`, thrown }),
    fatal: (text) => console.error(text),
    print: String,
    flush: async () => {},
  }
}
