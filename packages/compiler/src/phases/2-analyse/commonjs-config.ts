/** The config of a CommonJS module: `module.exports.config = …` and its like. */

import type { ts } from 'ts-morph'
import {
  isArrowFunction,
  isBinaryExpression,
  isComputedPropertyName,
  isElementAccessExpression,
  isExpressionStatement,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSourceFile,
  isSpreadAssignment,
  isStringLiteral,
  isStringLiteralLike,
  isVariableDeclaration,
  isVariableDeclarationList,
  isVoidExpression,
} from '../../typescript.ts'
import { contextOf, evaluate } from './evaluate.ts'
import { cannotTell, type Literal } from './literal.ts'
import type { Modules } from './modules.ts'
import { declarationsOf, identifiersOf } from './names.ts'
import { forEachDescendant, isAssignment, isConst, unwrap } from './syntax-tree.ts'

/** The config as far as syntax shows it; undefined when there is none. Everything that is not one of a few plain forms may carry one. */
export function commonJsConfig(source: ts.SourceFile, modules: Modules): Literal | undefined {
  const assignments = assignmentsOf(source)
  const moduleExports = assignments.filter((item) => targetOf(item) === 'module.exports')
  const exported = moduleExports.at(-1)?.right
  const handler = exported && isIdentifier(exported) ? exported.text : undefined
  const isConfig = (target: string) =>
    /^(module\.)?exports(\.config|\[['"]config['"]\])$/.test(target) || (handler !== undefined && target === `${handler}.config`)

  const changed = assignments.find((item) => /^(module\.)?exports\.config[.[]/.test(targetOf(item)))
  if (changed) return cannotTell(changed, 'other code may change it')
  const assigned = assignments.filter((item) => isConfig(targetOf(item)) && !isVoid(item))
  const computed = assignments.find((item) => isComputedKeyOf(item.left, ['module.exports', 'exports', ...(handler === undefined ? [] : [handler])]))
  if (computed) return cannotTell(computed.left, 'its name is computed')
  const odd = assigned.find((item) => !isStatement(item) || targetOf(item).endsWith(']'))
  if (odd) return cannotTell(odd, 'it is set by code')
  const [only, ...more] = assigned
  if (!only) return (exported && configOfExported(exported, modules)) ?? mentions(source).map((node) => cannotTell(node, MAY_BE))[0]
  const voids = assignments.filter((item) => isConfig(targetOf(item)) && isVoid(item)).length
  const isAlone = more.length === 0 && mentions(source).length === 1 + voids
  return isAlone && lasts(only, moduleExports)
    ? evaluate(only.right, contextOf(source, modules))
    : cannotTell(only.left, 'other code may change it, or lose it')
}

function assignmentsOf(source: ts.SourceFile): ts.BinaryExpression[] {
  const found: ts.BinaryExpression[] = []
  forEachDescendant(source, (node) => {
    if (isAssignment(node)) found.push(node)
  })
  return found
}

/** Is what was assigned still there when the module has run? `exports.config` is lost when `module.exports` becomes another object. */
function lasts(assignment: ts.BinaryExpression, moduleExports: readonly ts.BinaryExpression[]): boolean {
  const last = moduleExports.at(-1)
  const target = targetOf(assignment)
  if (!last || !/^(module\.)?exports/.test(target)) return true
  const outer = last.parent
  const isBoth = isBinaryExpression(outer) && targetOf(outer) === 'exports'
  return last.pos < assignment.pos && (target.startsWith('module.') || isBoth)
}

const MAY_BE = 'what is exported may have one'

/** Where the file has the word, be it a name or a string. */
function mentions(source: ts.SourceFile): ts.Node[] {
  const strings: ts.Node[] = []
  forEachDescendant(source, (node) => {
    if (isStringLiteral(node) && node.text === 'config') strings.push(node)
  })
  return [...identifiersOf('config', source), ...strings].toSorted((a, b) => a.pos - b.pos)
}

/** `module.exports[key] = …` */
function isComputedKeyOf(node: ts.Node, owners: readonly string[]): boolean {
  return isElementAccessExpression(node) && owners.includes(node.expression.getText().replace(/\s/g, '')) && !isStringLiteralLike(node.argumentExpression)
}

function targetOf(assignment: ts.BinaryExpression): string {
  return assignment.left.getText().replace(/\s/g, '')
}

/** `exports.config = exports.default = void 0`, as compilers write it before the real values. */
function isVoid({ right }: ts.BinaryExpression): boolean {
  return isBinaryExpression(right) ? isVoid(right) : isVoidExpression(right)
}

/** At the top level, so that it happens exactly once. */
function isStatement({ parent }: ts.BinaryExpression): boolean {
  return isExpressionStatement(parent) && isSourceFile(parent.parent)
}

/** The config inside of what `module.exports` is set to. */
function configOfExported(node: ts.Node, modules: Modules): Literal | undefined {
  const value = unwrap(node)
  if (isAssignment(value)) return configOfExported(value.right, modules)
  if (isObjectLiteralExpression(value)) {
    if (value.properties.some((item) => isSpreadAssignment(item) || isComputedPropertyName(item.name))) return cannotTell(value, MAY_BE)
    const property = value.properties.find(({ name }) => name && (isIdentifier(name) || isStringLiteralLike(name)) && name.text === 'config')
    const context = contextOf(value.getSourceFile(), modules)
    if (property && isPropertyAssignment(property)) return evaluate(property.initializer, context)
    if (property && isShorthandPropertyAssignment(property)) return evaluate(property.name, context)
    return property && cannotTell(property, 'it is set by code')
  }
  return isPlainFunction(value) ? undefined : cannotTell(value, MAY_BE)
}

function isPlainFunction(value: ts.Node): boolean {
  if (!isIdentifier(value)) return isFunctionExpression(value) || isArrowFunction(value)
  const [declaration, ...more] = declarationsOf(value.text, value.getSourceFile())
  if (!declaration || more.length > 0) return false
  if (isVariableDeclaration(declaration)) {
    const { initializer, parent } = declaration
    return initializer !== undefined && isVariableDeclarationList(parent) && isConst(parent) && isPlainFunction(unwrap(initializer))
  }
  return isFunctionDeclaration(declaration)
}
