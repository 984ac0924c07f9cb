/** What a file exports under a name: as its own statements say, and through as many files as it takes. */

import type { ts } from 'ts-morph'
import {
  getNameOfDeclaration,
  isExportAssignment,
  isExportDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isNamespaceExport,
  isStringLiteral,
  isVariableStatement,
  SyntaxKind,
} from '../../typescript.ts'
import type { Modules } from './modules.ts'
import { declarationsOf, mayHave } from './names.ts'
import { exportedName, hasModifier, isEsModule, isExported, sourceName } from './syntax-tree.ts'

/** An export as the file itself shows it; `place` is what to point at. */
export type LocalExport =
  /** A name of the top level of the file. */
  | { readonly kind: 'name'; readonly name: string; readonly place: ts.Node }
  /** `export default` of an expression or a declaration. */
  | { readonly kind: 'default'; readonly node: ts.Node; readonly place: ts.Node }
  /** Another file's export; `*` is all of them. */
  | { readonly kind: 'from'; readonly from: string; readonly name: string; readonly place: ts.Node }

export type Exported =
  | { readonly kind: 'name'; readonly source: ts.SourceFile; readonly name: string }
  | { readonly kind: 'default'; readonly source: ts.SourceFile; readonly node: ts.Node }
  | { readonly kind: 'namespace'; readonly source: ts.SourceFile }
  | { readonly kind: 'unknown'; readonly why: string }

/** The answer for a name that is provably not exported. */
export const NOT_EXPORTED: Exported = { kind: 'unknown', why: 'the file it is imported from does not export it' }

export function isJson(source: ts.SourceFile): boolean {
  return source.fileName.endsWith('.json')
}

/** The statement of an ES module that exports a name; `export *` does not count. */
export function localExport(source: ts.SourceFile, name: string): LocalExport | undefined {
  if (name !== 'default' && !mayHave(name, source)) return undefined // `export =` has no such word
  for (const statement of source.statements) {
    const found = isExportDeclaration(statement) ? listedExport(statement, name) : declaredExport(statement, name, source)
    if (found) return found
  }
  return undefined
}

/** Every name that the file's own statements export, types included. */
export function exportedNames(source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) => {
    if (isExportAssignment(statement)) return ['default']
    if (isExportDeclaration(statement)) return namesListed(statement)
    if (!isExported(statement)) return []
    if (hasModifier(statement, SyntaxKind.DefaultKeyword)) return ['default']
    const declarations = isVariableStatement(statement) ? statement.declarationList.declarations : [statement as { name?: ts.Node }]
    return declarations.flatMap(({ name }) => (name && isIdentifier(name) ? [name.text] : []))
  })
}

function namesListed({ exportClause }: ts.ExportDeclaration): string[] {
  if (!exportClause) return []
  return isNamespaceExport(exportClause) ? [exportClause.name.text] : exportClause.elements.map(exportedName)
}

/** `export const a`, `export function a`, `export default …` */
function declaredExport(statement: ts.Statement, name: string, source: ts.SourceFile): LocalExport | undefined {
  if (isExportAssignment(statement)) return name === 'default' ? { kind: 'default', node: statement.expression, place: statement } : undefined
  if (!isExported(statement) || (isFunctionDeclaration(statement) && !statement.body)) return undefined // an overload
  if (hasModifier(statement, SyntaxKind.DefaultKeyword)) {
    return name === 'default'
      ? { kind: 'default', node: statement, place: getNameOfDeclaration(statement as unknown as ts.Declaration) ?? statement }
      : undefined
  }
  const declaration = declarationsOf(name, source).find((item) => item.pos >= statement.pos && item.end <= statement.end)
  return declaration && { kind: 'name', name, place: declaration.name ?? declaration }
}

/** `export { a }`, `export { a } from …`, `export * as a from …` */
function listedExport({ exportClause, isTypeOnly, moduleSpecifier }: ts.ExportDeclaration, name: string): LocalExport | undefined {
  if (isTypeOnly || !exportClause) return undefined
  const from = moduleSpecifier && isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : ''
  if (isNamespaceExport(exportClause)) return exportClause.name.text === name ? { kind: 'from', from, name: '*', place: exportClause } : undefined
  const item = exportClause.elements.find((element) => exportedName(element) === name && !element.isTypeOnly)
  if (!item) return undefined
  return moduleSpecifier
    ? { kind: 'from', from, name: sourceName(item), place: item }
    : { kind: 'name', name: sourceName(item), place: item.propertyName ?? item.name }
}

/** What a name that others import leads to. */
export function exportOf(source: ts.SourceFile, name: string, modules: Modules, seen: readonly ts.SourceFile[] = []): Exported {
  if (seen.includes(source)) return NOT_EXPORTED
  if (isJson(source)) return { kind: 'unknown', why: 'it is part of a JSON file' }
  if (!isEsModule(source) || source.statements.some((item) => isExportAssignment(item) && item.isExportEquals)) {
    return { kind: 'unknown', why: 'the file it is imported from is CommonJS' }
  }
  const path = [...seen, source]
  const local = localExport(source, name)
  if (!local) return name === 'default' ? NOT_EXPORTED : throughStars(source, name, modules, path)
  if (local.kind !== 'from') return { ...local, source }
  const target = modules.resolve(local.from, source.fileName)
  if (target.kind === 'refused') return { kind: 'unknown', why: target.why }
  return local.name === '*' ? { kind: 'namespace', source: target.file } : exportOf(target.file, local.name, modules, path)
}

/** `export * from …`: a name that two of them export is exported by none. */
function throughStars(source: ts.SourceFile, name: string, modules: Modules, path: readonly ts.SourceFile[]): Exported {
  let found: Exported = NOT_EXPORTED
  for (const statement of source.statements) {
    if (!isExportDeclaration(statement) || statement.exportClause || statement.isTypeOnly) continue
    const specifier = statement.moduleSpecifier
    if (!specifier || !isStringLiteral(specifier)) continue
    const target = modules.resolve(specifier.text, source.fileName)
    if (target.kind === 'refused') return { kind: 'unknown', why: target.why }
    const next = exportOf(target.file, name, modules, path)
    if (next === NOT_EXPORTED) continue
    if (found !== NOT_EXPORTED) return { kind: 'unknown', why: 'more than one `export *` may hold it' }
    found = next
  }
  return found
}
