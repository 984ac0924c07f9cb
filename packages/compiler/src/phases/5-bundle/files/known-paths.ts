/** Paths in a module of the project, as far as they can be read off its text. */

import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { ts } from 'ts-morph'
import { typescript } from '../../../typescript.ts'

export interface KnownPaths {
  /** A constant is known from here on. */
  declare(name: string, value: ts.Expression): void
  constant(node: ts.Expression): ts.Expression | undefined
  stringOf(node: ts.Expression): string | undefined
  /** `process.cwd()`, `__dirname` and what is joined to them: absolute. */
  folderOf(node: ts.Expression): string | undefined
  /** A path that is given to a function which reads: relative ones are meant from the working folder. */
  readPathOf(node: ts.Expression): string | undefined
  /** Of a path that is put together with `+` or in a template. */
  beginningOf(node: ts.Expression): Beginning
}

/** How far a text is known: `./data/` of `'./data/' + name`. */
export interface Beginning {
  readonly text: string
  readonly isWhole: boolean
}

export function createKnownPaths(file: string, root: string, source: ts.SourceFile): KnownPaths {
  const constants = new Map<string, ts.Expression>()
  const followed = new Set<ts.Expression>()

  const known: KnownPaths = {
    declare: (name, value) => void constants.set(name, value),
    constant: (node) => (typescript.isIdentifier(node) ? constants.get(node.text) : undefined),
    stringOf(node) {
      if (typescript.isStringLiteralLike(node)) return node.text
      return isCallOf('join', node) && node.arguments.length > 0 ? joined('', node.arguments) : follow(node, known.stringOf)
    },
    folderOf(node) {
      const text = node.getText(source)
      if (text === 'process.cwd()') return root
      if (text === '__dirname' || text === 'import.meta.dirname') return join(file, '..')
      if (!isCallOf('join', node) && !isCallOf('resolve', node)) return follow(node, known.folderOf)
      const [first, ...rest] = node.arguments
      const base = first && (known.folderOf(first) ?? (isCallOf('resolve', node) ? joined(root, [first], resolve) : undefined))
      return base === undefined ? undefined : joined(base, rest, isCallOf('resolve', node) ? resolve : join)
    },
    readPathOf(node) {
      const text = known.stringOf(node)
      if (text !== undefined) return resolve(root, text)
      if (!typescript.isNewExpression(node)) return known.folderOf(node)
      const [name] = node.arguments ?? []
      const url = name && known.stringOf(name)
      return url === undefined ? undefined : fileOfUrl(url, file)
    },
    beginningOf(node) {
      const text = known.stringOf(node) ?? known.folderOf(node)
      if (text !== undefined) return { text, isWhole: true }
      if (typescript.isTemplateExpression(node)) {
        const start: Beginning = { text: node.head.text, isWhole: true }
        return node.templateSpans.reduce((sum, span) => plus(plus(sum, known.beginningOf(span.expression)), { text: span.literal.text, isWhole: true }), start)
      }
      if (typescript.isBinaryExpression(node) && node.operatorToken.kind === typescript.SyntaxKind.PlusToken) {
        return plus(known.beginningOf(node.left), known.beginningOf(node.right))
      }
      return { text: '', isWhole: false }
    },
  }

  function isCallOf(name: 'join' | 'resolve', node: ts.Expression): node is ts.CallExpression {
    return typescript.isCallExpression(node) && [name, `path.${name}`].includes(node.expression.getText(source))
  }

  function joined(base: string, nodes: readonly ts.Expression[], by = join): string | undefined {
    const parts = nodes.map(known.stringOf)
    return parts.includes(undefined) ? undefined : by(base, ...parts.map((part) => part ?? ''))
  }

  /** What a constant stands for; names of other scopes can lead round in a circle. */
  function follow(node: ts.Expression, of: (constant: ts.Expression) => string | undefined): string | undefined {
    const constant = known.constant(node)
    if (!constant || typescript.isIdentifier(constant) || followed.has(constant)) return undefined
    followed.add(constant)
    const found = of(constant)
    followed.delete(constant)
    return found
  }

  return known
}

/** `new URL(name, import.meta.url)` as a path. */
export function fileOfUrl(name: string, file: string): string | undefined {
  const url = URL.canParse(name, 'file:///') ? new URL(name, pathToFileURL(file)) : undefined
  return url?.protocol === 'file:' ? fileURLToPath(url) : undefined
}

function plus(left: Beginning, right: Beginning): Beginning {
  return left.isWhole ? { text: left.text + right.text, isWhole: right.isWhole } : left
}
