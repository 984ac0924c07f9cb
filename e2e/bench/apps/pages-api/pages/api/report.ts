import type { NextApiRequest, NextApiResponse } from 'next'
import { rows } from '../../rows.js'

export default function report(_req: NextApiRequest, res: NextApiResponse) {
  res.status(200).json(rows)
}
