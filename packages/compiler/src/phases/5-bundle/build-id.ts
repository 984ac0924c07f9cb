/** The name of a build: the same for the same output, another one as soon as a byte that is deployed differs. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { BUILD_PLACEHOLDER, type OutputFile, type OutputFiles } from '../../model.ts'
import { compare } from '../../report.ts'

/** Puts the name of the build where the generated code has its placeholder. As long, so that the source map stays right. */
export function withBuildId(files: OutputFiles): OutputFiles {
  const server = files.get('server.js')
  if (!(server instanceof Uint8Array)) return files
  const text = Buffer.from(server).toString()
  return new Map([...files, ['server.js', new TextEncoder().encode(text.replaceAll(BUILD_PLACEHOLDER, buildId(files)))]])
}

/** Over names and contents. A source map says nothing that the server does. */
function buildId(files: OutputFiles): string {
  const hash = createHash('sha256')
  for (const [name, file] of [...files].toSorted(([a], [b]) => compare(a, b))) {
    if (name.endsWith('.map')) continue
    const { length } = file
    hash.update(`${JSON.stringify(name)} ${length}\n`).update(bytesOf(file))
  }
  return hash.digest('base64url').slice(0, BUILD_PLACEHOLDER.length)
}

function bytesOf(file: OutputFile): Uint8Array {
  return file instanceof Uint8Array ? file : readFileSync(file.from)
}
