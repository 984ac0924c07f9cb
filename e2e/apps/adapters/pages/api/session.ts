import { getIronSession } from 'iron-session'
import type { NextApiRequest, NextApiResponse } from 'next'
import { type SessionData, sessionOptions } from '../../lib/session'

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const session = await getIronSession<SessionData>(req, res, sessionOptions)
  if (req.method === 'POST') {
    session.username = req.body.username
    session.counter = 0
    await session.save()
    return res.json(session)
  }
  if (req.method === 'DELETE') {
    session.destroy()
    return res.json({ loggedIn: false })
  }
  if (session.username === undefined) return res.status(401).json({ loggedIn: false })
  session.counter = (session.counter ?? 0) + 1
  await session.save()
  res.json({ username: session.username, counter: session.counter })
}
