import { statSync } from 'node:fs'
import { parseArguments } from './arguments.ts'
import { HELP } from './help.ts'
import { version } from './version.ts'

/**
 * Runs a command line. Commands are loaded when they run: esbuild and ts-morph take longer to load than most of them need.
 * @returns the exit code: 0 done, 1 the project has errors, 2 the command line is wrong.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseArguments(argv)
  switch (parsed.kind) {
    case 'help':
      return say(HELP)
    case 'version':
      return say(version())
    case 'wrong':
      return complain(`${parsed.message}\nTry \`apiroutes --help\`.`)
    case 'explain': {
      const { explanationOf } = await import('./explain-command.ts')
      const found = explanationOf(parsed.code)
      return found.kind === 'section' ? say(found.text) : complain(found.text)
    }
    case 'build': {
      if (!isFolder(parsed.options.dir)) return complain(`there is no folder ${parsed.options.dir}`)
      const { runBuild } = await import('./build-command.ts')
      return runBuild(parsed.options, parsed.output)
    }
    case 'check': {
      if (!isFolder(parsed.dir)) return complain(`there is no folder ${parsed.dir}`)
      const { runCheck } = await import('./check-command.ts')
      return runCheck(parsed)
    }
    case 'routes': {
      if (!isFolder(parsed.dir)) return complain(`there is no folder ${parsed.dir}`)
      const { runRoutes } = await import('./routes-command.ts')
      return runRoutes(parsed)
    }
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
