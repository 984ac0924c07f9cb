import { isEven } from 'fixture-circular-esm'
import { format } from 'fixture-dual'
import { feature } from 'fixture-dual/features/a'
import { loaded } from 'fixture-top-level-await'
import type { NextApiRequest, NextApiResponse } from 'next'

export default function handler(_req: NextApiRequest, res: NextApiResponse) {
  res.json({ format, feature, loaded, even: [0, 1, 2, 7].map(isEven) })
}
