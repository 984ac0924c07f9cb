/** The default export of a file, in the ways that ES modules and CommonJS have. */

import type { ts } from 'ts-morph'
import { diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Report } from '../../report.ts'
import { isExportDeclaration, isExportSpecifier, isExpressionStatement, isObjectLiteralExpression, isPropertyAccessExpression } from '../../typescript.ts'
import { definitionOf, definitionOfExport } from './definition.ts'
import { localExport } from './exports.ts'
import type { Modules } from './modules.ts'
import { identifiersOf } from './names.ts'
import { spanOf } from './span.ts'
import { isAssignment, isEsModule } from './syntax-tree.ts'

export interface DefaultExport {
  /** What to point at. */
  readonly place: ts.Node
  /** The expression or declaration that is exported, as far as this file shows it. */
  readonly value: ts.Node
  /** What it stands for, as far as that is sure. */
  readonly definition: ts.Node | undefined
}

/** Undefined when the syntax shows none; see `mayExportUnseen`. */
export function defaultExport(source: ts.SourceFile, modules: Modules): DefaultExport | undefined {
  const found = localExport(source, 'default')
  if (!found) return commonJsExport(source, modules)
  if (found.kind === 'default') return { place: found.place, value: found.node, definition: definitionOf(found.node, modules) }
  const { place } = found
  const item = isExportSpecifier(place.parent) ? place.parent : place
  return { place: item, value: place, definition: definitionOfExport(source, 'default', modules) }
}

/** `module.exports = …` or `exports.default = …`, the last one, as it is the one that holds. */
function commonJsExport(source: ts.SourceFile, modules: Modules): DefaultExport | undefined {
  let found: DefaultExport | undefined
  for (const statement of source.statements) {
    if (!isExpressionStatement(statement) || !isAssignment(statement.expression)) continue
    const assignment = statement.expression
    const target = assignment.left.getText().replace(/\s/g, '')
    if (!/^(module\.exports|(module\.)?exports\.default)$/.test(target)) continue
    const value = assignment.right
    const holdsDefault = target === 'module.exports' && isObjectLiteralExpression(value) && value.properties.some((item) => item.name?.getText() === 'default')
    found = { place: assignment, value: holdsDefault ? assignment : value, definition: holdsDefault ? undefined : definitionOf(value, modules) }
  }
  return found
}

/** Could it export by CommonJS what no syntax shows? `exports.handler = …` alone is no default export. */
export function mayExportUnseen(source: ts.SourceFile): boolean {
  const uses = identifiersOf('exports', source)
  if (isEsModule(source) || uses.length === 0) return false
  const isNamed = ({ parent }: ts.Identifier) => isPropertyAccessExpression(parent) && parent.name.text !== 'exports' && parent.name.text !== 'default'
  return identifiersOf('module', source).length > 0 || !uses.every(isNamed)
}

/** `export *`, which Next.js refuses in pages and routes: it hides what they export. */
export function reportExportAll(source: ts.SourceFile, report: Report): void {
  for (const statement of source.statements) {
    if (!isExportDeclaration(statement) || statement.exportClause || statement.isTypeOnly) continue
    report.add(diagnostic('export-all', { from: statement.moduleSpecifier?.getText() ?? '' }, spanOf(statement)))
  }
}
