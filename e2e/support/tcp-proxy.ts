/** A network that can fail: what is between a program and a port of this machine. */

import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'

export interface TcpProxy extends AsyncDisposable {
  readonly port: number
  /** Ends every connection, and refuses others. */
  cut(): Promise<void>
  /** Keeps every connection and accepts others, but nothing arrives any more, and never will on these. */
  hang(): void
  /** Lets connections that are opened from now on through. */
  restore(): Promise<void>
}

export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let hangs = false

  function watch(socket: Socket): Socket {
    sockets.add(socket)
    return socket.on('close', () => sockets.delete(socket)).on('error', () => {})
  }

  function connect(client: Socket): void {
    watch(client)
    if (hangs) return void client.resume()
    const upstream = watch(net.connect(target, '127.0.0.1'))
    client.pipe(upstream).pipe(client)
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  }

  function endAll(): void {
    for (const socket of sockets) socket.destroy()
  }

  const server = net.createServer(connect)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo

  async function cut(): Promise<void> {
    if (!server.listening) return
    server.close()
    endAll()
    await once(server, 'close')
  }

  return {
    port,
    cut,
    hang() {
      hangs = true
      for (const socket of sockets) socket.unpipe().resume()
    },
    async restore() {
      hangs = false
      if (!server.listening) await once(server.listen(port, '127.0.0.1'), 'listening')
    },
    [Symbol.asyncDispose]: cut,
  }
}
