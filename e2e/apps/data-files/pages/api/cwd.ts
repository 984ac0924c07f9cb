import { promises as fs } from 'node:fs'
import path from 'node:path'
import type { NextApiRequest, NextApiResponse } from 'next'

export default async function handler(_req: NextApiRequest, res: NextApiResponse) {
  res.json(JSON.parse(await fs.readFile(path.join(process.cwd(), 'data/france.json'), 'utf8')))
}
