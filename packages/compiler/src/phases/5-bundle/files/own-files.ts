/** What @vercel/nft does not look at in the project's own code: files named relative to the working folder, and names that only the running program knows. */

import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isAbsolute, join, resolve } from 'node:path'
import type { ts } from 'ts-morph'
import { typescript } from '../../../typescript.ts'
import { createKnownPaths, fileOfUrl } from './known-paths.ts'
import { isBelow } from './packages.ts'

export interface OwnFiles {
  /** Absolute. */
  readonly files: readonly string[]
  /** Those of them that are read as text or bytes, whatever their name. */
  readonly data: readonly string[]
  /** Paths below a known folder whose rest is computed, or that leave the project. */
  readonly unknown: readonly { readonly start: number; readonly end: number; readonly folder: string }[]
}

/** What a module must mention to be worth a parse. */
export const MAY_NAME_FILES = /\b(readFile|readFileSync|createReadStream|readdir|readdirSync|opendir|process\.cwd|__dirname|import\.meta|createRequire)\b/

const READS = /^(readFile|readFileSync|createReadStream|readdir|readdirSync|opendir|opendirSync)$/

/** A function of node:fs by its usual names, not a method of somebody's storage. */
const OF_FS = /^(?:\w*fs\w*\s*\.\s*(?:promises\s*\.\s*)?|promises\s*\.\s*)?\w+$/i

export function findOwnFiles(file: string, text: string, root: string): OwnFiles {
  const kind = /\.[cm]?ts$/.test(file) ? typescript.ScriptKind.TS : typescript.ScriptKind.TSX
  const source = typescript.createSourceFile(file, text, typescript.ScriptTarget.ESNext, true, kind)
  const paths = createKnownPaths(file, root, source)
  const files: string[] = []
  const data: string[] = []
  const unknown: { start: number; end: number; folder: string }[] = []
  const report = (node: ts.Node, folder: string) => void unknown.push({ start: node.getStart(source), end: node.end, folder })

  function visit(node: ts.Node): void {
    if (typescript.isVariableDeclaration(node) && typescript.isIdentifier(node.name) && node.initializer) paths.declare(node.name.text, node.initializer)
    if (typescript.isCallExpression(node)) visitCall(node)
    if (typescript.isNewExpression(node) && typescript.isIdentifier(node.expression) && node.expression.text === 'URL') visitUrl(node)
    typescript.forEachChild(node, visit)
  }

  function visitCall(node: ts.CallExpression): void {
    const { expression, arguments: given } = node
    const [first] = given
    const name = /(?:^|\.)\s*([\w$]+)$/.exec(expression.getText(source))?.[1] ?? ''
    if (first && READS.test(name)) visitRead(node, first)
    if (/^(join|resolve)$/.test(name)) visitPath(node, given)
    if (first && typescript.isStringLiteralLike(first) && isCreatedRequire(expression)) files.push(...resolvedFrom(file, first.text))
  }

  function visitRead(node: ts.CallExpression, name: ts.Expression): void {
    const path = paths.readPathOf(name)
    if (path !== undefined && existsSync(path)) {
      files.push(path)
      data.push(path)
    }
    if (path !== undefined || !OF_FS.test(node.expression.getText(source)) || isSaidElsewhere(name)) return
    const { text } = paths.beginningOf(name)
    const folder = resolve(root, text.slice(0, text.lastIndexOf('/') + 1))
    if (isAbsolute(text) && !isBelow(folder, root)) return // a file of the machine
    if (folder !== root && existsSync(folder)) files.push(folder)
    report(node, folder)
  }

  /** Paths of `path.join` and `new URL` are looked at where they are made; of others no file of the project is meant. */
  function isSaidElsewhere(name: ts.Expression): boolean {
    const made = paths.constant(name) ?? name
    if (typescript.isNewExpression(made) || typescript.isObjectLiteralExpression(made) || /\btmpdir\b/.test(made.getText(source))) return true
    const [first] = typescript.isCallExpression(made) && /\b(join|resolve)$/.test(made.expression.getText(source)) ? made.arguments : []
    return first !== undefined && paths.folderOf(first) !== undefined
  }

  /** `path.join(process.cwd(), 'data', name)` */
  function visitPath(node: ts.Node, [first, ...rest]: readonly ts.Expression[]): void {
    const base = first && paths.folderOf(first)
    if (base === undefined) return
    const parts = rest.map(paths.stringOf)
    const computed = parts.indexOf(undefined)
    const path = join(base, ...parts.slice(0, computed === -1 ? parts.length : computed).map((part) => part ?? ''))
    const pattern = path.search(/[/\\][^/\\]*(?:\{|%[a-z]|\*)[^/\\]*/)
    if (computed !== -1 || (!isBelow(path, root) && existsSync(path))) report(node, path)
    else if (pattern > root.length && existsSync(path.slice(0, pattern))) files.push(path.slice(0, pattern)) // `locales/{{language}}.json`
  }

  /** `new URL(name, import.meta.url)` */
  function visitUrl(node: ts.NewExpression): void {
    const [name, base] = node.arguments ?? []
    if (!name || !base || base.getText(source) !== 'import.meta.url') return
    const known = paths.stringOf(name)
    const path = known === undefined ? undefined : fileOfUrl(known, file)
    const head = typescript.isTemplateExpression(name) ? name.head.text : ''
    if (known === undefined) report(node, join(file, '..', head.slice(0, Math.max(0, head.lastIndexOf('/')))))
    else if (path !== undefined && existsSync(path)) files.push(path)
  }

  /** `createRequire(…)` and `createRequire(…).resolve`, also by the name of a constant. */
  function isCreatedRequire(node: ts.Expression): boolean {
    if (typescript.isPropertyAccessExpression(node)) return node.name.text === 'resolve' && isCreatedRequire(node.expression)
    const made = typescript.isIdentifier(node) ? paths.constant(node) : node
    return made !== undefined && typescript.isCallExpression(made) && /(^|\.)createRequire$/.test(made.expression.getText(source))
  }

  visit(source)
  return { files, data, unknown }
}

function resolvedFrom(file: string, name: string): string[] {
  try {
    const path = createRequire(file).resolve(name)
    return isAbsolute(path) ? [realpathSync(path)] : []
  } catch {
    return [] // not installed, or of another place than this module's: the running program will say so
  }
}
