/** What an exported name is defined as, through constants and imports: the node of a function, a class, an expression. */

import type { ts } from 'ts-morph'
import {
  findAncestor,
  isBindingElement,
  isClassDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isImportClause,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isImportSpecifier,
  isStringLiteral,
  isVariableDeclaration,
  isVariableDeclarationList,
} from '../../typescript.ts'
import { exportOf } from './exports.ts'
import type { Modules } from './modules.ts'
import { type Declaration, declarationsOf } from './names.ts'
import { isAmbient, isConst, sourceName, unwrap } from './syntax-tree.ts'
import { isReassigned } from './touched.ts'

/** Longer chains of names are circles or jokes. */
const MAX_STEPS = 20

/** What an expression stands for; undefined when its value may change or cannot be followed. */
export function definitionOf(node: ts.Node, modules: Modules, steps = 0): ts.Node | undefined {
  const value = unwrap(node)
  if (isFunctionDeclaration(value) || isClassDeclaration(value)) return value.name && isReassigned(value.name.text, value.getSourceFile()) ? undefined : value
  if (!isIdentifier(value)) return value
  const source = value.getSourceFile()
  if (declarationsOf(value.text, source).length === 0) return value.text === 'undefined' ? value : undefined
  return steps < MAX_STEPS ? definitionOfName(value.text, source, modules, steps + 1) : undefined
}

/** What the file exports under a name. */
export function definitionOfExport(source: ts.SourceFile, name: string, modules: Modules, steps = 0): ts.Node | undefined {
  const found = exportOf(source, name, modules)
  if (found.kind === 'name') return definitionOfName(found.name, found.source, modules, steps + 1)
  return found.kind === 'default' ? definitionOf(found.node, modules, steps + 1) : undefined
}

function definitionOfName(name: string, source: ts.SourceFile, modules: Modules, steps: number): ts.Node | undefined {
  const [declaration, ...more] = declarationsOf(name, source)
  if (!declaration || steps > MAX_STEPS) return undefined
  const callable = [declaration, ...more].find((item) => isFunctionDeclaration(item) || isClassDeclaration(item))
  if (more.length > 0 && !callable) return undefined // merged with a namespace a function is still one
  return definitionOfDeclaration(callable ?? declaration, name, modules, steps)
}

function definitionOfDeclaration(declaration: Declaration, name: string, modules: Modules, steps: number): ts.Node | undefined {
  const source = declaration.getSourceFile()
  if (isAmbient(declaration)) return undefined
  if (isVariableDeclaration(declaration)) {
    const { initializer, parent } = declaration
    return initializer && isVariableDeclarationList(parent) && isConst(parent) ? definitionOf(initializer, modules, steps) : undefined
  }
  if (isImportClause(declaration) || isImportSpecifier(declaration)) {
    const statement = findAncestor(declaration, isImportDeclaration)
    const specifier = statement?.moduleSpecifier
    const target = specifier && isStringLiteral(specifier) ? modules.resolve(specifier.text, source.fileName) : undefined
    if (target?.kind !== 'file') return undefined
    return definitionOfExport(target.file, isImportClause(declaration) ? 'default' : sourceName(declaration), modules, steps)
  }
  if (isBindingElement(declaration) || isImportEqualsDeclaration(declaration)) return undefined
  return isReassigned(name, source) ? undefined : declaration
}
