import Cors from 'cors'
import type { NextApiRequest, NextApiResponse } from 'next'
import { runMiddleware } from '../../lib/run-middleware'

const cors = Cors({ methods: ['POST', 'GET', 'HEAD'], origin: ['https://app.example', /\.partner\.example$/], credentials: true })

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  await runMiddleware(req, res, cors)
  res.json({ body: req.body })
}
