import type { NextApiRequest, NextApiResponse } from 'next'
import { ticks } from '../../../lib/ticks'

export default function handler(req: NextApiRequest, res: NextApiResponse) {
  res.json({ heard: ticks.emit('tick', req.body) })
}
