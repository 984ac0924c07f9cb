import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { NextApiRequest, NextApiResponse } from 'next'
import { type WebSocket, WebSocketServer } from 'ws'

const wss = new WebSocketServer({ noServer: true })
wss.on('connection', (socket: WebSocket, req: IncomingMessage) => {
  socket.send(`hello ${new URL(req.url ?? '', 'http://localhost').searchParams.get('name')}`)
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
})

const attached = new WeakSet<Server>()

export default function handler(_req: NextApiRequest, res: NextApiResponse) {
  const { server } = res.socket as unknown as { server: Server }
  if (!attached.has(server)) {
    attached.add(server)
    server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (!req.url?.startsWith('/api/ws?')) return
      wss.handleUpgrade(req, socket, head, (client) => wss.emit('connection', client, req))
    })
  }
  res.status(426).end()
}
