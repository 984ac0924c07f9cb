/** The runtime in server.js: bundled by itself, since nothing of the app has a say in it, and put before the app's code. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import type { Emitted, GeneratedModule, RuntimeImport } from '../../model.ts'
import type { Texts } from './files/texts.ts'

/** The constant that holds it: a name that esbuild gives to nobody else. */
const NAME = '__apiroutes_runtime'

/** What is bundled and is not the user's. */
export interface OurCode {
  readonly modules: Emitted['modules']
  /**
   * A script for the beginning of server.js, with what an app of these modules has a use for.
   * @param isAll are there no others? Of those whose texts are not known it is taken that they mention everything.
   */
  runtimeFor(texts: Texts, isAll: boolean): Promise<string>
}

/** Modules of the runtime that a smaller one stands in for, in a bundle of which no module has one of the words. */
const STAND_INS = [
  { module: 'preview', by: 'no-preview', words: ['draftMode', 'setDraftMode', 'preview', 'previewData', 'setPreviewData', 'clearPreviewData'] },
]

export function addRuntime({ modules, runtime }: Emitted): OurCode {
  const scripts = new Map<string, Promise<string>>()
  return {
    modules: [...modules, runtimeModule(runtime)],
    runtimeFor(texts, isAll) {
      const isMentioned = (word: string) => !isAll || mentions(texts, word)
      const needed = runtime.filter(({ ifMentioned }) => ifMentioned === undefined || isMentioned(ifMentioned))
      const names = needed.map(({ name }) => name)
      const standIns = names.includes('pages') ? [] : STAND_INS.filter(({ words }) => !words.some(isMentioned)) // pages ask for draft mode themselves
      const id = [...names, ...standIns.map(({ by }) => by)].join()
      const script = scripts.get(id) ?? bundleRuntime(needed, standIns)
      scripts.set(id, script)
      return script
    },
  }
}

/** Not as part of another word, nor of one with hyphens: `stale-while-revalidate` is a word of Cache-Control. */
function mentions(texts: Texts, word: string): boolean {
  const alone = new RegExp(`(?<![\\w$-])${word}(?![\\w$-])`)
  return [...texts.values()].some((text) => text.includes(word) && alone.test(text))
}

/** As the generated modules import it. */
function runtimeModule(imports: readonly RuntimeImport[]): GeneratedModule {
  return { id: 'apiroutes:runtime', code: `export const { ${imports.map(({ name }) => name).join(', ')} } = ${NAME}\n` }
}

/** The same text wherever the runtime is installed. */
async function bundleRuntime(imports: readonly RuntimeImport[], standIns: typeof STAND_INS): Promise<string> {
  const files = imports.map(({ name, from }) => ({ name, file: fileURLToPath(import.meta.resolve(from)) }))
  const contents = [
    ...files.map(({ name, file }) => `import { ${name} } from ${JSON.stringify(file)}`),
    `${NAME} = { ${files.map(({ name }) => name).join(', ')} }`, // an export would bring 300 bytes of helpers
  ].join('\n')
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'cjs', // the only one that leaves `require` to those who have it
    banner: { js: `let ${NAME};(()=>{` },
    footer: { js: '})();' },
    platform: 'node',
    target: 'node20.19',
    conditions: [],
    tsconfigRaw: {},
    minify: true,
    lineLimit: 320, // Node.js prints the whole line that an error has ended the process in
    legalComments: 'eof',
    charset: 'ascii', // with one character beyond Latin-1 V8 keeps all of server.js in two bytes a character, and takes longer to compile it
    logLevel: 'silent',
    plugins: [stubs, shakeable, ...standIns.map(standIn)],
  })
  return outputFiles[0]?.text ?? ''
}

/**
 * What raw-body asks for and the runtime has no use for, by package. Its decoding is done by TextDecoder, and iconv-lite's
 * tables would be 590 KB in every bundle; limits are numbers by now, so `bytes` has nothing to parse; of http-errors (23 KB
 * with its dependencies) it needs an Error with properties; and every stream of today can unpipe.
 */
const STUBS: Readonly<Record<string, string>> = {
  'iconv-lite': `exports.getDecoder = () => { throw new Error('apiroutes: iconv-lite is not part of the runtime') }`,
  bytes: 'exports.parse = (limit) => limit',
  'http-errors': 'module.exports = (status, message, properties) => Object.assign(new Error(message), { status }, properties)',
  unpipe: 'module.exports = (stream) => stream.unpipe()',
}

function standIn({ module, by }: (typeof STAND_INS)[number]): Plugin {
  return {
    name: `apiroutes-${by}`,
    setup(build) {
      build.onResolve({ filter: new RegExp(`^\\./${module}\\.js$`) }, ({ resolveDir }) => ({ path: join(resolveDir, `${by}.js`) }))
    },
  }
}

const stubs: Plugin = {
  name: 'apiroutes-stubs',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^(?:${Object.keys(STUBS).join('|')})$`) }, ({ path, importer }) =>
      /[\\/]raw-body[\\/]index\.js$/.test(importer) ? { path, namespace: 'stub' } : undefined,
    )
    build.onLoad({ filter: /.*/, namespace: 'stub' }, ({ path }) => ({ contents: STUBS[path] ?? '', loader: 'js' }))
  },
}

/**
 * Libraries that only assign functions to `exports`, as ES modules: of those esbuild leaves out what nobody imports, which is half of each. One that is written in another way
 * is bundled as it is.
 */
const shakeable: Plugin = {
  name: 'apiroutes-shakeable',
  setup(build) {
    build.onLoad({ filter: /[\\/](?:cookie[\\/]dist|content-type)[\\/]index\.js$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8')
        .replace(/^Object\.defineProperty\(exports, "__esModule", .*$/m, '')
        .replace(/^exports\.(\w+) = (\w+);?$/gm, 'export { $2 as $1 }')
      return /^(?!\s*\*).*\b(?:exports\.|require\()/m.test(contents) ? undefined : { contents } // comments aside
    })
  },
}
