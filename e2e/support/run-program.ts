import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

export interface Finished {
  /** null when a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface ProgramOptions {
  readonly cwd?: string
  /** Added to a nearly empty environment, so that what is set on this machine has no part in a test. */
  readonly env?: Readonly<Record<string, string>>
  /** Runs as this user. */
  readonly uid?: number
  readonly gid?: number
}

/** Only what is needed to find and run programs. */
export function bareEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR']
  return Object.fromEntries(kept.map((name) => [name, process.env[name] ?? '']).filter(([, value]) => value))
}

/** Runs a program to its end. */
export async function runProgram(program: string, args: readonly string[], { env = {}, ...options }: ProgramOptions = {}): Promise<Finished> {
  const child = spawn(program, args, { ...options, env: { ...bareEnvironment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, stdout, stderr }
}
