import { type Identifier, Node, VariableDeclarationKind } from 'ts-morph'

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
 * What a name stands for at the top level of its file: the initializer of a `const`, a function or a class. Undefined
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
  return source.getFunction(name) ?? source.getClass(name)
}
