import { readFileSync } from 'node:fs'

/** From package.json, so that there is one place to change. */
export function version(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version
}
