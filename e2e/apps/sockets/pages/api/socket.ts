import type { Server as HttpServer } from 'node:http'
import type { Socket } from 'node:net'
import type { NextApiRequest, NextApiResponse } from 'next'
import { Server } from 'socket.io'

type WithSocketServer = NextApiResponse & { socket: Socket & { server: HttpServer & { io?: Server } } }

export default function handler(_req: NextApiRequest, res: NextApiResponse) {
  const { server } = (res as WithSocketServer).socket
  if (!server.io) {
    server.io = new Server(server, { path: '/api/socket', addTrailingSlash: false })
    server.io.on('connection', (socket) => {
      socket.on('join', (room: string, joined: () => void) => {
        socket.join(room)
        joined()
      })
      socket.on('say', (room: string, text: string) => socket.to(room).emit('said', text))
      socket.on('upload', (bytes: Buffer, answer: (length: number) => void) => answer(bytes.length))
    })
  }
  res.end()
}
