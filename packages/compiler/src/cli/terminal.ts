import { type Paint, plain } from '../diagnostics/render.ts'

const CODES = { error: '1;31', warning: '1;33', strong: '1', faint: '2' } as const

const colours: Paint = (role, text) => `\u001b[${CODES[role]}m${text}\u001b[0m`

/** Colour only where a person sees it: on a terminal, unless NO_COLOR (no-color.org) is set or the terminal is a dumb one. */
export function paintFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): Paint {
  return stream.isTTY && !env.NO_COLOR && env.TERM !== 'dumb' ? colours : plain
}
