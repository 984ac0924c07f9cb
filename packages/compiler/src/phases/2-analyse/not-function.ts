import type { ts } from 'ts-morph'
import { isCallExpression, isFunctionDeclaration, isFunctionExpression, isIdentifier, SyntaxKind } from '../../typescript.ts'
import { unwrap } from './syntax-tree.ts'

/** What a definition provably is, when that is not a function; undefined when it is one or cannot be told. */
export function notFunction(node: ts.Node): string | undefined {
  const value = unwrap(node)
  if (isIdentifier(value)) return value.text === 'undefined' ? '`undefined`' : undefined
  const generator = (isFunctionDeclaration(value) || isFunctionExpression(value)) && value.asteriskToken ? 'a generator' : undefined
  const promise = isCallExpression(value) && /^Promise\.\w+$/.test(value.expression.getText()) ? 'a promise' : undefined
  return generator ?? promise ?? KINDS.get(value.kind)
}

const KINDS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [SyntaxKind.ObjectLiteralExpression, 'an object'],
  [SyntaxKind.ArrayLiteralExpression, 'an array'],
  [SyntaxKind.StringLiteral, 'a string'],
  [SyntaxKind.TypeOfExpression, 'a string'],
  [SyntaxKind.PrefixUnaryExpression, 'a number or a boolean'],
  [SyntaxKind.TemplateExpression, 'a string'],
  [SyntaxKind.NoSubstitutionTemplateLiteral, 'a string'],
  [SyntaxKind.NumericLiteral, 'a number'],
  [SyntaxKind.BigIntLiteral, 'a number'],
  [SyntaxKind.TrueKeyword, 'a boolean'],
  [SyntaxKind.FalseKeyword, 'a boolean'],
  [SyntaxKind.NullKeyword, '`null`'],
  [SyntaxKind.RegularExpressionLiteral, 'a regular expression'],
  [SyntaxKind.JsxElement, 'an element'],
  [SyntaxKind.JsxSelfClosingElement, 'an element'],
  [SyntaxKind.JsxFragment, 'an element'],
  [SyntaxKind.ClassExpression, 'a class'],
  [SyntaxKind.ClassDeclaration, 'a class'],
  [SyntaxKind.EnumDeclaration, 'an enum'],
  [SyntaxKind.ModuleDeclaration, 'a namespace'],
  [SyntaxKind.NamespaceExport, 'all that a file exports'],
  [SyntaxKind.NamespaceImport, 'all that a file exports'],
  [SyntaxKind.InterfaceDeclaration, 'a type'],
])
