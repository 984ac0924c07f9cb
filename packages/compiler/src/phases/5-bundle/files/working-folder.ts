import type { GeneratedModule } from '../../../model.ts'

/**
 * Code that reads `path.join(process.cwd(), 'data/x.json')` expects the working folder to be the project's. Where the server is started
 * from another folder, which has no such file, its own folder takes that part: there the file is.
 * @param files relative to the output folder, with `/`.
 */
export function workingFolder(files: readonly string[]): GeneratedModule {
  return {
    id: 'apiroutes:working-folder',
    code: `import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const missing = ${JSON.stringify(files.toSorted())}.find((file) => !existsSync(file))
if (missing !== undefined) {
  globalThis.__apiroutes_moved = { from: process.cwd(), missing } // the server logs it
  process.chdir(fileURLToPath(new URL('.', import.meta.url)))
}
`,
  }
}
