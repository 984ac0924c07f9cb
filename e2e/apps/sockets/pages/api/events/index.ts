import type { NextApiRequest, NextApiResponse } from 'next'
import { clients, ticks } from '../../../lib/ticks'

export default function handler(req: NextApiRequest, res: NextApiResponse) {
  res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache, no-transform', Connection: 'keep-alive' })
  res.flushHeaders()
  clients.connected++

  const send = (data: unknown) => res.write(`data: ${JSON.stringify(data)}\n\n`)
  ticks.on('tick', send)
  req.on('close', () => {
    clients.aborted++
    ticks.off('tick', send)
    ticks.emit('gone')
    res.end()
  })
}
