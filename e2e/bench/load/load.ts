/** Asks a server as fast as it can answer, by wrk or, where there is none, by autocannon. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { programOnPath } from '../../support/programs.ts'
import { LOAD_CORE, pinned } from '../subjects/pinned.ts'
import { cache } from '../subjects/places.ts'
import { parseWrk, wrkScript } from './wrk.ts'

/** The same request over and over, or several paths in turn. */
export interface LoadRequest {
  readonly method: string
  readonly paths: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Load {
  readonly requests: number
  readonly perSecond: number
  /** Answers with a status from 400. */
  readonly failures: number
  /** Requests without a whole answer. */
  readonly socketErrors: number
}

export const CONNECTIONS = 32
export const TOOL: string = programOnPath('wrk') ? 'wrk' : 'autocannon'

/** What a request means to the tool; made once, since some are large. */
export interface Plan {
  readonly file: string
  readonly request: LoadRequest
}

export function plan(name: string, request: LoadRequest): Plan {
  const folder = path.join(cache, 'load')
  mkdirSync(folder, { recursive: true })
  const pathsFile = path.join(folder, `${name}.txt`)
  writeFileSync(pathsFile, `${request.paths.join('\n')}\n`)
  const file = path.join(folder, `${name}.${TOOL === 'wrk' ? 'lua' : 'json'}`)
  writeFileSync(file, TOOL === 'wrk' ? wrkScript(request, pathsFile) : JSON.stringify({ ...request, connections: CONNECTIONS }))
  return { file, request }
}

export async function load({ file, request }: Plan, port: number, seconds: number): Promise<Load> {
  const url = `http://127.0.0.1:${port}${request.paths[0]}`
  if (TOOL === 'wrk') {
    return parseWrk(
      await run(['wrk', '--threads', '1', '--connections', String(CONNECTIONS), '--duration', `${seconds}s`, '--timeout', '10s', '--script', file, url]),
    )
  }
  return JSON.parse(await run([process.execPath, '--import', 'tsx', path.join(import.meta.dirname, 'autocannon.ts'), file, url, String(seconds)]))
}

async function run(command: readonly string[]): Promise<string> {
  const [program = '', ...args] = pinned(LOAD_CORE, command)
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${out}${errors}`)
  return out
}
