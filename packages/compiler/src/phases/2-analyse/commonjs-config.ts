/** The config of a CommonJS module: `module.exports.config = …` and its like. */

import { type BinaryExpression, Node, type SourceFile, SyntaxKind } from 'ts-morph'
import { cannotTell, evaluate, type Literal } from './literal.ts'
import { declarationOf, unwrap } from './syntax-tree.ts'

/**
 * The config as far as syntax shows it; undefined when there is none. `opaque` for everything that is not one of a few
 * plain forms: what is exported may then carry a config, and it is read at load.
 */
export function commonJsConfig(source: SourceFile): Literal | 'opaque' | undefined {
  const assignments = source.getDescendantsOfKind(SyntaxKind.BinaryExpression).filter((item) => item.getOperatorToken().getKind() === SyntaxKind.EqualsToken)
  const moduleExports = assignments.filter((item) => targetOf(item) === 'module.exports')
  const exported = moduleExports.at(-1)?.getRight()
  const handler = exported && Node.isIdentifier(exported) ? exported.getText() : undefined
  const isConfig = (target: string) =>
    /^(module\.)?exports(\.config|\[['"]config['"]\])$/.test(target) || (handler !== undefined && target === `${handler}.config`)

  const changed = assignments.find((item) => /^(module\.)?exports\.config[.[]/.test(targetOf(item)))
  if (changed) return cannotTell(changed, 'other code may change it')
  const assigned = assignments.filter((item) => isConfig(targetOf(item)) && !isVoid(item))
  const odd = assigned.find((item) => !isStatement(item) || targetOf(item).endsWith(']'))
  if (odd) return cannotTell(odd, 'it is set by code')
  const [only, ...more] = assigned
  if (!only) return (exported && configOfExported(exported)) ?? (mentions(source) > 0 ? 'opaque' : undefined)
  const voids = assignments.filter((item) => isConfig(targetOf(item)) && isVoid(item)).length
  const isAlone = more.length === 0 && mentions(source) === 1 + voids
  return isAlone && lasts(only, moduleExports) ? evaluate(only.getRight()) : 'opaque'
}

/** Is what was assigned still there when the module has run? `exports.config` is lost when `module.exports` becomes another object. */
function lasts(assignment: BinaryExpression, moduleExports: readonly BinaryExpression[]): boolean {
  const last = moduleExports.at(-1)
  const target = targetOf(assignment)
  if (!last || !/^(module\.)?exports/.test(target)) return true
  const outer = last.getParent()
  const isBoth = Node.isBinaryExpression(outer) && targetOf(outer) === 'exports'
  return last.getPos() < assignment.getPos() && (target.startsWith('module.') || isBoth)
}

/** How often the file has the word, be it a name or a string. */
function mentions(source: SourceFile): number {
  const words = [...source.getDescendantsOfKind(SyntaxKind.Identifier), ...source.getDescendantsOfKind(SyntaxKind.StringLiteral)]
  return words.filter((word) => /^['"]?config['"]?$/.test(word.getText())).length
}

function targetOf(assignment: BinaryExpression): string {
  return assignment.getLeft().getText().replace(/\s/g, '')
}

/** `exports.config = exports.default = void 0`, as compilers write it before the real values. */
function isVoid(assignment: BinaryExpression): boolean {
  const value = assignment.getRight()
  return Node.isBinaryExpression(value) ? isVoid(value) : Node.isVoidExpression(value)
}

/** At the top level, so that it happens exactly once. */
function isStatement(assignment: BinaryExpression): boolean {
  const parent = assignment.getParent()
  return Node.isExpressionStatement(parent) && Node.isSourceFile(parent.getParent())
}

/** The config inside of what `module.exports` is set to. */
function configOfExported(node: Node): Literal | 'opaque' | undefined {
  const value = unwrap(node)
  if (Node.isBinaryExpression(value) && value.getOperatorToken().getKind() === SyntaxKind.EqualsToken) return configOfExported(value.getRight())
  if (Node.isObjectLiteralExpression(value)) {
    const property = value.getProperty('config')
    if (Node.isPropertyAssignment(property)) return evaluate(property.getInitializerOrThrow())
    if (Node.isShorthandPropertyAssignment(property)) return evaluate(property.getNameNode())
    if (property) return cannotTell(property, 'it is set by code')
    return value.getProperties().some(Node.isSpreadAssignment) ? 'opaque' : undefined
  }
  const declared = Node.isIdentifier(value) ? declarationOf(value) : value
  const plainFunction = Node.isFunctionDeclaration(declared) || Node.isFunctionExpression(declared) || Node.isArrowFunction(declared)
  return plainFunction ? undefined : 'opaque'
}
