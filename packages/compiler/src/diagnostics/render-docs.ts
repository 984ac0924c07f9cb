import { catalogue, type Definition } from './catalogue.ts'

/** docs/diagnostics.md, whole. */
export function renderDocs(): string {
  const sections = Object.entries<Definition>(catalogue).map(([code, definition]) => section(code, definition))
  return `# Diagnostics

Everything \`apiroutes build\` can tell you, by its code. Errors stop the build and leave the previous output as it is;
warnings do not. This page is printed from the compiler's catalogue; do not edit it.

${sections.join('\n')}`
}

function section(code: string, { severity, about, fix, wrong, right }: Definition): string {
  return `## ${code}

_${severity}._ ${about}

**Fix:** ${fix}

Wrong:

${fence(wrong)}

Right:

${fence(right)}
`
}

function fence(text: string): string {
  const language = /^(pages|src)\/|^apiroutes /.test(text) ? '' : 'js'
  return `\`\`\`${language}\n${text}\n\`\`\``
}
