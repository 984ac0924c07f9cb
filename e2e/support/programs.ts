import { existsSync } from 'node:fs'
import path from 'node:path'

/** What a test needs and this machine has not, in words for a skipped test. */
export interface Missing {
  readonly missing: string
}

export function programOnPath(name: string, folders: string = process.env['PATH'] ?? ''): string | undefined {
  const files = folders.split(path.delimiter).map((folder) => path.join(folder, name))
  return files.find((file) => existsSync(file))
}
