import type { ts } from 'ts-morph'
import { diagnostic, fileSpan } from '../../diagnostics/diagnostic.ts'
import type { Host } from '../../host.ts'
import type { Report } from '../../report.ts'
import { parse } from './parse.ts'
import { reportSyntax } from './syntax.ts'

/** One file at a time, so that its tree can be forgotten before the next one is read. Undefined when it cannot be parsed, which is reported. */
export function sourceOf(file: string, host: Host, report: Report): ts.SourceFile | undefined {
  const text = textOf(file, host, report)
  if (text === undefined) return undefined
  const source = parse(file, text)
  return reportSyntax(source, report) ? undefined : source
}

function textOf(file: string, host: Host, report: Report): string | undefined {
  try {
    return host.read(file)
  } catch (error) {
    report.add(diagnostic('file-unreadable', { why: error instanceof Error ? error.message : String(error) }, fileSpan(file)))
    return undefined
  }
}
