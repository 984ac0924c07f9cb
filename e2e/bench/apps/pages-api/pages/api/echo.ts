import type { NextApiRequest, NextApiResponse } from 'next'

export default function echo(req: NextApiRequest, res: NextApiResponse) {
  const { name, items } = req.body
  res.status(200).json({ name, items: items.length })
}
