/** What a name stands for: constants, enums, and what is imported. */

import type { ts } from 'ts-morph'
import {
  findAncestor,
  isArrayBindingPattern,
  isBindingElement,
  isClassDeclaration,
  isEnumDeclaration,
  isExpression,
  isExpressionStatement,
  isFunctionDeclaration,
  isIdentifier,
  isImportClause,
  isImportDeclaration,
  isImportSpecifier,
  isNamespaceImport,
  isObjectBindingPattern,
  isStringLiteral,
  isStringLiteralLike,
  isVariableDeclaration,
  isVariableDeclarationList,
  SyntaxKind,
} from '../../typescript.ts'
import { type Context, contextOf, evaluate, keyOf } from './evaluate.ts'
import { exportOf, isJson, localExport } from './exports.ts'
import { cannotTell, type Entry, known, type Literal, seenFrom } from './literal.ts'
import { member } from './member.ts'
import type { Modules } from './modules.ts'
import { type Declaration, declarationsOf } from './names.ts'
import { isAmbient, isConst, sourceName, unwrap } from './syntax-tree.ts'
import { isTouched } from './touched.ts'

/** A value, and how many keys of the path were needed to reach it: more than none when the name is a namespace. */
export interface Read {
  readonly value: Literal
  readonly consumed: number
}

/** What a name stands for where it is used; `path` is what is read of it there, so that a change to other parts does no harm. */
export function readName(use: ts.Identifier, path: readonly string[], context: Context): Read {
  const source = use.getSourceFile()
  if (context.members.has(use.text)) {
    return whole(context.members.get(use.text) ?? cannotTell(use, 'it is used before its declaration'))
  }
  const declarations = declarationsOf(use.text, source)
  if (declarations.length === 0) return whole(globalValue(use))
  const read = readDeclared(use.text, path, { source, use, place: use, context })
  return { ...read, value: seenFrom(use, read.value) }
}

interface Asked {
  readonly source: ts.SourceFile
  /** The expression that asks, when it is of the same file. */
  readonly use: ts.Identifier | undefined
  /** What to point at when it cannot be told. */
  readonly place: ts.Node
  readonly context: Context
}

/** A name of the top level of `source`. */
function readDeclared(name: string, path: readonly string[], { source, use, place, context }: Asked): Read {
  const [declaration, ...more] = declarationsOf(name, source)
  if (!declaration) return whole(cannotTell(place, `\`${name}\` is not declared at the top level of its file`))
  if (more.length > 0) return whole(cannotTell(place, `\`${name}\` is declared more than once`))
  const isImport = isImportClause(declaration) || isImportSpecifier(declaration) || isNamespaceImport(declaration)
  if (use && !isImport && use.getStart() < declaration.getEnd()) return whole(cannotTell(use, 'it is used before its declaration'))
  const read = isImport ? readImport(declaration, path, context) : whole(constantOf(declaration, context))
  const { value } = read
  const isShared = value.kind === 'object' || value.kind === 'array'
  return isShared && isTouched(name, { source, path, value, root: use, consumed: read.consumed })
    ? whole(cannotTell(place, `\`${name}\` may be changed by other code`))
    : read
}

function whole(value: Literal): Read {
  return { value, consumed: 0 }
}

function globalValue(use: ts.Identifier): Literal {
  if (use.text === 'undefined') return known(use, undefined)
  if (use.text === 'NaN') return known(use, Number.NaN)
  if (use.text === 'Infinity') return known(use, Number.POSITIVE_INFINITY)
  return cannotTell(use, `\`${use.text}\` is not declared at the top level of this file`)
}

/** A constant's value is worked out once, however often it is used. */
const values = new WeakMap<Declaration, Literal>()

function constantOf(declaration: Declaration, context: Context): Literal {
  const found = values.get(declaration) ?? compute(declaration, { ...context, members: new Map() })
  values.set(declaration, found)
  return found
}

function compute(declaration: Declaration, context: Context): Literal {
  if (isAmbient(declaration)) return cannotTell(declaration, 'it is declared elsewhere')
  if (isEnumDeclaration(declaration)) return evaluateEnum(declaration, context)
  if (isBindingElement(declaration)) return valueOfElement(declaration, context)
  if (isFunctionDeclaration(declaration)) return { ...cannotTell(declaration.name ?? declaration, 'it is a function'), origin: declaration }
  if (isClassDeclaration(declaration)) return { ...cannotTell(declaration.name ?? declaration, 'it is a class'), origin: declaration }
  if (!isVariableDeclaration(declaration)) return cannotTell(declaration, 'it is computed')
  const { initializer, parent } = declaration
  if (!isVariableDeclarationList(parent) || !isConst(parent)) return cannotTell(declaration.name, 'it is not a constant')
  return initializer ? evaluate(initializer, context) : cannotTell(declaration.name, 'it has no value here')
}

/** `const { a: { b } } = …`, `const [a] = …` */
export function valueOfElement(element: ts.BindingElement, context: Context): Literal {
  const pattern = element.parent
  const owner = pattern.parent
  const from = isBindingElement(owner) ? valueOfElement(owner, context) : isVariableDeclaration(owner) ? compute(owner, context) : undefined
  if (!from || element.dotDotDotToken) return cannotTell(element, 'it is what others leave')
  if (isArrayBindingPattern(pattern) && from.kind !== 'array') return from.kind === 'unknown' ? from : cannotTell(element, 'it is no list')
  const name = element.propertyName ?? element.name
  const key = isArrayBindingPattern(pattern)
    ? String(pattern.elements.indexOf(element))
    : isObjectBindingPattern(name) || isArrayBindingPattern(name)
      ? cannotTell(name, 'it is computed')
      : keyOf(name, context)
  if (typeof key !== 'string') return key
  const value = seenFrom(element.name, member(from, key, element.name))
  const isMissing = value.kind === 'value' && value.value === undefined
  return isMissing && element.initializer ? evaluate(element.initializer, context) : value
}

/** What an enum is at run time: its members, and for each number the name that has it. */
function evaluateEnum(node: ts.EnumDeclaration, context: Context): Literal {
  const members = new Map<string, Literal | undefined>()
  for (const { name } of node.members) if (isIdentifier(name) || isStringLiteralLike(name)) members.set(name.text, undefined)
  const entries = new Map<string, Entry>()
  let next: number | undefined = 0
  for (const item of node.members) {
    const key = keyOf(item.name, context)
    if (typeof key !== 'string') return key
    const value: Literal = item.initializer
      ? evaluate(item.initializer, { ...context, members: new Map(members) })
      : next === undefined
        ? cannotTell(item, 'it needs a value')
        : known(item, next)
    if (value.kind !== 'value' || (typeof value.value !== 'number' && typeof value.value !== 'string')) {
      return value.kind === 'unknown' ? value : cannotTell(item, 'it is neither a number nor a string')
    }
    members.set(key, value)
    entries.set(key, { key: item.name, value })
    if (typeof value.value === 'number') entries.set(String(value.value), { key: item.name, value: known(item, key) })
    next = typeof value.value === 'number' ? value.value + 1 : undefined
  }
  return { kind: 'object', node, origin: node, entries, open: undefined }
}

function readImport(declaration: ts.ImportClause | ts.ImportSpecifier | ts.NamespaceImport, path: readonly string[], context: Context): Read {
  const statement = findAncestor(declaration, isImportDeclaration)
  const specifier = statement?.moduleSpecifier
  if (!specifier || !isStringLiteral(specifier)) return whole(cannotTell(declaration, 'it is imported'))
  const place = isImportClause(declaration) ? (declaration.name ?? declaration) : declaration
  const source = context.modules.resolve(specifier.text, declaration.getSourceFile().fileName)
  if (source.kind === 'refused') return whole(cannotTell(place, source.why))
  const name = isNamespaceImport(declaration) ? '*' : isImportClause(declaration) ? 'default' : sourceName(declaration)
  return readExport(source.file, name, { path, place, context })
}

/** What an ES module exports under a name, as its own code shows it; undefined when it exports no such thing. */
export function evaluateExport(name: string, source: ts.SourceFile, modules: Modules): Literal | undefined {
  const found = localExport(source, name)
  const context = contextOf(source, modules)
  if (!found) return undefined
  const { place } = found
  if (found.kind === 'default') return evaluate(found.node, context)
  if (found.kind === 'name') {
    const { value } = readDeclared(found.name, [], { source, use: undefined, place, context })
    return place.parent.kind === SyntaxKind.ExportSpecifier ? seenFrom(place, value) : value
  }
  const target = modules.resolve(found.from, source.fileName)
  return target.kind === 'refused' ? cannotTell(place, target.why) : seenFrom(place, readExport(target.file, found.name, { path: [], place, context }).value)
}

/** What a file exports under a name; `*` is all of it, of which the path picks one. */
function readExport(source: ts.SourceFile, name: string, given: { path: readonly string[]; place: ts.Node; context: Context }): Read {
  const { path, place } = given
  const refused = (why: string) => whole(cannotTell(place, why))
  if (given.context.files.includes(source.fileName)) return refused('the files import each other')
  const context = { ...given.context, files: [...given.context.files, source.fileName], members: new Map() }

  if (isJson(source)) return readJson(source, name, { path, place, context })
  if (name === '*') {
    const [key, ...rest] = path
    if (key === undefined) return refused('it is all that a file exports')
    const read = readExport(source, key, { ...given, path: rest })
    return { ...read, consumed: read.consumed + 1 }
  }
  const found = exportOf(source, name, context.modules)
  if (found.kind === 'unknown') return refused(found.why)
  if (found.kind === 'namespace') return readExport(found.source, '*', { path, place, context })
  const inner = found.source === source ? context : { ...context, files: [...context.files, found.source.fileName] }
  if (found.source !== source && given.context.files.includes(found.source.fileName)) return refused('the files import each other')
  if (found.kind === 'name') return readDeclared(found.name, path, { source: found.source, use: undefined, place, context: inner })
  return whole(isExpression(found.node) ? evaluate(unwrap(found.node), inner) : cannotTell(found.node, 'it is no constant'))
}

/** `import data from './data.json'`, and esbuild's `import { key } from './data.json'`. */
function readJson(source: ts.SourceFile, name: string, { path, place, context }: { path: readonly string[]; place: ts.Node; context: Context }): Read {
  const [statement] = source.statements
  const value = statement && isExpressionStatement(statement) ? evaluate(statement.expression, context) : cannotTell(place, 'it is no JSON')
  if (name === 'default') return whole(value)
  const key = name === '*' ? path[0] : name
  if (key === undefined) return whole(cannotTell(place, 'it is all that a file exports'))
  const consumed = name === '*' ? 1 : 0
  return { value: key === 'default' ? value : member(value, key, place), consumed }
}
