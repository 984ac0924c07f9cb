import { statSync } from 'node:fs'
import { parseArguments } from './arguments.ts'
import { runBuild } from './build-command.ts'
import { HELP } from './help.ts'
import { runRoutes } from './routes-command.ts'
import { version } from './version.ts'

/** Runs a command line. @returns the exit code: 0 done, 1 the project has errors, 2 the command line is wrong. */
export async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseArguments(argv)
  switch (parsed.kind) {
    case 'help':
      return say(HELP)
    case 'version':
      return say(version())
    case 'wrong':
      return complain(`${parsed.message}\nTry \`apiroutes --help\`.`)
    case 'build':
      return isFolder(parsed.options.dir) ? runBuild(parsed.options, parsed.output) : complain(`there is no folder ${parsed.options.dir}`)
    case 'routes':
      return isFolder(parsed.dir) ? runRoutes(parsed.dir, parsed.output) : complain(`there is no folder ${parsed.dir}`)
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function say(text: string): number {
  console.log(text)
  return 0
}

function complain(text: string): number {
  console.error(`apiroutes: ${text}`)
  return 2
}
