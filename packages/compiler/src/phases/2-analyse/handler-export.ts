import { Node, type SourceFile, SyntaxKind } from 'ts-morph'
import { diagnostic, fileSpan, type Span } from '../../diagnostics/diagnostic.ts'
import type { Report } from '../../report.ts'
import { spanOf } from './span.ts'
import { declarationOf, exportedName, isEsModule, unwrap } from './syntax-tree.ts'

/**
 * Where the default export is. Reports one that is missing or provably no function; what cannot be told is left to
 * the moment the module loads, which says so itself.
 */
export function analyseHandler(source: SourceFile, file: string, report: Report): Span {
  reportExportAll(source, file, report)
  const found = defaultExport(source)
  if (!found) {
    // CommonJS can export in ways that no syntax shows; an ES module cannot.
    if (!usesCommonJs(source)) report.add(diagnostic('handler-missing', { named: namedMethods(source) }, fileSpan(file)))
    return fileSpan(file)
  }
  const what = notFunction(found.value)
  if (what !== undefined) report.add(diagnostic('handler-not-function', { what }, spanOf(found.value, file)))
  return spanOf(found.place, file)
}

interface Found {
  /** What to point at. */
  readonly place: Node
  /** The expression or declaration that is exported, as far as this file shows it. */
  readonly value: Node
}

function defaultExport(source: SourceFile): Found | undefined {
  for (const statement of source.getStatements()) {
    if (Node.isExportAssignment(statement)) return { place: statement, value: statement.getExpression() }
    if (Node.isExportDeclaration(statement)) {
      const named = statement.isTypeOnly() ? undefined : statement.getNamedExports().find((item) => exportedName(item) === 'default' && !item.isTypeOnly())
      if (named) return { place: named, value: statement.hasModuleSpecifier() ? named : named.getNameNode() }
    }
    if (Node.isModifierable(statement) && statement.hasModifier(SyntaxKind.DefaultKeyword)) {
      return {
        place:
          Node.hasName(statement) || Node.isFunctionDeclaration(statement) || Node.isClassDeclaration(statement)
            ? (statement.getNameNode?.() ?? statement)
            : statement,
        value: statement,
      }
    }
  }
  return commonJsExport(source)
}

/** `module.exports = …` or `exports.default = …`, the last one, as it is the one that holds. */
function commonJsExport(source: SourceFile): Found | undefined {
  let found: Found | undefined
  for (const statement of source.getStatements()) {
    if (!Node.isExpressionStatement(statement)) continue
    const assignment = statement.getExpression()
    if (!Node.isBinaryExpression(assignment) || assignment.getOperatorToken().getKind() !== SyntaxKind.EqualsToken) continue
    const target = assignment.getLeft().getText().replace(/\s/g, '')
    if (/^(module\.exports|(module\.)?exports\.default)$/.test(target)) {
      const value = assignment.getRight()
      if (target !== 'module.exports' || !Node.isObjectLiteralExpression(value) || !value.getProperty('default')) found = { place: assignment, value }
      else found = { place: assignment, value: assignment }
    }
  }
  return found
}

function usesCommonJs(source: SourceFile): boolean {
  return !isEsModule(source) && source.getDescendantsOfKind(SyntaxKind.Identifier).some((identifier) => identifier.getText() === 'exports')
}

/** What the value provably is, when that is not a function; undefined when it is one or cannot be told. */
function notFunction(node: Node, depth = 0): string | undefined {
  const value = unwrap(node)
  if (Node.isIdentifier(value)) {
    if (value.getText() === 'undefined') return '`undefined`'
    const declared = depth < 10 ? declarationOf(value) : undefined
    return declared && notFunction(declared, depth + 1)
  }
  if (Node.isObjectLiteralExpression(value)) return 'an object'
  if (Node.isArrayLiteralExpression(value)) return 'an array'
  if (Node.isStringLiteral(value) || Node.isTemplateExpression(value) || Node.isNoSubstitutionTemplateLiteral(value)) return 'a string'
  if (Node.isNumericLiteral(value) || Node.isBigIntLiteral(value)) return 'a number'
  if (Node.isTrueLiteral(value) || Node.isFalseLiteral(value)) return 'a boolean'
  if (Node.isNullLiteral(value)) return '`null`'
  if (Node.isRegularExpressionLiteral(value)) return 'a regular expression'
  if (Node.isClassExpression(value) || Node.isClassDeclaration(value)) return 'a class'
  if (Node.isCallExpression(value) && /^Promise\.\w+$/.test(value.getExpression().getText())) return 'a promise'
  if (Node.isEnumDeclaration(value)) return 'an enum'
  if (Node.isModuleDeclaration(value)) return 'a namespace'
  if (Node.isInterfaceDeclaration(value)) return 'a type'
  if ((Node.isFunctionDeclaration(value) || Node.isFunctionExpression(value)) && value.isGenerator()) return 'a generator'
  return undefined
}

function namedMethods(source: SourceFile): string {
  const names = source
    .getFunctions()
    .filter((f) => f.isExported())
    .map((f) => f.getName() ?? '')
  const methods = names.filter((name) => /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(name))
  return methods.map((name) => `\`${name}\``).join(', ')
}

function reportExportAll(source: SourceFile, file: string, report: Report): void {
  for (const declaration of source.getExportDeclarations()) {
    if (!declaration.isNamespaceExport() || declaration.getNamespaceExport() || declaration.isTypeOnly()) continue
    const from = declaration.getModuleSpecifier()?.getText() ?? ''
    report.add(diagnostic('export-all', { from }, spanOf(declaration, file)))
  }
}
