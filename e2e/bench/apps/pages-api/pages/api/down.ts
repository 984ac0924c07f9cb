import { pipeline } from 'node:stream/promises'
import type { NextApiRequest, NextApiResponse } from 'next'
import { gigabyte } from '../../stream.js'

export const config = { api: { bodyParser: false, responseLimit: false } }

export default async function down(_req: NextApiRequest, res: NextApiResponse) {
  res.setHeader('Content-Type', 'application/octet-stream')
  await pipeline(gigabyte(), res)
}
