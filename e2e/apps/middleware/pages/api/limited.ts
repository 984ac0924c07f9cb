import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import type { NextApiRequest, NextApiResponse } from 'next'
import { runMiddleware } from '../../lib/run-middleware'

const limiter = rateLimit({
  windowMs: 60_000,
  limit: 2,
  standardHeaders: 'draft-7',
  legacyHeaders: true,
  keyGenerator: (req) => String(req.query.user ?? ipKeyGenerator(req.socket.remoteAddress ?? '')),
})

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  await runMiddleware(req, res, limiter)
  res.json({ ok: true })
}
