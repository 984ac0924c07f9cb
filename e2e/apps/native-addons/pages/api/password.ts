import bcrypt from 'bcrypt'
import type { NextApiRequest, NextApiResponse } from 'next'

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const { password, hash } = req.body
  if (hash) return res.json({ matches: await bcrypt.compare(password, hash) })
  res.status(201).json({ hash: await bcrypt.hash(password, 4) })
}
