import fs from 'node:fs'
import path from 'node:path'
import type { NextApiRequest, NextApiResponse } from 'next'

const folder = path.join(process.cwd(), 'data')

export default function handler(req: NextApiRequest, res: NextApiResponse) {
  const file = path.join(folder, `${req.query.country}.json`)
  if (!fs.existsSync(file)) return res.status(404).json({ known: fs.readdirSync(folder).filter((name) => name.endsWith('.json')).sort() })
  res.setHeader('Content-Type', 'application/json').send(fs.createReadStream(file))
}
