import { type ConfigProblem, checkConfig, describe, keyOf, UNKNOWN, UNSET_CONFIG } from '@apiroutes/runtime/config'
import { Node, type SourceFile, SyntaxKind, VariableDeclarationKind } from 'ts-morph'
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.ts'
import type { ConfigReading } from '../../model.ts'
import type { Report } from '../../report.ts'
import { evaluate, isTouched, type Literal } from './literal.ts'
import { spanOf } from './span.ts'

/** What `export const config` says, checked at its place; whatever cannot be read now is reported and read at load. */
export function analyseConfig(source: SourceFile, file: string, report: Report): ConfigReading {
  reportEdge(source, file, report)
  const exported = configExport(source)
  if (!exported) return { kind: 'static', config: UNSET_CONFIG }
  if (exported.kind === 'value' && exported.value !== undefined) {
    report.add(diagnostic('config-not-object', { what: describe(exported.value) }, spanOf(exported.node, file)))
  }
  if (exported.kind === 'unknown' && /function/.test(exported.why)) {
    report.add(diagnostic('config-not-object', { what: 'a function' }, spanOf(exported.node, file)))
    return { kind: 'static', config: UNSET_CONFIG }
  }

  const unknown = unknownParts(exported)
  for (const { key, literal } of unknown) report.add(diagnostic('config-not-static', { key, why: literal.why }, spanOf(literal.node, file)))
  const { config, problems } = checkConfig(exported.kind === 'value' ? undefined : plain(exported))
  for (const problem of problems) report.add(toDiagnostic(problem, exported, file))
  return unknown.length > 0 ? { kind: 'at-load' } : { kind: 'static', config }
}

/** `export const runtime = 'edge'`: the same wish, outside of config. */
function reportEdge(source: SourceFile, file: string, report: Report): void {
  const variable = source.getVariableDeclaration('runtime')
  const initializer = variable?.isExported() ? variable.getInitializer() : undefined
  const runtime = initializer && evaluate(initializer)
  if (runtime?.kind === 'value' && (runtime.value === 'edge' || runtime.value === 'experimental-edge')) {
    report.add(diagnostic('config-edge', { got: describe(runtime.value) }, spanOf(runtime.node, file)))
  }
}

/** The exported config, however it is written; undefined when there is none. */
function configExport(source: SourceFile): Literal | undefined {
  const variable = source.getVariableDeclaration('config')
  const statement = variable?.getVariableStatement()
  if (variable && statement?.isExported()) {
    const initializer = variable.getInitializer()
    if (!initializer) return { kind: 'unknown', node: variable, why: 'it has no value here' }
    if (statement.getDeclarationKind() !== VariableDeclarationKind.Const) return { kind: 'unknown', node: variable.getNameNode(), why: 'it is not a constant' }
    if (isTouched('config', variable)) return { kind: 'unknown', node: variable.getNameNode(), why: 'other code may change it' }
    return evaluate(initializer)
  }
  const declared = source.getFunction('config') ?? source.getClass('config')
  if (declared?.isExported()) return { kind: 'unknown', node: declared.getNameNode() ?? declared, why: 'it is a function' }
  return exportedByName(source) ?? commonJsConfig(source)
}

/** `export { config }`, `export { c as config }` and `export { config } from`. */
function exportedByName(source: SourceFile): Literal | undefined {
  for (const declaration of source.getExportDeclarations()) {
    for (const item of declaration.getNamedExports()) {
      const name = (item.getAliasNode() ?? item.getNameNode()).getText()
      if (name !== 'config' || declaration.isTypeOnly() || item.isTypeOnly()) continue
      if (declaration.hasModuleSpecifier()) return { kind: 'unknown', node: item, why: 'it comes from another file' }
      return evaluate(item.getNameNode())
    }
  }
  return undefined
}

/** `module.exports.config = …`, `exports.config = …` and `module.exports = { config }`. */
function commonJsConfig(source: SourceFile): Literal | undefined {
  let found: Literal | undefined
  for (const assignment of source.getDescendantsOfKind(SyntaxKind.BinaryExpression)) {
    if (assignment.getOperatorToken().getKind() !== SyntaxKind.EqualsToken) continue
    const target = assignment.getLeft().getText().replace(/\s/g, '')
    if (/^(module\.)?exports\.config$/.test(target) || (/^\w+\.config$/.test(target) && isExportedByCommonJs(source, target.slice(0, -'.config'.length)))) {
      found = Node.isExpressionStatement(assignment.getParent())
        ? evaluate(assignment.getRight())
        : { kind: 'unknown', node: assignment, why: 'it is set by code' }
    } else if (/^(module\.)?exports\.config\./.test(target)) {
      return { kind: 'unknown', node: assignment, why: 'other code may change it' }
    } else if (target === 'module.exports') {
      const object = evaluate(assignment.getRight())
      found = object.kind === 'object' ? (object.entries.get('config')?.value ?? found) : found
    }
  }
  return found
}

/** `handler.config = …` where `module.exports = handler`. */
function isExportedByCommonJs(source: SourceFile, name: string): boolean {
  return new RegExp(`\\bmodule\\.exports\\s*=\\s*${name.replace(/\$/g, '\\$')}\\s*;?\\s*(?:$|\\n)`).test(source.getFullText())
}

function unknownParts(literal: Literal, key = 'config'): { key: string; literal: Literal & { kind: 'unknown' } }[] {
  if (literal.kind === 'unknown') return [{ key, literal }]
  if (literal.kind === 'value') return []
  return [...literal.entries].flatMap(([name, { value }]) => unknownParts(value, `${key}.${name}`))
}

function plain(literal: Literal): unknown {
  if (literal.kind === 'unknown') return UNKNOWN
  if (literal.kind === 'value') return literal.value
  return Object.fromEntries([...literal.entries].map(([key, { value }]) => [key, plain(value)]))
}

function toDiagnostic(problem: ConfigProblem, config: Literal, file: string): Diagnostic {
  const { name, value } = placeOf(config, problem.path)
  const at = spanOf(value, file)
  const key = keyOf(problem)
  const got = describe(problem.got)
  if (problem.kind === 'unknown-key') return diagnostic('config-unknown-key', { key, nearest: problem.expected }, spanOf(name, file))
  if (problem.kind === 'edge') return diagnostic('config-edge', { got }, at)
  return diagnostic(problem.kind === 'value' ? 'config-value' : 'config-no-effect', { key, expected: problem.expected, got }, at)
}

/** Where a problem's path leads: the key and the value written there, or the nearest that exist. */
function placeOf(config: Literal, path: readonly string[]): { name: Node; value: Node } {
  let here = { key: config.node, value: config }
  for (const key of path) {
    const next = here.value.kind === 'object' ? here.value.entries.get(key) : undefined
    if (!next) break
    here = next
  }
  return { name: here.key, value: here.value.node }
}
