import { type Diagnostic, severityOf } from './diagnostics/diagnostic.ts'

/** Where the phases put what they find. Append-only: nothing prints, nothing throws on a user's mistake. */
export interface Report {
  add(diagnostic: Diagnostic): void
  /** By file, then position: the same order on every machine. */
  all(): Diagnostic[]
  hasErrors(): boolean
}

export function createReport(): Report {
  const found: Diagnostic[] = []
  return {
    add: (diagnostic) => void found.push(diagnostic),
    all: () => found.toSorted((a, b) => compare(a.at.file, b.at.file) || a.at.start - b.at.start || compare(a.code, b.code)),
    hasErrors: () => found.some((diagnostic) => severityOf(diagnostic) === 'error'),
  }
}

/** By code unit: independent of the machine's locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
