/** From a page and its props to HTML. There is no script for the browser in it: what React renders here stays as it is. */

import { type PageModule, property } from './page-module.ts'
import type { PageSources, React } from './pages.ts'

/** A page or a document returned what is no HTML. */
export class RenderError extends Error {
  static override readonly name = 'RenderError' // that of the class is a letter in server.js
  override name = 'RenderError'
}

/** Is it a whole document, which needs nothing around it? */
const DOCUMENT = /^\s*<(?:!doctype|html)\b/i
/** What React leaves, in place of an error, of a boundary that nothing can complete later here. */
const INCOMPLETE = '<!--$!-->'
/** What React 19 moves to the front, as it belongs into a head; so it does in HTML that begins with it. */
const HEAD = /^(?:<title\b[^>]*>[^<]*<\/title>|<(?:meta|link)\b[^>]*>|<style\b[^>]*>[\s\S]*?<\/style>|<script\b[^>]*\basync\b[^>]*>[\s\S]*?<\/script>)+/

export type Render = (page: PageModule, props: object) => Promise<string>

export function createRender({ document, react }: Pick<PageSources, 'document' | 'react'>): Render {
  return async (page, props) => {
    const loaded = await react?.()
    const text = renderComponent(page, props, loaded)
    if (DOCUMENT.test(text)) return withDoctype(text)
    const [moved = ''] = HEAD.exec(text) ?? []
    const parts = { html: text.slice(moved.length), head: moved + headOf(page, props, loaded) }
    const around = document ? moduleDefault(await document()) : undefined
    if (around === undefined) return plainDocument(parts)
    if (typeof around !== 'function') throw new RenderError(`the default export of pages/_document must be a function of { html, head }, got ${typeof around}`)
    return withDoctype(htmlOf(around(parts), 'pages/_document', loaded))
  }
}

/**
 * A function of a file without JSX and React may be either: it is called as React calls components, so that hooks work, and a text it returns is HTML.
 * In a component of React a text is text, and is escaped.
 */
function renderComponent({ leaf, component }: PageModule, props: object, react: React | undefined): string {
  if (!react) {
    if (typeof component !== 'function')
      throw new RenderError(`the default export of ${leaf.file} must be a function that returns HTML, got ${typeof component}`)
    return htmlOf(component(props), leaf.file, react)
  }
  const isClass = Boolean(property(property(component, 'prototype'), 'isReactComponent'))
  if (leaf.isReact || isClass || typeof component !== 'function') return rendered(react, react.createElement(component, props), leaf.file)
  let html: string | undefined
  const call = () => {
    const result: unknown = component(props)
    if (typeof result !== 'string') return result
    html = result
    return null
  }
  const ofReact = rendered(react, react.createElement(call, null), leaf.file)
  return html ?? ofReact
}

/** To React a <Suspense> that has not got what it shows is a success: it means to try again in the browser, and no error is told. */
function rendered(react: React, element: unknown, whose: string): string {
  const html = react.renderToString(element)
  if (!html.includes(INCOMPLETE)) return html
  throw new RenderError(`a <Suspense> of ${whose} shows its fallback, since something in it has thrown or waits; what it waits for belongs into getStaticProps`)
}

function headOf({ leaf, head }: PageModule, props: object, react: React | undefined): string {
  if (head === undefined) return ''
  return htmlOf(typeof head === 'function' ? head(props) : head, `\`head\` in ${leaf.file}`, react)
}

function htmlOf(result: unknown, whose: string, react: React | undefined): string {
  if (typeof result === 'string') return result
  if (react && typeof result === 'object' && result !== null && !(result instanceof Promise)) return rendered(react, result, whose)
  const got = result instanceof Promise ? 'a promise; what it waits for belongs into getStaticProps' : result === null ? 'null' : typeof result
  throw new RenderError(`${whose} must return HTML as a string${react ? ' or a React element' : ''}, got ${got}`)
}

function withDoctype(html: string): string {
  return /^\s*<!doctype/i.test(html) ? html : `<!DOCTYPE html>${html}`
}

function plainDocument({ html, head }: { html: string; head: string }): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${head}</head><body>${html}</body></html>`
}

function moduleDefault(module: unknown): unknown {
  const outer = property(module, 'default')
  return property(outer, 'default') ?? outer ?? module
}
