import { catalogue, type Definition } from './catalogue.ts'

/** A range of a source file, as offsets: line and column are worked out only when someone reads them. */
export interface Span {
  readonly file: string
  readonly start: number
  readonly end: number
}

/** A second place that explains the first: "… and here is the other one". */
export interface Note {
  readonly text: string
  readonly at: Span
}

export type Code = keyof typeof catalogue
export type ArgsOf<code extends Code> = Parameters<(typeof catalogue)[code]['message']>[0]

/** Plain data: safe to compare in a test, sort, count, or print as JSON. */
export type Diagnostic = {
  [code in Code]: { readonly code: code; readonly args: ArgsOf<code>; readonly at: Span; readonly notes: readonly Note[] }
}[Code]

export function diagnostic<code extends Code>(code: code, args: ArgsOf<code>, at: Span, notes: readonly Note[] = []): Diagnostic {
  return { code, args, at, notes } as Diagnostic // the one cast: TypeScript cannot relate `code` to its own union
}

export function severityOf({ code }: Diagnostic): Definition['severity'] {
  return catalogue[code].severity
}

export function messageOf({ code, args }: Diagnostic): string {
  const { message }: Definition = catalogue[code]
  return message(args as never)
}

export function fixOf({ code }: Diagnostic): string {
  return catalogue[code].fix
}

/** For what is wrong with a file as such: its first character. */
export function fileSpan(file: string): Span {
  return { file, start: 0, end: 0 }
}
