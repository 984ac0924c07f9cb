import { parseArgs } from 'node:util'

export type Arguments =
  | { readonly kind: 'build'; readonly dir: string; readonly out: string | undefined }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly message: string }

/** What the command line asks for. */
export function parseArguments(argv: readonly string[]): Arguments {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(argv)
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) }
  }
  const { values, positionals } = parsed
  const [command, dir = '.', ...more] = positionals
  if (values.help) return { kind: 'help' }
  if (values.version) return { kind: 'version' }
  if (command === undefined) return { kind: 'wrong', message: 'a command is missing' }
  if (command !== 'build') return { kind: 'wrong', message: `there is no command ${JSON.stringify(command)}` }
  if (more.length > 0) return { kind: 'wrong', message: `build takes one folder, got also ${JSON.stringify(more[0])}` }
  return { kind: 'build', dir, out: values.out }
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'v' }, out: { type: 'string', short: 'o' } },
  })
}
