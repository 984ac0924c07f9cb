import path from 'node:path'
import { type Finished, type ProgramOptions, runProgram } from './run-program.ts'
import { type FileMap, temporaryProject } from './temporary.ts'

export const cli: string = path.join(import.meta.dirname, '../../packages/compiler/bin/apiroutes.js')

export interface Built extends Finished {
  /** The project, and the folder that the build writes to. */
  readonly dir: string
  readonly dist: string
}

export interface BuildOptions extends ProgramOptions {
  readonly node?: string
  readonly flags?: readonly string[]
}

/** Runs `apiroutes build` on a folder, or on a new project with these files. */
export async function build(source: string | FileMap, { node = process.execPath, flags = [], ...options }: BuildOptions = {}): Promise<Built> {
  const dir = typeof source === 'string' ? source : temporaryProject(source)
  const finished = await runProgram(node, [cli, 'build', dir, ...flags], options)
  return { ...finished, dir, dist: path.join(dir, 'dist') }
}

/** As `build`, for tests of what comes after a build. */
export async function buildOrThrow(source: string | FileMap, options: BuildOptions = {}): Promise<Built> {
  const built = await build(source, options)
  if (built.code !== 0) throw new Error(`the build ended with ${built.code}:\n${built.stdout}${built.stderr}`)
  return built
}

/** The codes of the diagnostics in `stderr`, in order: `error[route-conflict]` is `route-conflict`. */
export function diagnosticCodes({ stderr, stdout }: Finished): string[] {
  return [...(stdout + stderr).matchAll(/^(?:error|warning)\[([\w-]+)\]/gm)].map(([, code = '']) => code)
}
