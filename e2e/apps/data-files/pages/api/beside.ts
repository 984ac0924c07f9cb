import type { NextApiRequest, NextApiResponse } from 'next'
import { beside } from '../../lib/beside'

export default function handler(_req: NextApiRequest, res: NextApiResponse) {
  res.send(beside)
}
