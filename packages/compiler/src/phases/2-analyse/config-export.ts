import { type ConfigProblem, checkConfig, describe, keyOf, UNKNOWN, UNSET_CONFIG } from '@apiroutes/runtime/config'
import { Node, type SourceFile, VariableDeclarationKind } from 'ts-morph'
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.ts'
import type { ConfigReading } from '../../model.ts'
import type { Report } from '../../report.ts'
import { commonJsConfig } from './commonjs-config.ts'
import { cannotTell, evaluate, isTouched, type Literal } from './literal.ts'
import { spanOf } from './span.ts'
import { exportedName, isEsModule } from './syntax-tree.ts'

/** What `export const config` says, checked at its place; whatever cannot be read now is reported and read at load. */
export function analyseConfig(source: SourceFile, file: string, report: Report): ConfigReading {
  reportEdge(source, file, report)
  const exported = isEsModule(source) ? esModuleConfig(source) : commonJsConfig(source)
  if (exported === 'opaque') return { kind: 'at-load' }
  if (!exported) return { kind: 'static', config: UNSET_CONFIG }
  const what = notObject(exported)
  if (what !== undefined) {
    report.add(diagnostic('config-not-object', { what }, spanOf(exported.node, file)))
    return { kind: 'static', config: UNSET_CONFIG }
  }

  const unknown = unknownParts(exported)
  for (const { key, literal } of unknown) report.add(diagnostic('config-not-static', { key, why: literal.why }, spanOf(literal.node, file)))
  const { config, problems } = checkConfig(plain(exported))
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

/** What the config is, when it is known not to be an object. */
function notObject(exported: Literal): string | undefined {
  if (exported.kind === 'value') return exported.value === undefined ? undefined : describe(exported.value)
  if (exported.kind === 'object') return undefined
  const { node } = exported
  const isFunction = (item: Node | undefined) => Node.isFunctionDeclaration(item) || Node.isFunctionExpression(item) || Node.isArrowFunction(item)
  const isClass = (item: Node | undefined) => Node.isClassDeclaration(item) || Node.isClassExpression(item)
  const owner = Node.isIdentifier(node) ? node.getParent() : node // the name of a declaration stands for it
  return isFunction(owner) ? 'a function' : isClass(owner) ? 'a class' : undefined
}

/** The exported config, however it is written; undefined when there is none. */
function esModuleConfig(source: SourceFile): Literal | undefined {
  return destructuredConfig(source) ?? declaredConfig(source) ?? configByName(source)
}

function declaredConfig(source: SourceFile): Literal | undefined {
  const declared = source.getFunction('config') ?? source.getClass('config') ?? source.getModule('config') ?? source.getEnum('config')
  if (declared?.isExported()) return cannotTell(declared.getNameNode() ?? declared, 'it is no object literal')
  const variable = source.getVariableDeclaration('config')
  const statement = variable?.getVariableStatement()
  if (!variable || !statement?.isExported()) return undefined
  const initializer = variable.getInitializer()
  if (!initializer) return cannotTell(variable, 'it has no value here')
  if (statement.getDeclarationKind() !== VariableDeclarationKind.Const) return cannotTell(variable.getNameNode(), 'it is not a constant')
  if (isTouched('config', variable)) return cannotTell(variable.getNameNode(), 'other code may change it')
  return evaluate(initializer)
}

/** `export const { config } = …` */
function destructuredConfig(source: SourceFile): Literal | undefined {
  for (const statement of source.getVariableStatements().filter((item) => item.isExported())) {
    for (const declaration of statement.getDeclarations()) {
      const pattern = declaration.getNameNode()
      const element = Node.isObjectBindingPattern(pattern) ? pattern.getElements().find((item) => item.getName() === 'config') : undefined
      if (element) return cannotTell(element.getNameNode(), 'it is taken out of another object')
    }
  }
  return undefined
}

/** `export { config }`, `export { c as config }`, `export { config } from` and `export * as config from`. */
function configByName(source: SourceFile): Literal | undefined {
  for (const declaration of source.getExportDeclarations().filter((item) => !item.isTypeOnly())) {
    const namespace = declaration.getNamespaceExport()
    if (namespace?.getName() === 'config') return cannotTell(namespace, 'it comes from another file')
    const item = declaration.getNamedExports().find((named) => exportedName(named) === 'config' && !named.isTypeOnly())
    if (item) return declaration.hasModuleSpecifier() ? cannotTell(item, 'it comes from another file') : evaluate(item.getNameNode())
  }
  return undefined
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
