/**
 * Modules that wait for an `import()`, each in a function of its own. esbuild leaves their functions, variables and getters beside each other, and V8 has to make all of
 * them before the first line of server.js runs: 15 µs a module, a third of the start of an app of 1,000 routes.
 */

import type { Metafile } from 'esbuild'
import type { Bundled } from '../../model.ts'

/** A module as esbuild writes it: its namespace, what that has, imports of what is outside of the bundle, its functions and variables, and what runs it. */
const MODULE =
  /^var (?<name>[\w$]+_exports\d*) = \{\};\n(?<names>__export\(\k<name>, \{\n(?: {2}.+\n)+\}\);\n)(?<imports>(?:import (?:[^"]*? from )?"[^"\n]*";\n)*)(?<body>(?:[\s\S]*?\n)?)var (?<init>init_[\w$]+) = (?<run>__esm\(\{\n[\s\S]*\n\}\));(?<end>\n+)$/

/**
 * The text of a bundle that is not minified, with such modules in functions. No line becomes another one, and no column that the source map speaks of, so it stays right. What is not
 * written as expected, or reads like the beginning of a module and is none, stays as it is.
 */
export function nestLazyModules(text: string, { inputs, outputs }: Metafile): string {
  const lazy = onlyImportedLater(inputs)
  const begins = beginsOf(text, new Set(Object.values(outputs).flatMap(pathsIn)))
  if (!begins) return text
  const pieces = begins.map(({ path, at, isSure }, i) => {
    const next = begins[i + 1]
    const piece = text.slice(at, next?.at)
    return isSure && next?.isSure && lazy.has(path) ? nest(piece) : piece
  })
  return [text.slice(0, begins[0]?.at), ...pieces].join('')
}

/** The same for what is going to be written. The metafile knows how long it is. */
export function withLazyModules({ files, metafile }: Written): Written {
  const server = files.get('server.js')
  if (!(server instanceof Uint8Array)) return { files, metafile }
  const nested = new TextEncoder().encode(nestLazyModules(Buffer.from(server).toString(), metafile))
  const outputs = Object.entries(metafile.outputs).map(([path, output]) => [path, path.endsWith('/server.js') ? { ...output, bytes: nested.length } : output])
  return { files: new Map([...files, ['server.js', nested]]), metafile: { ...metafile, outputs: Object.fromEntries(outputs) } }
}

type Written = Pick<Bundled, 'files' | 'metafile'>

/** Modules that nobody names any part of: their names can be local ones. */
function onlyImportedLater(inputs: Metafile['inputs']): ReadonlySet<string> {
  const all = Object.values(inputs).flatMap(({ imports }) => imports)
  const others = new Set(all.filter(({ kind }) => kind !== 'dynamic-import').map(({ path }) => path))
  return new Set(all.filter(({ path }) => !others.has(path)).map(({ path }) => path))
}

function pathsIn({ inputs }: Metafile['outputs'][string]): string[] {
  return Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []))
}

interface Begin {
  readonly path: string
  readonly at: number
  /** False when there are several such lines: all but one are part of a text. */
  readonly isSure: boolean
}

/** Where modules begin: esbuild writes a comment with the path before each. Undefined if there are some without. */
function beginsOf(text: string, paths: ReadonlySet<string>): Begin[] | undefined {
  const lines = [...text.matchAll(/^\/\/ (.+)$/gm)].flatMap(({ 1: path = '', index }) => (paths.has(path) ? [{ path, at: index }] : []))
  const counts = new Map<string, number>()
  for (const { path } of lines) counts.set(path, (counts.get(path) ?? 0) + 1)
  return counts.size === paths.size ? lines.map((line) => ({ ...line, isSure: counts.get(line.path) === 1 })) : undefined
}

/** The function gives way to what esbuild made: what runs the module when it is first called. */
function nest(piece: string): string {
  const at = piece.indexOf('\n') + 1
  const { name = '', names = '', imports = '', body = '', init = '', run = '', end = '' } = MODULE.exec(piece.slice(at))?.groups ?? {}
  if (run === '' || /^import /m.test(body) || piece.match(/^var init_[\w$]+ = __esm\(\{$/gm)?.length !== 1) return piece
  const outside = `${piece.slice(0, at)}var ${name};\n${names.replace(/.+/g, '')}${imports}`
  return `${outside.slice(0, -1)} function ${init}() { ${name} = {}; ${names.replace(/\n\s*/g, ' ').trimEnd()}\n${body}return (${init} = ${run})(); }${end}`
}
