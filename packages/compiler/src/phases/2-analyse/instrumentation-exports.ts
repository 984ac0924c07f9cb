import type { ts } from 'ts-morph'
import { diagnostic, fileSpan } from '../../diagnostics/diagnostic.ts'
import { nearest } from '../../nearest.ts'
import type { Report } from '../../report.ts'
import type { Modules } from './modules.ts'
import { type Exports, namedExports, notFunctionAt, propertiesOf } from './named-exports.ts'
import { notFunction } from './not-function.ts'
import { spanOf } from './span.ts'
import { isEsModule } from './syntax-tree.ts'

/** What the server calls of it, as Next.js does; `onShutdown` is ours. */
const HOOKS = ['register', 'onRequestError', 'onShutdown']

/** Reports hooks that are provably no functions, names that are nearly those of hooks, and a file without any. */
export function analyseInstrumentation(source: ts.SourceFile, modules: Modules, report: Report): void {
  const { found, isAll } = hooksOf(source, modules)
  const hooks = HOOKS.filter((name) => found.has(name))
  for (const name of hooks) {
    const wrong = notFunctionAt(found.get(name), source)
    if (wrong) report.add(diagnostic('instrumentation-not-function', { name, what: wrong.what }, wrong.at, wrong.notes))
  }
  const missing = HOOKS.filter((name) => !found.has(name))
  const slips = [...found].flatMap(([name, { place, definition }]) => {
    const meant = HOOKS.includes(name) || (definition && notFunction(definition) !== undefined) ? undefined : nearest(name, missing)
    return meant === undefined ? [] : [diagnostic('instrumentation-name', { name, nearest: meant }, spanOf(place))]
  })
  for (const slip of slips) report.add(slip)
  if (hooks.length + slips.length === 0 && isAll) report.add(diagnostic('instrumentation-empty', {}, fileSpan(source.fileName)))
}

/** As in Next.js, also the properties of an object that is the default export. */
function hooksOf(source: ts.SourceFile, modules: Modules): Exports {
  const { found, isAll } = namedExports(source, HOOKS, modules)
  const byDefault = isEsModule(source) ? found.get('default') : undefined
  if (!byDefault) return { found, isAll }
  const within = propertiesOf(byDefault.definition, byDefault.place, modules)
  return { found: new Map([...within.found, ...found]), isAll: isAll && within.isAll }
}
