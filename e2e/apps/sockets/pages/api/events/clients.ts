import { once } from 'node:events'
import type { NextApiRequest, NextApiResponse } from 'next'
import { clients, ticks } from '../../../lib/ticks'

export default async function handler(_req: NextApiRequest, res: NextApiResponse) {
  if (clients.aborted < clients.connected) await once(ticks, 'gone')
  res.json(clients)
}
