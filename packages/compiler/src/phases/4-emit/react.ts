import type { GeneratedModule } from '../../model.ts'
import { code, comment } from './code.ts'
import { REACT_ID } from './entry.ts'

/** What pages are rendered with: the project's own React, since generated modules import from the project's folder. */
export function emitReact(): GeneratedModule {
  const { text } = code`
    ${comment('What pages are rendered with.')}
    export { createElement } from ${'react'}
    export { renderToString } from ${'react-dom/server'}
  `
  return { id: REACT_ID, code: `${text}\n` }
}
