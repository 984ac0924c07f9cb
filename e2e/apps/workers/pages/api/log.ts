import { promisify } from 'node:util'
import type { NextApiRequest, NextApiResponse } from 'next'
import { logger } from '../../lib/logger'

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  logger.info({ body: req.body }, 'received')
  await promisify(logger.flush.bind(logger))()
  res.status(204).end()
}
