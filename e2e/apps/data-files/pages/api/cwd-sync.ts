import fs from 'fs'
import path from 'path'
import type { NextApiRequest, NextApiResponse } from 'next'

const france = JSON.parse(fs.readFileSync(path.join(process.cwd(), 'data', 'france.json'), 'utf8'))

export default function handler(_req: NextApiRequest, res: NextApiResponse) {
  res.json(france)
}
