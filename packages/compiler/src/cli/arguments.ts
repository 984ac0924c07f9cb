import { parseArgs } from 'node:util'
import type { BuildOptions } from '../options.ts'

const FORMATS = ['text', 'json', 'github'] as const
export type Format = (typeof FORMATS)[number]

/** How to say what was found, and whether to say anything when nothing was. */
export interface Output {
  readonly format: Format
  readonly quiet: boolean
}

export type Arguments =
  | { readonly kind: 'build'; readonly options: BuildOptions & { readonly dir: string }; readonly output: Output }
  | { readonly kind: 'check'; readonly dir: string; readonly pages: boolean; readonly strict: boolean; readonly output: Output }
  | { readonly kind: 'routes'; readonly dir: string; readonly pages: boolean; readonly format: Format }
  | { readonly kind: 'explain'; readonly code: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly message: string }

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  'out-dir': { type: 'string', short: 'o' },
  minify: { type: 'boolean' },
  'no-sourcemap': { type: 'boolean' },
  external: { type: 'string', multiple: true },
  include: { type: 'string', multiple: true },
  target: { type: 'string' },
  verify: { type: 'boolean' },
  pages: { type: 'boolean' },
  prerender: { type: 'boolean' },
  'page-store': { type: 'string' },
  analyze: { type: 'boolean' },
  strict: { type: 'boolean' },
  format: { type: 'string' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
} as const

/** Which options a command has; `--help` and `--version` are for all. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  build: [
    ...['out-dir', 'minify', 'no-sourcemap', 'external', 'include', 'target', 'verify', 'analyze'],
    ...['pages', 'prerender', 'page-store', 'strict', 'format', 'json', 'quiet'],
  ],
  check: ['pages', 'strict', 'format', 'json', 'quiet'],
  routes: ['pages', 'format', 'json'],
  explain: [],
}

/** As Node.js names them in `process.platform` and `process.arch`; musl is the C library of Alpine Linux. */
const TARGET = /^(?:linux-(?:x64|arm64|arm|ia32|riscv64)(?:-musl)?|darwin-(?:x64|arm64)|win32-(?:x64|arm64|ia32))$/

/** What the command line asks for. */
export function parseArguments(argv: readonly string[]): Arguments {
  try {
    return interpret(parse(argv))
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error)) // parseArgs throws for what it does not know
  }
}

type Parsed = ReturnType<typeof parse>

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], allowPositionals: true, options: OPTIONS })
}

function interpret({ values, positionals }: Parsed): Arguments {
  const [command, dir = '.', ...more] = positionals
  if (values.help) return { kind: 'help' }
  if (values.version) return { kind: 'version' }
  if (command === undefined) return wrong('a command is missing')
  const known = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined
  if (!known) return wrong(`there is no command ${JSON.stringify(command)}`)
  if (more.length > 0) return wrong(`${command} takes one ${command === 'explain' ? 'code' : 'folder'}, got also ${JSON.stringify(more[0])}`)
  const foreign = Object.keys(values).find((name) => !known.includes(name))
  if (foreign) return wrong(`${command} has no option --${foreign}`)
  const empty = Object.entries(values).find(([, value]) => value === '' || (Array.isArray(value) && value.includes('')))
  if (empty) return wrong(`--${empty[0]} needs a value`)
  if (command === 'explain') return positionals.length > 1 ? { kind: 'explain', code: dir } : wrong('explain needs a code, such as route-conflict')
  const format = formatOf(values)
  if (!format) return wrong(`--format is one of ${FORMATS.join(', ')}${values.json ? '; --json is a short form of --format json' : ''}`)
  if (format === 'json' && values.quiet) return wrong('--json and --quiet exclude each other')
  if (values.target !== undefined && !TARGET.test(values.target))
    return wrong(`--target must be like linux-x64, linux-arm64, linux-x64-musl or darwin-arm64, got ${JSON.stringify(values.target)}`)
  const needy = (['prerender', 'page-store'] as const).find((name) => values[name] !== undefined)
  if (needy && !values.pages) return wrong(`--${needy} is for static pages, and needs --pages as well`)
  const output = { format, quiet: values.quiet ?? false }
  const pages = values.pages ?? false
  if (command === 'routes') return { kind: 'routes', dir, pages, format }
  if (command === 'check') return { kind: 'check', dir, pages, strict: values.strict ?? false, output }
  return { kind: 'build', options: buildOptions(values, dir), output }
}

function formatOf({ format, json }: Parsed['values']): Format | undefined {
  const given = format ?? (json ? 'json' : 'text')
  return json && given !== 'json' ? undefined : FORMATS.find((known) => known === given)
}

function buildOptions(values: Parsed['values'], dir: string): BuildOptions & { dir: string } {
  return {
    dir,
    ...(values['out-dir'] === undefined ? {} : { outDir: values['out-dir'] }),
    ...(values.minify ? { minify: true } : {}),
    ...(values['no-sourcemap'] ? { sourcemap: false } : {}),
    ...(values.external ? { external: values.external } : {}),
    ...(values.include ? { include: values.include } : {}),
    ...(values.target === undefined ? {} : { target: values.target }),
    ...(values.verify ? { verify: true } : {}),
    ...(values.pages ? { pages: true } : {}),
    ...(values.prerender ? { prerender: true } : {}),
    ...(values['page-store'] === undefined ? {} : { pageStore: values['page-store'] }),
    ...(values.analyze ? { analyze: true } : {}),
    ...(values.strict ? { strict: true } : {}),
  }
}

function wrong(message: string): Arguments {
  return { kind: 'wrong', message }
}
