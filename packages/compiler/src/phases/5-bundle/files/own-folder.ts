/** Does a module of a package do something with the place it lies in that nobody can follow? */

import { readFileSync } from 'node:fs'
import type { ts } from 'ts-morph'
import { typescript } from '../../../typescript.ts'
import type { Package } from './packages.ts'
import { findByPlace } from './references.ts'
import type { Trace } from './trace.ts'

/** The names for a module's place. */
export const NAMES_PLACE = /\b__dirname\b|\b__filename\b|\bimport\.meta\.(?:url|dirname|filename)\b/

/** Of these packages, by their scripts, those that lead somebody to files that we know nothing of. */
export async function packagesWithLostFiles(files: Trace['files'], root: string): Promise<Package[]> {
  const owners = new Map<string, Package>()
  const scripts = new Map<string, string>()
  for (const [item, own] of files) {
    for (const file of [...own].filter((name) => /\.[cm]?js$/.test(name))) {
      const text = readFileSync(file, 'utf8')
      if (NAMES_PLACE.test(text)) scripts.set(file, text)
      owners.set(file, item)
    }
  }
  const references = await findByPlace(scripts, root)
  return [...scripts].flatMap(([file, text]) => (references.has(file) || !handsOutItsPlace(file, text) ? [] : (owners.get(file) ?? [])))
}

/**
 * True when the place goes anywhere but into `createRequire`, a comparison, `typeof`, or a constant that is not used: into a template engine, an
 * Emscripten loader, `express.static`.
 */
export function handsOutItsPlace(file: string, text: string): boolean {
  if (!NAMES_PLACE.test(text)) return false
  const source = typescript.createSourceFile(file, text, typescript.ScriptTarget.ESNext, true, typescript.ScriptKind.JSX)
  const uses = new Map<string, ts.Identifier[]>()
  const places: ts.Node[] = []

  function visit(node: ts.Node): void {
    if (typescript.isPropertyAccessExpression(node) && typescript.isMetaProperty(node.expression)) {
      if (/^(?:url|dirname|filename)$/.test(node.name.text)) places.push(node)
      return
    }
    if (typescript.isIdentifier(node) && !isNameOfMember(node)) uses.set(node.text, [...(uses.get(node.text) ?? []), node])
    typescript.forEachChild(node, visit)
  }

  function isHandedOut(node: ts.Node, from: readonly string[]): boolean {
    const { parent } = node
    if (typescript.isTypeOfExpression(parent)) return false
    if (typescript.isBinaryExpression(parent) && /^[!=]==?$/.test(parent.operatorToken.getText(source))) return false
    if (typescript.isCallExpression(parent) && parent.arguments[0] === node) {
      if (/\bcreateRequire$/.test(parent.expression.getText(source))) return false
      if (/\b(?:fileURLToPath|dirname)$/.test(parent.expression.getText(source))) return isHandedOut(parent, from)
    }
    if (typescript.isParenthesizedExpression(parent)) return isHandedOut(parent, from)
    if (!typescript.isVariableDeclaration(parent) || parent.initializer !== node || !typescript.isIdentifier(parent.name)) return true
    if (typescript.getCombinedModifierFlags(parent) & typescript.ModifierFlags.Export) return true
    const { text: name } = parent.name
    const { name: declared } = parent
    return !from.includes(name) && (uses.get(name) ?? []).some((use) => use !== declared && isHandedOut(use, [...from, name]))
  }

  visit(source)
  const globals = ['__dirname', '__filename'].filter((name) => !(uses.get(name) ?? []).some(isDeclared))
  return [...places, ...globals.flatMap((name) => uses.get(name) ?? [])].some((place) => isHandedOut(place, []))
}

const DECLARES = [
  typescript.isVariableDeclaration,
  typescript.isBindingElement,
  typescript.isParameter,
  typescript.isFunctionDeclaration,
  typescript.isClassDeclaration,
  typescript.isImportClause,
  typescript.isImportSpecifier,
  typescript.isNamespaceImport,
]

function isDeclared(node: ts.Identifier): boolean {
  return DECLARES.some((declares) => declares(node.parent)) && 'name' in node.parent && node.parent.name === node
}

/** `x.name`, `{ name: … }`, `class { name() {} }`, `const { name: … } =` */
function isNameOfMember(node: ts.Identifier): boolean {
  const { parent } = node
  if (typescript.isBindingElement(parent)) return parent.propertyName === node
  if (typescript.isShorthandPropertyAssignment(parent) || (typescript.isExportSpecifier(parent) && !parent.propertyName)) return false
  return 'name' in parent && parent.name === node && !isDeclared(node)
}
