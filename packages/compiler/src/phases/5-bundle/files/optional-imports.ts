/** What is imported and cannot be found. A package may `require` what is not installed, and live without it: Node.js finds out when it gets there, and so does the bundle. */

import { resolve } from 'node:path'
import type { Message, Plugin } from 'esbuild'
import { quote } from './changed-modules.ts'
import { manifestOf, type Packages } from './packages.ts'

export interface MissingImport {
  /** Absolute. */
  readonly file: string
  readonly specifier: string
  /** Does the package list it as optional or as a peer, so that the package manager has said what there is to say? */
  readonly isOptional: boolean
  readonly message: Message
}

const NAMESPACE = 'missing'

/** React as Next.js resolves it: for every file, JSX in a workspace package included, also the project's. */
export function isReact(message: Message): boolean {
  return REACT.test(/^Could not resolve "(.*)"/.exec(message.text)?.[1] ?? '')
}

const REACT = /^react(?:-dom)?(?:\/|$)/

export function projectReact(root: string): Plugin {
  return {
    name: 'apiroutes-react',
    setup(build) {
      build.onResolve({ filter: REACT }, async ({ path, pluginData, importer, resolveDir, kind }) => {
        if (pluginData === ASKED) return undefined
        const own = await build.resolve(path, { importer, resolveDir, kind, pluginData: ASKED })
        return own.errors.length === 0 ? own : build.resolve(path, { importer, resolveDir: root, kind, pluginData: ASKED })
      })
    },
  }
}

/** Marks a resolution that a plugin has asked for itself. */
const ASKED = Symbol('asked')

/** Any import that esbuild complains of. */
export function unresolvedImport({ text, location }: Message, root: string): Pick<MissingImport, 'file' | 'specifier'> | undefined {
  const [, specifier] = /^Could not resolve "(.*)"/.exec(text) ?? []
  return specifier === undefined || !location ? undefined : { file: resolve(root, location.file), specifier }
}

/** The import that esbuild complains of, if Node.js would complain only when it is reached. */
export function missingImport(message: Message, root: string, packages: Packages): MissingImport | undefined {
  const { text, location } = message
  const [, specifier] = /^Could not resolve "(.*)"/.exec(text) ?? []
  if (specifier === undefined || !location) return undefined
  const file = resolve(root, location.file)
  const owner = packages.of(file)
  const before = Buffer.from(location.lineText).subarray(0, location.column).toString()
  if (!owner?.isInstalled || !/\b(require|import|resolve)\s*\(\s*$/.test(before)) return undefined
  return { file, specifier, isOptional: isOptional(specifier, owner.dir), message }
}

function isOptional(specifier: string, dir: string): boolean {
  const { optionalDependencies, peerDependencies, peerDependenciesMeta } = manifestOf(dir) ?? {}
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  return [optionalDependencies, peerDependencies, peerDependenciesMeta].some((names) => Object.hasOwn(names ?? {}, name))
}

/** What is missing throws what Node.js throws. */
export function missingImports(missing: readonly Pick<MissingImport, 'file' | 'specifier'>[]): Plugin {
  return {
    name: 'apiroutes-missing',
    setup(build) {
      if (missing.length === 0) return
      const specifiers = [...new Set(missing.map(({ specifier }) => quote(specifier)))]
      build.onResolve({ filter: new RegExp(`^(?:${specifiers.join('|')})$`) }, ({ path, importer }) =>
        missing.some(({ file, specifier }) => file === importer && specifier === path) ? { path, namespace: NAMESPACE } : undefined,
      )
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
        contents: `throw Object.assign(new Error(${JSON.stringify(`Cannot find module '${path}'`)}), { code: 'MODULE_NOT_FOUND' })`,
        loader: 'js',
      }))
    },
  }
}
