/** The imports of a file that are still there when it runs: all but those of types. */

import type { ts } from 'ts-morph'
import {
  findAncestor,
  isCallExpression,
  isExportDeclaration,
  isExportSpecifier,
  isExpressionWithTypeArguments,
  isExternalModuleReference,
  isHeritageClause,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isInterfaceDeclaration,
  isJsxAttribute,
  isNamedImports,
  isNamespaceExport,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteralLike,
  isTypeAliasDeclaration,
  isTypeNode,
  SyntaxKind,
} from '../../typescript.ts'
import { identifiersOf } from './names.ts'
import { nodesOfWord } from './syntax-tree.ts'

export interface Import {
  /** What is imported, as it is written. */
  readonly specifier: ts.StringLiteralLike
}

/** By `import`, `export … from`, `import()` and `require`. An import whose names are types, or are used as types only, does not count. */
export function importsOf(source: ts.SourceFile): Import[] {
  const specifiers = [...source.statements.flatMap((item) => specifierOf(item) ?? []), ...calls(source)]
  return specifiers.flatMap((specifier) => (isStringLiteralLike(specifier) ? [{ specifier }] : []))
}

function specifierOf(statement: ts.Statement): ts.Expression | undefined {
  if (isImportDeclaration(statement)) return isValueImport(statement.importClause) ? statement.moduleSpecifier : undefined
  if (isExportDeclaration(statement)) return isValueExport(statement) ? statement.moduleSpecifier : undefined
  if (!isImportEqualsDeclaration(statement) || statement.isTypeOnly || !isExternalModuleReference(statement.moduleReference)) return undefined
  return isUsedAsValue(statement.name) ? statement.moduleReference.expression : undefined
}

function calls(source: ts.SourceFile): ts.Expression[] {
  const callees = [...nodesOfWord(source, 'import').filter(({ kind }) => kind === SyntaxKind.ImportKeyword), ...identifiersOf('require', source)]
  return callees.flatMap((node) => (isCallExpression(node.parent) && node.parent.expression === node ? (node.parent.arguments[0] ?? []) : []))
}

function isValueImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return true // for what it does when it is loaded
  if (clause.isTypeOnly) return false
  const { name, namedBindings } = clause
  const others = !namedBindings ? [] : isNamedImports(namedBindings) ? namedBindings.elements.filter((item) => !item.isTypeOnly) : [namedBindings]
  return [...(name ? [name] : []), ...others.map((item) => item.name)].some(isUsedAsValue)
}

function isValueExport({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  if (isTypeOnly) return false
  return !exportClause || isNamespaceExport(exportClause) || exportClause.elements.some((item) => !item.isTypeOnly)
}

/** TypeScript drops a name that is not; in JavaScript all stay. */
function isUsedAsValue(name: ts.Identifier): boolean {
  const source = name.getSourceFile()
  return /\.jsx?$/.test(source.fileName) || identifiersOf(name.text, source).some((use) => !isInImport(use) && !isOtherName(use) && !isInType(use))
}

function isInImport(node: ts.Node): boolean {
  return findAncestor(node, (item) => isImportDeclaration(item) || isImportEqualsDeclaration(item)) !== undefined
}

/** `a.name`, `{ name: … }`, `<a name>`, `export type { name }` */
function isOtherName(use: ts.Identifier): boolean {
  const { parent } = use
  if (isPropertyAccessExpression(parent) || isPropertyAssignment(parent) || isJsxAttribute(parent)) return parent.name === use
  return isExportSpecifier(parent) && (parent.isTypeOnly || parent.parent.parent.isTypeOnly || parent.parent.parent.moduleSpecifier !== undefined)
}

function isInType(use: ts.Node): boolean {
  return findAncestor(use, (node) => isInterfaceDeclaration(node) || isTypeAliasDeclaration(node) || (isTypeNode(node) && !isValueOfClass(node))) !== undefined
}

/** What a class extends is a value, and so is `f<T>`; TypeScript has one kind of node for these and for what a class implements. */
function isValueOfClass(node: ts.Node): boolean {
  return isExpressionWithTypeArguments(node) && !(isHeritageClause(node.parent) && node.parent.token === SyntaxKind.ImplementsKeyword)
}
