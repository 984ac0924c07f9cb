import type { ts } from 'ts-morph'
import { createSourceFile, JSDocParsingMode, ScriptTarget } from '../../typescript.ts'

/** Parses one file, alone. A ts-morph project or a Program would ask for more files, and neither knows more of the syntax. */
export function parse(file: string, text: string): ts.SourceFile {
  return createSourceFile(file, text, { languageVersion: ScriptTarget.ESNext, jsDocParsingMode: JSDocParsingMode.ParseNone }, true)
}

/** The parser's own errors. */
export function parseErrors(source: ts.SourceFile): readonly ts.DiagnosticWithLocation[] {
  const { parseDiagnostics = [] } = source as { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }
  return parseDiagnostics
}
