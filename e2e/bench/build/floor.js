// The least that a build with our tools can cost: node floor.js parse|build <project>
// Both load ts-morph and parse every route; `build` then bundles the same routes with esbuild and the options of our own build.
// Plain JavaScript, so that nothing but this is measured; ts-morph and esbuild are the compiler's own.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [what, root = ''] = process.argv.slice(2)
const require = createRequire(new URL('../../../packages/compiler/package.json', import.meta.url))
const load = (name) => import(pathToFileURL(require.resolve(name)).href)

const files = readdirSync(path.join(root, 'pages/api'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))

const { Project, ts } = await load('ts-morph')
const project = new Project({
  useInMemoryFileSystem: true,
  skipLoadingLibFiles: true,
  compilerOptions: { allowJs: true, jsx: ts.JsxEmit.Preserve, target: ts.ScriptTarget.ESNext },
})
for (const file of files) project.createSourceFile(`/${file}`, readFileSync(path.join(root, file), 'utf8'))

if (what === 'build') {
  const { build } = await load('esbuild')
  const imports = files.map((file) => `() => import(${JSON.stringify(`./${file}`)}),`)
  await build({
    stdin: { contents: `export const routes = [\n${imports.join('\n')}\n]\n`, resolveDir: root, sourcefile: 'entry.js' },
    outfile: path.join(root, 'floor/server.js'),
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    jsx: 'automatic',
    keepNames: true,
    sourcemap: 'linked',
    legalComments: 'eof',
    charset: 'utf8',
    logLevel: 'error',
  })
}
