import type { NextApiRequest, NextApiResponse } from 'next'

export const config = { api: { bodyParser: false } }

export default async function up(req: NextApiRequest, res: NextApiResponse) {
  let bytes = 0
  for await (const chunk of req) bytes += chunk.length
  res.status(200).json({ bytes })
}
