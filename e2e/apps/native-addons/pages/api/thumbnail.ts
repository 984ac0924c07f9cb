import type { NextApiRequest, NextApiResponse } from 'next'
import sharp from 'sharp'

export const config = { api: { bodyParser: false } }

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const image = req.pipe(sharp()).resize({ width: Number(req.query.width) })
  res.setHeader('Content-Type', 'image/webp')
  try {
    res.send(await image.webp().toBuffer())
  } catch (error) {
    res.setHeader('Content-Type', 'text/plain')
    res.status(415).send((error as Error).message)
  }
}
