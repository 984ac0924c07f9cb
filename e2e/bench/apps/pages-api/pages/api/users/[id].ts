import type { NextApiRequest, NextApiResponse } from 'next'

export default function user(req: NextApiRequest, res: NextApiResponse) {
  const { id, page, sort } = req.query
  res.status(200).json({ id, page, sort })
}
