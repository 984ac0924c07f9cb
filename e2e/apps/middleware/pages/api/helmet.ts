import helmet from 'helmet'
import type { NextApiRequest, NextApiResponse } from 'next'
import { runMiddleware } from '../../lib/run-middleware'

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  await runMiddleware(req, res, helmet({ contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } } }))
  res.status(200).send('safe')
}
