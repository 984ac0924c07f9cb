import { type ExportSpecifier, type Identifier, Node, type SourceFile, VariableDeclarationKind } from 'ts-morph'

/** The expression inside parentheses, `as`, `satisfies`, `!` and `<T>`, none of which changes a value. */
export function unwrap(node: Node): Node {
  const transparent =
    Node.isParenthesizedExpression(node) ||
    Node.isAsExpression(node) ||
    Node.isSatisfiesExpression(node) ||
    Node.isNonNullExpression(node) ||
    Node.isTypeAssertion(node)
  return transparent ? unwrap(node.getExpression()) : node
}

/**
 * What a name stands for at the top level of its file: the initializer of a `const`, a function, class, enum or namespace. Undefined
 * for anything whose value may change or come from elsewhere.
 */
export function declarationOf(identifier: Identifier): Node | undefined {
  const name = identifier.getText()
  const source = identifier.getSourceFile()
  const variable = source.getVariableDeclaration(name)
  if (variable) {
    const isConst = variable.getVariableStatement()?.getDeclarationKind() === VariableDeclarationKind.Const
    return isConst ? variable.getInitializer() : undefined
  }
  return source.getFunction(name) ?? source.getClass(name) ?? source.getEnum(name) ?? source.getModule(name)
}

/** The name that others import; it may be written as a string. */
export function exportedName(item: ExportSpecifier): string {
  const name = item.getAliasNode() ?? item.getNameNode()
  return Node.isStringLiteral(name) ? name.getLiteralText() : name.getText()
}

/** Has it a statement that makes it an ES module? Without one it may be CommonJS. */
export function isEsModule(source: SourceFile): boolean {
  return source.getStatements().some((statement) => {
    if (Node.isImportDeclaration(statement) || Node.isExportDeclaration(statement) || Node.isExportAssignment(statement)) return true
    return Node.isModifierable(statement) && statement.hasModifier('export')
  })
}
