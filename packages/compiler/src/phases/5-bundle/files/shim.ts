import type { GeneratedModule } from '../../../model.ts'

/**
 * What `source-edits.ts` refers to: a module's place in the output, as its `import.meta` has it.
 * @param up leads from the file it is bundled into to the output folder: `.`, `..`.
 */
export function shim(up: string): GeneratedModule {
  return {
    id: 'apiroutes:shim',
    code: `import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { dirname, isAbsolute } from 'node:path'

class Place {
  constructor(url) { this.url = url }
  get filename() { return fileURLToPath(this.url) }
  get dirname() { return dirname(this.filename) }
  resolve(specifier) {
    if (/^(\\.{0,2}\\/|[a-z][a-z0-9+.-]*:)/i.test(specifier)) return new URL(specifier, this.url).href
    const path = this.require.resolve(specifier)
    return isAbsolute(path) ? pathToFileURL(path).href : 'node:' + path
  }
  get require() { return this.made ??= createRequire(this.url) }
}

const places = new Map()

export function __apiroutes_at(path) {
  let place = places.get(path)
  if (!place) places.set(path, (place = new Place(new URL(${JSON.stringify(`${up}/`)} + path, import.meta.url).href)))
  return place
}
`,
  }
}
