import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { type ReadText, render } from '../diagnostics/render.ts'
import { toJson } from '../diagnostics/render-json.ts'
import type { Host } from '../host.ts'
import { paintFor } from './terminal.ts'

/** For people, on stderr. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], host: Host): void {
  const paint = paintFor(process.stderr)
  for (const found of diagnostics) console.error(`${render(found, reader(host), paint)}\n`)
}

/** For programs: one object a line, on stdout. */
export function printDiagnosticsAsJson(diagnostics: readonly Diagnostic[], host: Host): void {
  for (const found of diagnostics) console.log(JSON.stringify(toJson(found, reader(host))))
}

/** What cannot be read is shown without its source line: that it cannot be read may be the very thing to say. */
function reader(host: Host): ReadText {
  return (file) => {
    try {
      return host.exists(file) ? host.read(file) : undefined
    } catch {
      return undefined
    }
  }
}
