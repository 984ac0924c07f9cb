/** Small projects and what becomes of them, reviewed as text. `UPDATE_SAMPLES=1 node --import tsx --test <this file>` writes them anew. */

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { it, describe as suite } from 'node:test'
import { describe } from './describe.ts'
import { countLine, render } from './diagnostics/render.ts'
import type { PageOptions } from './options.ts'
import { emit } from './phases/4-emit/emit.ts'
import { publicManifest } from './phases/4-emit/public-manifest.ts'
import { createReport } from './report.ts'
import { type FileMap, memoryHost } from './testing.ts'

const samples = join(import.meta.dirname, '../samples')
// biome-ignore lint/style/noRestrictedGlobals: a switch of the test, not of the compiler
const update = process.env['UPDATE_SAMPLES'] === '1'

/** Every file below a folder, its path with `/`. */
function readFolder(folder: string): FileMap {
  if (!existsSync(folder)) return {}
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  return Object.fromEntries(paths.map((path) => [path.replaceAll(sep, '/'), readFileSync(join(folder, path), 'utf8')]))
}

/** A sample whose name begins with `pages` is built with --pages, and with its `page-store.ts`; React is installed where its package.json lists it. */
function optionsOf(name: string, input: FileMap): PageOptions {
  const store = Object.keys(input).find((file) => file === 'page-store.ts')
  return { pages: name.startsWith('pages'), ...(store === undefined ? {} : { pageStore: store }) }
}

function withReact(input: FileMap): FileMap {
  const isListed = input['package.json']?.includes('"react-dom"')
  return isListed ? { ...input, 'node_modules/react/package.json': '{}', 'node_modules/react-dom/package.json': '{}' } : input
}

/** What a build makes of a project before esbuild sees it; with errors, what it says of them alone. */
function outputOf(name: string, input: FileMap): FileMap {
  const host = memoryHost(withReact(input))
  const report = createReport()
  const table = describe(host, report, optionsOf(name, input))
  const found = report.all()
  const said = [...found.map((item) => render(item, (file) => input[file])), countLine(found)].join('\n\n')
  const texts = report.hasErrors()
    ? []
    : [
        ...emit(table).modules.map(({ id, code }) => [`${id.replace('apiroutes:', '')}.js`, code]),
        ['manifest.json', publicManifest(table, ['manifest.json', 'package.json', 'server.js', 'server.js.map'])],
      ]
  return Object.fromEntries([...texts, ...(found.length > 0 ? [['diagnostics.txt', `${said}\n`]] : [])])
}

suite('samples', () => {
  for (const name of readdirSync(samples).toSorted()) {
    it(name, () => {
      const expected = join(samples, name, 'expected')
      const output = outputOf(name, readFolder(join(samples, name, 'input')))
      if (update) {
        rmSync(expected, { recursive: true, force: true })
        mkdirSync(expected, { recursive: true })
        for (const [file, text] of Object.entries(output)) writeFileSync(join(expected, file), text)
      }
      assert.deepEqual(output, readFolder(expected))
    })
  }
})
