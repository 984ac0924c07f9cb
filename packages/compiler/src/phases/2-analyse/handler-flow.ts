/** Follows the statements of a handler, for one method. */

import type { ts } from 'ts-morph'
import {
  isBinaryExpression,
  isBlock,
  isBreakStatement,
  isCallExpression,
  isCaseClause,
  isConditionalExpression,
  isEmptyStatement,
  isExpressionStatement,
  isFunctionDeclaration,
  isIdentifier,
  isIfStatement,
  isInterfaceDeclaration,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isSwitchStatement,
  isThrowStatement,
  isTryStatement,
  isTypeAliasDeclaration,
  isVariableStatement,
  isVoidExpression,
  SyntaxKind,
} from '../../typescript.ts'
import { bindVariable, constantOf, isMethodOf, isPure, type Reader, type State } from './handler-values.ts'
import type { Literal } from './literal.ts'
import { isAssignment, unwrap } from './syntax-tree.ts'

/** One way through a statement: on to the next, out of the switch or of the handler, or something that is not understood. */
export type Outcome = { readonly kind: 'next' | 'break' | 'return'; readonly state: State } | { readonly kind: 'unclear' }

const UNCLEAR: readonly Outcome[] = [{ kind: 'unclear' }]

/** More ways than that are not followed. */
const MAX_WAYS = 50

/** Every way through the body of a handler. */
export function outcomesOf(body: ts.ConciseBody, state: State, reader: Reader): readonly Outcome[] {
  return isBlock(body) ? runAll(body.statements, state, reader) : runExpression(body, state, reader)
}

function runAll(statements: readonly ts.Statement[], start: State, reader: Reader): readonly Outcome[] {
  const done: Outcome[] = []
  let open: readonly State[] = [start]
  for (const statement of statements) {
    const outcomes = open.flatMap((state) => run(statement, state, reader))
    if (outcomes.length > MAX_WAYS || outcomes.some(({ kind }) => kind === 'unclear')) return UNCLEAR
    done.push(...outcomes.filter(({ kind }) => kind !== 'next'))
    open = outcomes.flatMap((outcome) => (outcome.kind === 'next' ? [outcome.state] : []))
    if (open.length === 0) break
  }
  return [...done, ...open.map((state): Outcome => ({ kind: 'next', state }))]
}

function run(statement: ts.Statement, state: State, reader: Reader): readonly Outcome[] {
  if (isBlock(statement)) return runAll(statement.statements, state, reader)
  if (isVariableStatement(statement)) return runDeclarations(statement.declarationList, state, reader)
  if (isExpressionStatement(statement)) return runExpression(statement.expression, state, reader)
  if (isIfStatement(statement)) return runIf(statement, state, reader)
  if (isSwitchStatement(statement)) return runSwitch(statement, state, reader)
  if (isBreakStatement(statement) && !statement.label) return [{ kind: 'break', state }]
  if (isTryStatement(statement) && isRefusing(statement)) return runAll(statement.tryBlock.statements, state, reader)
  if (isReturnStatement(statement)) {
    const outcomes: readonly Outcome[] = statement.expression ? runExpression(statement.expression, state, reader) : [{ kind: 'next', state }]
    return outcomes.map((outcome) => (outcome.kind === 'next' ? { ...outcome, kind: 'return' } : outcome))
  }
  const isInert = isEmptyStatement(statement) || isFunctionDeclaration(statement) || isInterfaceDeclaration(statement) || isTypeAliasDeclaration(statement)
  return isInert ? [{ kind: 'next', state }] : UNCLEAR
}

/** A header or a body that cannot be sent throws, before a refusal or in it: what catches that must not make a success of it. */
function isRefusing({ catchClause, finallyBlock }: ts.TryStatement): boolean {
  if (finallyBlock || !catchClause) return false
  const { statements } = catchClause.block
  const isThrown = statements.some((item) => isThrowStatement(item) || /\.status\([45]\d\d\)/.test(item.getText()))
  return isThrown && statements.every((item) => /^(?:throw\b|console\.\w+\(|(?:return\s+)?(?:await\s+)?\w+\.status\([45]\d\d\)|return;?$)/.test(item.getText()))
}

function runDeclarations(list: ts.VariableDeclarationList, start: State, reader: Reader): readonly Outcome[] {
  let state: State | undefined = start
  for (const item of list.declarations) state = state && bindVariable(item, state, reader)
  return state ? [{ kind: 'next', state }] : UNCLEAR
}

function runIf({ expression, thenStatement, elseStatement }: ts.IfStatement, state: State, reader: Reader): readonly Outcome[] {
  const whenTrue = () => run(thenStatement, state, reader)
  const whenFalse = (): readonly Outcome[] => (elseStatement ? run(elseStatement, state, reader) : [{ kind: 'next', state }])
  return branch(expression, { whenTrue, whenFalse }, state, reader)
}

interface Branches {
  readonly whenTrue: () => readonly Outcome[]
  readonly whenFalse: () => readonly Outcome[]
}

function branch(condition: ts.Expression, { whenTrue, whenFalse }: Branches, state: State, reader: Reader): readonly Outcome[] {
  const truth = test(condition, state, reader)
  if (truth === 'unclear') return UNCLEAR
  if (truth === 'either') return [...whenTrue(), ...whenFalse()]
  return truth ? whenTrue() : whenFalse()
}

function runSwitch({ expression, caseBlock }: ts.SwitchStatement, state: State, reader: Reader): readonly Outcome[] {
  if (!isMethodOf(expression, state, reader)) return UNCLEAR
  const values = caseBlock.clauses.map((clause) => (isCaseClause(clause) ? textOf(constantOf(clause.expression, reader)) : null))
  for (const value of values) if (value) reader.compared.add(value)
  if (values.includes(undefined)) return UNCLEAR
  const match = values.indexOf(reader.method)
  const start = match === -1 ? values.indexOf(null) : match
  if (start === -1) return [{ kind: 'next', state }]
  const statements = caseBlock.clauses.slice(start).flatMap((clause) => [...clause.statements])
  return runAll(statements, state, reader).map((outcome) => (outcome.kind === 'break' ? { ...outcome, kind: 'next' } : outcome))
}

function textOf(literal: Literal | undefined): string | undefined {
  return literal?.kind === 'value' && typeof literal.value === 'string' ? literal.value : undefined
}

/** Does the condition hold for the method? `either`: it depends on something else, and only reads it. */
function test(condition: ts.Expression, state: State, reader: Reader): boolean | 'either' | 'unclear' {
  const node = unwrap(condition)
  if (node.kind === SyntaxKind.TrueKeyword || isMethodOf(node, state, reader)) return true
  if (node.kind === SyntaxKind.FalseKeyword) return false
  if (isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken) {
    const truth = test(node.operand, state, reader)
    return typeof truth === 'boolean' ? !truth : truth
  }
  if (isBinaryExpression(node) && /^(&&|\|\|)$/.test(node.operatorToken.getText())) return testBoth(node, state, reader)
  const allowed = comparedWith(node, state, reader)
  if (allowed) {
    for (const text of allowed.texts) reader.compared.add(text)
    return allowed.texts.includes(reader.method) === allowed.holds
  }
  return isPure(node, state, reader) ? 'either' : 'unclear'
}

/** `a && b` is decided by a false `a`, `a || b` by a true one. */
function testBoth(node: ts.BinaryExpression, state: State, reader: Reader): boolean | 'either' | 'unclear' {
  const decided = node.operatorToken.kind === SyntaxKind.BarBarToken
  const left = test(node.left, state, reader)
  if (left === decided || left === 'unclear') return left
  const right = test(node.right, state, reader)
  if (left !== 'either' || right === 'unclear' || right === decided) return right
  return 'either'
}

/** The constants that the method is compared with, and whether equality is what makes it true. */
function comparedWith(node: ts.Node, state: State, reader: Reader): { readonly texts: readonly string[]; readonly holds: boolean } | undefined {
  if (isBinaryExpression(node) && /^[!=]==?$/.test(node.operatorToken.getText())) {
    const other = isMethodOf(node.left, state, reader) ? node.right : isMethodOf(node.right, state, reader) ? node.left : undefined
    const text = other && textOf(constantOf(other, reader))
    return text === undefined ? undefined : { texts: [text], holds: node.operatorToken.getText().startsWith('=') }
  }
  if (!isCallExpression(node) || node.arguments.length !== 1 || !isPropertyAccessExpression(node.expression)) return undefined
  const [argument] = node.arguments
  const list = node.expression.name.text === 'includes' ? constantOf(node.expression.expression, reader) : undefined
  if (list?.kind !== 'array' || !argument || !isMethodOf(argument, state, reader)) return undefined
  const texts = list.items.map(textOf)
  return texts.every((text) => text !== undefined) ? { texts, holds: true } : undefined
}

/** An expression for what it does: it refuses, or prepares a refusal, or does nothing. */
function runExpression(expression: ts.Node, state: State, reader: Reader): readonly Outcome[] {
  const node = unwrap(expression)
  if (isConditionalExpression(node)) {
    const whenTrue = () => runExpression(node.whenTrue, state, reader)
    return branch(node.condition, { whenTrue, whenFalse: () => runExpression(node.whenFalse, state, reader) }, state, reader)
  }
  if (isVoidExpression(node)) return runExpression(node.expression, state, reader)
  if (isPure(node, state, reader)) return [{ kind: 'next', state }]
  const next = state.refused ? undefined : (assignedStatus(node, state, reader) ?? answered(node, state, reader))
  return next ? [{ kind: 'next', state: next }] : UNCLEAR
}

/** `res.statusCode = 405` */
function assignedStatus(node: ts.Node, state: State, reader: Reader): State | undefined {
  if (!isAssignment(node) || !isPropertyAccessExpression(node.left) || node.left.name.text !== 'statusCode') return undefined
  const isOfResponse = isIdentifier(node.left.expression) && node.left.expression.text === reader.res
  const status = isOfResponse ? numberOf(constantOf(node.right, reader)) : undefined
  return status === undefined ? undefined : { ...state, status }
}

/** `res.setHeader('Allow', 'GET').status(405).end()`, and parts of it. */
function answered(node: ts.Node, state: State, reader: Reader): State | undefined {
  if (isIdentifier(node)) return node.text === reader.res ? state : undefined
  if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) return undefined
  const before = answered(unwrap(node.expression.expression), state, reader)
  const given = node.arguments
  if (!before || before.refused || !given.every((argument) => isPure(argument, state, reader))) return undefined
  const name = node.expression.name.text
  if (name === 'status' || name === 'writeHead') {
    const status = given[0] && numberOf(constantOf(given[0], reader))
    return status === undefined ? undefined : { ...before, status }
  }
  if (name === 'setHeader' || name === 'removeHeader') return before
  const isRefusal = /^(end|json|send)$/.test(name) && (before.status === 405 || before.status === 501)
  return isRefusal ? { ...before, refused: true } : undefined
}

function numberOf(literal: Literal | undefined): number | undefined {
  return literal?.kind === 'value' && typeof literal.value === 'number' ? literal.value : undefined
}
