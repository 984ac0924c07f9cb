/** Does a name mean something else here than at the top level of its file? */

import type { ts } from 'ts-morph'
import {
  forEachChild,
  isBindingElement,
  isBlock,
  isCaseBlock,
  isCatchClause,
  isClassExpression,
  isForInStatement,
  isForOfStatement,
  isForStatement,
  isFunctionExpression,
  isFunctionLike,
  isIdentifier,
  isModuleBlock,
  isSourceFile,
  isVariableDeclarationList,
  isVariableStatement,
  NodeFlags,
} from '../../typescript.ts'

export function isShadowed(use: ts.Identifier): boolean {
  for (let scope: ts.Node = use.parent; !isSourceFile(scope); scope = scope.parent) if (declares(scope, use.text)) return true
  return false
}

function declares(scope: ts.Node, name: string): boolean {
  if (isFunctionLike(scope)) {
    const body = 'body' in scope ? (scope.body as ts.Node | undefined) : undefined
    const isOwn = isFunctionExpression(scope) && scope.name?.text === name
    return isOwn || scope.parameters.some((parameter) => binds(parameter.name, name)) || (body !== undefined && hasVar(body, name))
  }
  if (isBlock(scope) || isModuleBlock(scope)) return scope.statements.some((statement) => isDeclarationOf(statement, name))
  if (isCaseBlock(scope)) return scope.clauses.some(({ statements }) => statements.some((statement) => isDeclarationOf(statement, name)))
  if (isForStatement(scope) || isForInStatement(scope) || isForOfStatement(scope)) {
    return scope.initializer !== undefined && isVariableDeclarationList(scope.initializer) && listBinds(scope.initializer, name)
  }
  if (isCatchClause(scope)) return scope.variableDeclaration !== undefined && binds(scope.variableDeclaration.name, name)
  return isClassExpression(scope) && scope.name?.text === name
}

function isDeclarationOf(statement: ts.Statement, name: string): boolean {
  if (isVariableStatement(statement)) return listBinds(statement.declarationList, name)
  const { name: own } = statement as { name?: ts.Node }
  return own !== undefined && isIdentifier(own) && own.text === name
}

function listBinds(list: ts.VariableDeclarationList, name: string): boolean {
  return list.declarations.some((declaration) => binds(declaration.name, name))
}

function binds(pattern: ts.BindingName, name: string): boolean {
  if (isIdentifier(pattern)) return pattern.text === name
  return pattern.elements.some((element) => isBindingElement(element) && binds(element.name, name))
}

/** `var` belongs to the function around it, however deep it stands. */
function hasVar(node: ts.Node, name: string): boolean {
  if (isFunctionLike(node)) return false
  if (isVariableDeclarationList(node) && !(node.flags & NodeFlags.BlockScoped) && listBinds(node, name)) return true
  return forEachChild(node, (child) => hasVar(child, name)) === true
}
