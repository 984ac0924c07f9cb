import type { NextApiRequest, NextApiResponse } from 'next'
import { message } from '../../lib/message'

/** Changes the message. Whoever opens the page after the answer sees the new one. */
export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  if (req.method !== 'POST' || typeof req.query.text !== 'string') {
    res.status(400).json({ error: 'POST /api/message?text=…' })
    return
  }
  message.text = req.query.text
  message.changes += 1
  await res.revalidate('/')
  res.json({ revalidated: true })
}
