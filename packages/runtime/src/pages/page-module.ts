/** What the module of a page exports, in the shape that the server works with. */

import type { PageLeaf, Params } from '../manifest.ts'
import type { Reason } from './page-cache.ts'

/** What `getStaticProps` is called with. The names are those of Next.js. */
export interface PropsContext {
  /** Undefined for a page without params. */
  readonly params?: Params
  readonly draftMode?: true
  readonly preview?: true
  readonly previewData?: unknown
  readonly revalidateReason: Reason
}

export interface PageModule {
  readonly leaf: PageLeaf
  /** A React component, or a function that returns HTML. */
  readonly component: unknown
  /** What goes into the head of the document: HTML, a React element, or a function of the props that returns either. Undefined when it is not exported. */
  readonly head: unknown
  getStaticProps(context: PropsContext): unknown
  readonly getStaticPaths: ((context: object) => unknown) | undefined
}

/** Evaluates the module. @throws TypeError when what it exports is no page. */
export async function loadPageModule(leaf: PageLeaf): Promise<PageModule> {
  const module = await leaf.load()
  const outer = property(module, 'default')
  const inner = property(outer, 'default') // CommonJS as an ES module sees it
  const named = (name: string) => property(module, name) ?? property(outer, name)
  const getStaticProps = functionOf(named('getStaticProps'), 'getStaticProps', leaf)
  const getStaticPaths = functionOf(named('getStaticPaths'), 'getStaticPaths', leaf)
  const component = inner ?? outer
  if (component === undefined || component === null)
    throw new TypeError(`${leaf.file} has no default export: a page needs a component, or a function that returns HTML`)
  if (!getStaticProps) throw new TypeError(`${leaf.file} does not export getStaticProps`)
  if (leaf.params.list.length > 0 && !getStaticPaths) throw new TypeError(`${leaf.file} does not export getStaticPaths, which a page with params needs`)
  return { leaf, component, head: named('head'), getStaticProps, getStaticPaths }
}

function functionOf(value: unknown, name: string, { file }: PageLeaf): ((context: object) => unknown) | undefined {
  if (value === undefined || typeof value === 'function') return value as undefined
  throw new TypeError(`${name} in ${file} must be a function, got ${typeof value}`)
}

export function property(value: unknown, name: string): unknown {
  return (value as Record<string, unknown> | null | undefined)?.[name]
}
