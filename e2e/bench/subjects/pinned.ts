/** Who runs where: the server has a core to itself, and what asks it another one. */

import { spawnSync } from 'node:child_process'
import os from 'node:os'
import { programOnPath } from '../../support/programs.ts'

export const SERVER_CORE = 0
export const LOAD_CORE = 1

/** Can processes be kept to a core here? */
export const canPin: boolean = programOnPath('taskset') !== undefined && os.availableParallelism() > 1

/** The same command, kept to a core where that is possible. taskset becomes the program, so its process id is the program's. */
export function pinned(core: number, command: readonly string[]): readonly string[] {
  return canPin ? ['taskset', '--cpu-list', String(core), ...command] : command
}

/** The same command, on all cores, whatever this process is kept to. */
export function onAllCores(command: readonly string[]): readonly string[] {
  return canPin ? ['taskset', '--cpu-list', `0-${os.cpus().length - 1}`, ...command] : command
}

/** This process leaves the servers alone: it waits for them to start, and is in their way if it is on their core. */
export function pinSelf(): void {
  if (canPin) spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(LOAD_CORE), String(process.pid)], { stdio: 'ignore' })
}
