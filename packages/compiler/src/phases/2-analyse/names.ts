/** Which names a file declares at its top level, and where it uses them. */

import type { ts } from 'ts-morph'
import {
  isBindingElement,
  isClassDeclaration,
  isEnumDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isModuleDeclaration,
  isNamedImports,
  isNamespaceImport,
  isVariableStatement,
} from '../../typescript.ts'
import { forEachDescendant, nodesOfWord } from './syntax-tree.ts'

/** What gives a name its meaning at the top level of a file. Types do not count. */
export type Declaration =
  | ts.VariableDeclaration
  | ts.BindingElement
  | ts.ImportClause
  | ts.ImportSpecifier
  | ts.NamespaceImport
  | ts.ImportEqualsDeclaration
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.EnumDeclaration
  | ts.ModuleDeclaration

const declared = new WeakMap<ts.SourceFile, Map<string, Declaration[]>>()

/** What the top level of a file declares under a name; more than one thing when declarations are merged. */
export function declarationsOf(name: string, source: ts.SourceFile): readonly Declaration[] {
  const names = declared.get(source) ?? collectDeclarations(source)
  declared.set(source, names)
  return names.get(name) ?? []
}

/** Could the file have such a word? Most questions end here. `\u0061` is `a` as well. */
export function mayHave(word: string, { text }: ts.SourceFile): boolean {
  return text.includes(word) || text.includes('\\')
}

/** Every identifier of that text, whatever it is there. */
export function identifiersOf(name: string, source: ts.SourceFile): readonly ts.Identifier[] {
  if (!source.text.includes('\\u')) return nodesOfWord(source, name).filter((node) => isIdentifier(node) && node.text === name) as ts.Identifier[]
  const found: ts.Identifier[] = [] // `\u0061` is `a` as well
  forEachDescendant(source, (node) => {
    if (isIdentifier(node) && node.text === name) found.push(node)
  })
  return found
}

function collectDeclarations(source: ts.SourceFile): Map<string, Declaration[]> {
  const names = new Map<string, Declaration[]>()
  const add = (name: string, declaration: Declaration) => void names.set(name, [...(names.get(name) ?? []), declaration])
  for (const statement of source.statements) {
    if (isVariableStatement(statement)) for (const item of statement.declarationList.declarations) addVariable(item, add)
    if (isImportDeclaration(statement) && statement.importClause) addImports(statement.importClause, add)
    if (isImportEqualsDeclaration(statement)) add(statement.name.text, statement)
    if (isFunctionDeclaration(statement) && statement.name && statement.body) add(statement.name.text, statement)
    if (isClassDeclaration(statement) && statement.name) add(statement.name.text, statement)
    if (isEnumDeclaration(statement) || isModuleDeclaration(statement)) add(statement.name.text, statement)
  }
  return names
}

type Add = (name: string, declaration: Declaration) => void

function addVariable(item: ts.VariableDeclaration | ts.BindingElement, add: Add): void {
  if (isIdentifier(item.name)) add(item.name.text, item)
  else for (const element of item.name.elements) if (isBindingElement(element)) addVariable(element, add)
}

function addImports(clause: ts.ImportClause, add: Add): void {
  if (clause.isTypeOnly) return
  if (clause.name) add(clause.name.text, clause)
  const bindings = clause.namedBindings
  if (bindings && isNamespaceImport(bindings)) add(bindings.name.text, bindings)
  if (bindings && isNamedImports(bindings)) for (const item of bindings.elements) if (!item.isTypeOnly) add(item.name.text, item)
}
