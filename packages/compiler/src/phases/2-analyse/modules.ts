/** The files that imports lead to, each parsed alone and only when a question needs it. */

import { posix } from 'node:path'
import type { ts } from 'ts-morph'
import type { Host } from '../../host.ts'
import { ModuleKind, ModuleResolutionKind, parseConfigFileTextToJson, parseJsonConfigFileContent, resolveModuleName } from '../../typescript.ts'
import { parse, parseErrors } from './parse.ts'

export type Resolved = { readonly kind: 'file'; readonly file: ts.SourceFile } | { readonly kind: 'refused'; readonly why: string }

export interface Modules {
  /** The file that an import in the file `from` leads to, or why it is not read. */
  resolve(specifier: string, from: string): Resolved
}

/** As esbuild resolves for Node.js, so that what is read here is what goes into the bundle. */
const OPTIONS = {
  module: ModuleKind.ESNext,
  moduleResolution: ModuleResolutionKind.Bundler,
  allowJs: true,
  resolveJsonModule: true,
  customConditions: ['node'],
  noDtsResolution: true, // types are not what runs
} satisfies ts.CompilerOptions

export function createModules(host: Host): Modules {
  const files = createFiles(host)
  const sources = new Map<string, Resolved>()
  const options = new Map<string, ts.CompilerOptions>()

  function optionsFor(folder: string): ts.CompilerOptions {
    const found = options.get(folder) ?? { ...readOptions(folder, files), ...OPTIONS }
    options.set(folder, found)
    return found
  }

  return {
    resolve(specifier, from) {
      const path = files.absolute(from)
      const { resolvedModule } = resolveModuleName(specifier, path, optionsFor(posix.dirname(path)), files, undefined, undefined, ModuleKind.ESNext)
      if (!resolvedModule) return { kind: 'refused', why: `"${specifier}" is not found` }
      const name = resolvedModule.resolvedFileName
      const found = sources.get(name) ?? read(name, files, host)
      sources.set(name, found)
      return found
    },
  }
}

/** A package's JavaScript is not read: it may be another version where the server runs, and is made by a tool more often than by hand. */
function read(path: string, files: Files, host: Host): Resolved {
  if (/\/node_modules\/.*\.[cm]?jsx?$/.test(path)) return { kind: 'refused', why: 'it comes from a package' }
  if (!/\.([cm]?[jt]sx?|json)$/.test(path)) return { kind: 'refused', why: 'it comes from a file that is no JavaScript' }
  const file = files.relative(path)
  try {
    const source = parse(file, host.read(file))
    return parseErrors(source).length > 0 ? { kind: 'refused', why: 'it comes from a file that cannot be parsed' } : { kind: 'file', file: source }
  } catch (error) {
    return { kind: 'refused', why: `it comes from a file that cannot be read: ${error instanceof Error ? error.message : error}` }
  }
}

/** The host as TypeScript sees it: absolute paths with `/`. */
interface Files extends ts.ParseConfigHost {
  absolute(file: string): string
  /** As the project names it. */
  relative(path: string): string
}

function createFiles(host: Host): Files {
  const slashes = host.root.replaceAll('\\', '/')
  const root = slashes.startsWith('/') ? slashes : `/${slashes}`
  const relative = (path: string) => posix.relative(root, path)
  const fileExists = (path: string) => host.exists(relative(path))
  return {
    absolute: (file) => posix.join(root, file),
    relative,
    fileExists,
    readFile: (path) => (fileExists(path) ? host.read(relative(path)) : undefined),
    readDirectory: () => [], // asked for `include`, which does not matter here
    useCaseSensitiveFileNames: true,
  }
}

/** What the nearest tsconfig.json says; `paths` and `baseUrl` are what counts. */
function readOptions(folder: string, files: Files): ts.CompilerOptions {
  const path = nearestConfig(folder, files)
  const text = path === undefined ? undefined : files.readFile(path)
  if (path === undefined || text === undefined) return {}
  const { config } = parseConfigFileTextToJson(path, text)
  return parseJsonConfigFileContent(config ?? {}, files, posix.dirname(path), undefined, path).options
}

function nearestConfig(folder: string, files: Files): string | undefined {
  const found = ['tsconfig.json', 'jsconfig.json'].map((name) => posix.join(folder, name)).find((path) => files.fileExists(path))
  const parent = posix.dirname(folder)
  return found ?? (parent === folder ? undefined : nearestConfig(parent, files))
}
