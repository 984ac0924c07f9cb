/** Makes a module see the place it has in the output: `__dirname`, `import.meta.url` and what is resolved from there. */

import type { ts } from 'ts-morph'
import { typescript } from '../../../typescript.ts'
import { encodePath } from './encode-path.ts'

export interface Edited {
  readonly text: string
  readonly unknownImports: readonly UnknownImport[]
}

/** `require(name)` or `import(name)` with a name that only the running program knows. */
export interface UnknownImport extends Range {
  /** Does it stand in a `try`? Then the module can do without. */
  readonly isOptional: boolean
}

export interface Range {
  readonly start: number
  readonly end: number
}

/** What the edits call; `shim.ts` exports it. */
export const AT = '__apiroutes_at'

/** What a module must mention to need edits. */
export const NEEDS_EDITS =
  /\b__dirname\b|\b__filename\b|\bimport\.meta\b|\brequire\.resolve\b|\b(?:require|import)\s*\(\s*(?:[^'"\s)]|(['"])[^'"\n]*\1\s*[^\s)'"])/

interface Edit extends Range {
  readonly text: string
}

/**
 * Edits stay within their line, so that the lines of source maps hold.
 * @param place of the module, relative to the output, with `/`.
 * @param renamed gives the new text of a string that names a file whose name is another one in the output.
 */
export function editSource(file: string, text: string, place: string, renamed: (literal: string) => string | undefined): Edited {
  const source = typescript.createSourceFile(
    file,
    text,
    typescript.ScriptTarget.ESNext,
    true,
    /\.tsx$/.test(file) ? typescript.ScriptKind.TSX : scriptKind(file),
  )
  const at = `${AT}(${JSON.stringify(encodePath(place))})`
  const declared = declaredNames(source)
  const edits: Edit[] = []
  const unknownImports: UnknownImport[] = []
  const replace = (node: ts.Node, by: string) => void edits.push({ start: node.getStart(source), end: node.end, text: by })

  function visit(node: ts.Node): void {
    if (isImportOf(node) || isType(node)) return
    if (typescript.isStringLiteralLike(node)) {
      const name = renamed(node.text)
      if (name !== undefined) replace(node, JSON.stringify(name))
    } else if (typescript.isMetaProperty(node)) {
      if (node.keywordToken === typescript.SyntaxKind.ImportKeyword) replace(node, at)
    } else if (typescript.isIdentifier(node) && /^__(dir|file)name$/.test(node.text) && !declared.has(node.text) && isRead(node)) {
      const value = `${at}.${node.text.slice(2)}`
      replace(node, typescript.isShorthandPropertyAssignment(node.parent) ? `${node.text}: ${value}` : value)
    } else if (typescript.isPropertyAccessExpression(node) && isFreeRequire(node.expression) && node.name.text === 'resolve') {
      replace(node, `${at}.require.resolve`)
    } else if (typescript.isCallExpression(node) && isUnknownImport(node)) {
      unknownImports.push({ start: node.getStart(source), end: node.end, isOptional: isTried(node) })
      if (isFreeRequire(node.expression)) replace(node.expression, `${at}.require`)
      typescript.forEachChild(node, visit)
    } else typescript.forEachChild(node, visit)
  }

  function isFreeRequire(node: ts.Node): boolean {
    return typescript.isIdentifier(node) && node.text === 'require' && !declared.has('require')
  }

  function isUnknownImport({ expression, arguments: [name] }: ts.CallExpression): boolean {
    if (!name || !(isFreeRequire(expression) || expression.kind === typescript.SyntaxKind.ImportKeyword)) return false
    return !typescript.isStringLiteralLike(name) && !isRelativePattern(name)
  }

  visit(source)
  return { text: apply(text, edits), unknownImports }
}

/** What has its specifier resolved by the bundler. */
function isImportOf(node: ts.Node): boolean {
  if (typescript.isImportDeclaration(node) || typescript.isExportDeclaration(node) || typescript.isExternalModuleReference(node)) return true
  if (!typescript.isCallExpression(node) || !node.arguments[0] || !typescript.isStringLiteralLike(node.arguments[0])) return false
  return node.expression.kind === typescript.SyntaxKind.ImportKeyword || (typescript.isIdentifier(node.expression) && node.expression.text === 'require')
}

/** `./locales/${name}` and `'./locales/' + name`: esbuild bundles all files that fit. */
function isRelativePattern(node: ts.Expression): boolean {
  if (typescript.isTemplateExpression(node)) return /^\.\.?\//.test(node.head.text)
  if (typescript.isBinaryExpression(node)) return isRelativePattern(node.left)
  return typescript.isStringLiteralLike(node) && /^\.\.?\//.test(node.text)
}

function isTried(node: ts.Node): boolean {
  const { parent } = node
  return parent !== undefined && ((typescript.isTryStatement(parent) && parent.tryBlock === node) || isTried(parent))
}

/** Nothing of a type is there at run time; but `extends f()` is an expression. */
function isType(node: ts.Node): boolean {
  return typescript.isInterfaceDeclaration(node) || (typescript.isTypeNode(node) && !typescript.isExpressionWithTypeArguments(node))
}

/** A use of the name as a value: not a property's name, not a declaration. */
function isRead(node: ts.Identifier): boolean {
  const parent: { readonly name?: unknown; readonly propertyName?: unknown; readonly label?: unknown } & ts.Node = node.parent
  if (typescript.isShorthandPropertyAssignment(parent)) return true
  return parent.name !== node && parent.propertyName !== node && parent.label !== node
}

/** Those of the names that matter here which the module gives a meaning of its own, anywhere. What it only declares for TypeScript is Node.js's. */
function declaredNames(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (isType(node) || isAmbient(node)) return
    const isBinding = typescript.isVariableDeclaration(node) || typescript.isParameter(node) || typescript.isBindingElement(node)
    const isDeclaration = typescript.isFunctionDeclaration(node) || typescript.isClassDeclaration(node) || typescript.isEnumDeclaration(node)
    const isImport =
      typescript.isImportSpecifier(node) || typescript.isImportClause(node) || typescript.isNamespaceImport(node) || typescript.isImportEqualsDeclaration(node)
    if ((isBinding || isDeclaration || isImport) && node.name && typescript.isIdentifier(node.name)) names.add(node.name.text)
    typescript.forEachChild(node, visit)
  }
  visit(source)
  return names
}

function isAmbient(node: ts.Node): boolean {
  return typescript.canHaveModifiers(node) && node.modifiers?.some(({ kind }) => kind === typescript.SyntaxKind.DeclareKeyword) === true
}

function scriptKind(file: string): ts.ScriptKind {
  return /\.[cm]?ts$/.test(file) ? typescript.ScriptKind.TS : typescript.ScriptKind.JSX
}

function apply(text: string, edits: readonly Edit[]): string {
  let result = ''
  let position = 0
  for (const { start, end, text: by } of edits.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(position, start) + by
    position = end
  }
  return result + text.slice(position)
}
