/** What wrk is told, in Lua, and what it says. */

import type { Load, LoadRequest } from './load.ts'

/**
 * Without a function `request` wrk makes the request once, and Lua costs nothing afterwards. `pathsFile` has a path on each
 * line: a script with thousands of strings is more than Lua can read.
 */
export function wrkScript({ method, paths, headers = {}, body }: LoadRequest, pathsFile: string): string {
  const lines = [
    `wrk.method = ${lua(method)}`,
    ...Object.entries(headers).map(([name, value]) => `wrk.headers[${lua(name)}] = ${lua(value)}`),
    ...(body === undefined ? [] : [`wrk.body = ${lua(body)}`]),
    ...(paths.length > 1 ? inTurn(pathsFile) : []),
  ]
  return `${lines.join('\n')}\n`
}

function inTurn(pathsFile: string): string[] {
  return [
    'local requests, at = {}, 0',
    'function init()',
    `  for path in io.lines(${lua(pathsFile)}) do requests[#requests + 1] = wrk.format(nil, path) end`,
    'end',
    'function request()',
    '  at = at % #requests + 1',
    '  return requests[at]',
    'end',
  ]
}

/** A string of Lua; what it holds are paths, headers and JSON. */
function lua(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`
}

/** @throws Error with the output, if it is not what wrk prints. */
export function parseWrk(output: string): Load {
  const requests = Number(/(\d+) requests in /.exec(output)?.[1])
  const perSecond = Number(/Requests\/sec: +([\d.]+)/.exec(output)?.[1])
  if (!(perSecond > 0)) throw new Error(`this is not what wrk prints of a server that answers:\n${output}`)
  const failures = Number(/Non-2xx or 3xx responses: (\d+)/.exec(output)?.[1] ?? 0)
  const errors = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(output)?.slice(1) ?? []
  return { requests, perSecond, failures, socketErrors: errors.reduce((sum, count) => sum + Number(count), 0) }
}
