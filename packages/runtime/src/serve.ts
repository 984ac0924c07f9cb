import { createServer, type Server, type ServerResponse } from 'node:http'
import { type App, createApp, dispatch } from './dispatch.ts'
import { EnvError, readEnv } from './env.ts'
import { exitOnSignal, listen, surviveStrayErrors } from './lifecycle.ts'
import { createLog } from './log.ts'
import type { Manifest } from './manifest.ts'
import { ApiRequest } from './request.ts'
import { ApiResponse } from './response.ts'
import { createStackMapper } from './stack.ts'
import { verify } from './verify.ts'

/**
 * Serves an app until a signal ends the process: what `node dist/server.js` does. PORT and HOST come from the environment.
 * @param bundleUrl the `import.meta.url` of the bundle, whose `.map` names the user's files in logged stacks.
 */
export async function serve(manifest: Manifest, bundleUrl: string): Promise<void> {
  process.env.NODE_ENV ||= 'production'
  const log = createLog(createStackMapper(bundleUrl))
  const app = createApp(manifest, log)
  const server = createHttpServer(app)
  try {
    const { address, port, family } = await listen(server, readEnv(process.env))
    const host = address === '::' || address === '0.0.0.0' ? 'localhost' : family === 'IPv6' ? `[${address}]` : address
    log.info(`listening on http://${host}:${port}`)
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    console.error(`apiroutes: ${error.message}`)
    process.exit(1)
  }
  surviveStrayErrors(log)
  if (process.argv.includes('--verify')) process.exit(await verify(app))
  exitOnSignal(server)
}

/** A node:http server whose requests and responses carry the helpers of the contract. */
export function createHttpServer(app: App): Server {
  const server = createServer({ IncomingMessage: ApiRequest, ServerResponse: ApiResponse as typeof ServerResponse<ApiRequest> })
  server.on('request', (req, res) => void dispatch(app, req, res as ApiResponse))
  server.on('checkContinue', (req, res) => {
    ;(res as ApiResponse).expectContinue()
    server.emit('request', req, res)
  })
  return server as Server
}
