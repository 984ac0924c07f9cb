import { relative, resolve, sep } from 'node:path'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { countLine, type ReadText, render } from '../diagnostics/render.ts'
import { toGitHub } from '../diagnostics/render-github.ts'
import { toJson } from '../diagnostics/render-json.ts'
import type { Host } from '../host.ts'
import type { Format } from './arguments.ts'
import { paintFor } from './terminal.ts'

/** For people on stderr; for programs, and for GitHub, on stdout. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], format: Format, host: Host): void {
  const read = reader(host)
  const paint = paintFor(process.stderr)
  for (const found of diagnostics) {
    if (format === 'json') console.log(JSON.stringify(toJson(found, read)))
    else if (format === 'github') console.log(toGitHub(found, read, (file) => repositoryPath(resolve(host.root, file))))
    else console.error(`${render(found, read, paint)}\n`)
  }
}

/** The last line when a command fails, and before it where a person can read more. */
export function printFailure(command: string, diagnostics: readonly Diagnostic[], format: Format): void {
  const counted = countLine(diagnostics)
  const [first] = diagnostics
  if (format === 'text' && first) console.error(`Reasons and examples: apiroutes explain ${first.code}`)
  console.error(`apiroutes: ${command} failed: ${counted}${counted.includes('error') ? '' : ', and --strict allows none'}`)
}

/** GitHub knows files by their path in the repository. */
function repositoryPath(file: string): string {
  return relative(process.env['GITHUB_WORKSPACE'] || process.cwd(), file)
    .split(sep)
    .join('/')
}

/** What cannot be read, or is no text, is shown without its source line: that may be the very thing to say. */
function reader(host: Host): ReadText {
  return (file) => {
    try {
      const text = host.exists(file) ? host.read(file) : undefined
      return text?.includes('\0') ? undefined : text
    } catch {
      return undefined
    }
  }
}
