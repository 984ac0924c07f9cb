import { catalogue, type Definition } from '../diagnostics/catalogue.ts'
import { nearest } from '../nearest.ts'

export type Explanation = { readonly kind: 'section' | 'unknown'; readonly text: string }

/** `apiroutes explain`: what the documentation says about a code. */
export function explanationOf(code: string): Explanation {
  const definition = Object.entries<Definition>(catalogue).find(([known]) => known === code)?.[1]
  if (definition) return { kind: 'section', text: section(code, definition) }
  const guess = nearest(code, Object.keys(catalogue))
  const codes = guess ? `did you mean ${guess}?` : `the codes are:\n  ${Object.keys(catalogue).join('\n  ')}`
  return { kind: 'unknown', text: `there is no code ${JSON.stringify(code)}; ${codes}` }
}

function section(code: string, { severity, about, fix, wrong, right }: Definition): string {
  return `${code} (${severity})\n\n${plain(about)}\nFix: ${fix}\n\nWrong:\n${indent(wrong)}\n\nRight:\n${indent(right)}`
}

/** Without the emphasis of Markdown, which only the page has. */
function plain(markdown: string): string {
  return markdown.replaceAll('**', '')
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}
