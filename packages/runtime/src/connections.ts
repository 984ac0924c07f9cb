/** The connections of a server, and how they end without cutting anybody off. */

import type { Server } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import type { ApiRequest } from './request.ts'
import type { ApiResponse } from './response.ts'

/** How long the rest of a request's head may take while the server drains, in milliseconds. */
const HEAD_GRACE = 1_000

/** How long new connections may go on to be accepted, in milliseconds: Node.js takes one a turn of the event loop, and many can wait. */
const ACCEPT_GRACE = 1_000

/** What node:http keeps on a socket: the response under way, and the parser with the last request, until the connection is upgraded. */
export type HttpSocket = Socket & { readonly _httpMessage?: ApiResponse | null; readonly parser?: { readonly incoming: ApiRequest | null } | null }

export interface Connections {
  /** No new connections, and none that is open is used for a second request. */
  stop(): Promise<void>
  /** Resolves when the requests in flight have been answered. Upgraded connections (WebSocket) are left to those who upgraded them. */
  drained(): Promise<void>
  /** The requests that are being answered. */
  requests(): ApiRequest[]
}

export function trackConnections(server: Server): Connections {
  const sockets = new Set<HttpSocket>()
  let accepted = 0
  let changed = (): void => {}
  server.on('connection', (socket) => {
    accepted++
    sockets.add(socket)
    socket.once('close', () => {
      sockets.delete(socket)
      changed()
    })
  })

  /** Who is connected by now is accepted, and what they have sent is read, and so in flight. */
  async function takeIn(): Promise<void> {
    const end = performance.now() + ACCEPT_GRACE
    for (let before = accepted, quiet = 0; quiet < 2; before = accepted) {
      await new Promise(setImmediate)
      quiet = accepted === before || performance.now() > end ? quiet + 1 : 0
    }
  }

  return {
    async stop() {
      await takeIn()
      server.prependListener('request', (_req, res) => endAfter(res as ApiResponse))
      for (const { _httpMessage } of sockets) if (_httpMessage) endAfter(_httpMessage)
      if (server.listening) NetServer.prototype.close.call(server) // that of node:http cuts answers that are complete but not sent yet
      closeIdle(server, sockets)
      setTimeout(() => {
        for (const socket of sockets) if (!socket._httpMessage && !isUpgraded(socket)) socket.destroy()
        changed() // one whose head was on its way may be upgraded by now
      }, HEAD_GRACE)
    },
    async drained() {
      while (![...sockets].every(isUpgraded)) {
        await new Promise<void>((resolve) => {
          changed = resolve
        })
      }
    },
    requests: () => [...sockets].flatMap(({ _httpMessage }) => _httpMessage?.req ?? []),
  }
}

/** The connection ends with this answer, or with the last one to the requests pipelined behind it; that says so in a header when it still can. */
function endAfter(res: ApiResponse): void {
  const socket: HttpSocket = res.req.socket
  if ((socket.parser?.incoming ?? res.req) === res.req) res.shouldKeepAlive = false
  res.once('close', () => {
    if (socket._httpMessage) endAfter(socket._httpMessage)
    else socket.destroySoon()
  })
}

/** Connections without a request; those that have sent a part of one's head are not idle, and may send the rest. */
function closeIdle(server: Server, sockets: ReadonlySet<HttpSocket>): void {
  const answering = [...sockets].filter(({ _httpMessage }) => _httpMessage)
  for (const socket of answering) socket.destroy = () => socket // Node.js counts an answer as sent when it is complete
  server.closeIdleConnections()
  for (const socket of answering) delete (socket as Partial<Socket>).destroy
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy() // it never sent a request, which Node.js takes for a busy one
}

function isUpgraded({ parser }: HttpSocket): boolean {
  return parser === null
}
