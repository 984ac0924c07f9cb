/** Which imports are of types: what TypeScript knows of a whole program, and a file on its own does not say. */

import type { ts } from 'ts-morph'
import { typescript } from '../../../typescript.ts'

/** The text with `type` before every import of an interface or a type alias, so that no trace of it is left at run time. */
export function markImportedTypes(file: string, text: string, options: ts.CompilerOptions): string {
  const source = parse(file, text)
  const places: number[] = []
  for (const statement of source.statements) {
    if (!typescript.isImportDeclaration(statement) || !statement.importClause || statement.importClause.isTypeOnly) continue
    const { namedBindings } = statement.importClause
    if (!namedBindings || !typescript.isNamedImports(namedBindings)) continue
    const target = resolve(statement.moduleSpecifier, file, options)
    for (const item of namedBindings.elements) {
      if (!item.isTypeOnly && target && isType(target, (item.propertyName ?? item.name).text, options, new Set())) places.push(item.getStart(source))
    }
  }
  return places.reduceRight((result, at) => `${result.slice(0, at)}type ${result.slice(at)}`, text)
}

/** Does the module export a type by this name, and no value? */
function isType(file: string, name: string, options: ts.CompilerOptions, seen: Set<string>): boolean {
  const text = seen.has(file) ? undefined : typescript.sys.readFile(file)
  if (text === undefined) return false
  seen.add(file)
  const source = parse(file, text)
  const elsewhere = (specifier: ts.Expression | undefined, wanted: string) => {
    const target = specifier && resolve(specifier, file, options)
    return target !== undefined && isType(target, wanted, options, seen)
  }

  for (const statement of source.statements) {
    if (!typescript.isExportDeclaration(statement)) continue
    const { exportClause, moduleSpecifier, isTypeOnly } = statement
    const item = exportClause && typescript.isNamedExports(exportClause) ? exportClause.elements.find((element) => element.name.text === name) : undefined
    if (item && (isTypeOnly || item.isTypeOnly)) return true
    const original = (item?.propertyName ?? item?.name)?.text
    if (item && original !== undefined) return moduleSpecifier ? elsewhere(moduleSpecifier, original) : isLocalType(original)
  }
  if (declared(source, name).some(isExported)) return isLocalType(name)
  return source.statements.some(
    (statement) => typescript.isExportDeclaration(statement) && !statement.exportClause && elsewhere(statement.moduleSpecifier, name),
  )

  function isLocalType(local: string): boolean {
    const found = declared(source, local)
    if (found.length > 0) return found.every((statement) => typescript.isInterfaceDeclaration(statement) || typescript.isTypeAliasDeclaration(statement))
    const imported = source.statements.filter(typescript.isImportDeclaration).find(({ importClause }) => specifierOf(importClause, local))
    const item = specifierOf(imported?.importClause, local)
    return (
      item !== undefined &&
      (item.isTypeOnly || imported?.importClause?.isTypeOnly === true || elsewhere(imported?.moduleSpecifier, (item.propertyName ?? item.name).text))
    )
  }
}

function specifierOf(clause: ts.ImportClause | undefined, local: string): ts.ImportSpecifier | undefined {
  const bindings = clause?.namedBindings
  return bindings && typescript.isNamedImports(bindings) ? bindings.elements.find(({ name }) => name.text === local) : undefined
}

function declared(source: ts.SourceFile, name: string): ts.Statement[] {
  return source.statements.filter((statement) => {
    if (typescript.isVariableStatement(statement))
      return statement.declarationList.declarations.some((item) => typescript.isIdentifier(item.name) && item.name.text === name)
    return 'name' in statement && (statement as ts.DeclarationStatement).name?.getText(source) === name
  })
}

function isExported(statement: ts.Statement): boolean {
  return typescript.canHaveModifiers(statement) && statement.modifiers?.some(({ kind }) => kind === typescript.SyntaxKind.ExportKeyword) === true
}

function resolve(specifier: ts.Expression, file: string, options: ts.CompilerOptions): string | undefined {
  if (!typescript.isStringLiteralLike(specifier)) return undefined
  const bundler = { ...options, moduleResolution: typescript.ModuleResolutionKind.Bundler, module: typescript.ModuleKind.ESNext }
  return typescript.resolveModuleName(specifier.text, file, bundler, typescript.sys).resolvedModule?.resolvedFileName
}

function parse(file: string, text: string): ts.SourceFile {
  return typescript.createSourceFile(file, text, typescript.ScriptTarget.ESNext, false)
}
