import { once } from 'node:events'
import { trace } from '@opentelemetry/api'
import type { NextApiRequest, NextApiResponse } from 'next'

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  await trace.getTracer('app').startActiveSpan('work', async (span) => {
    await new Promise(setImmediate)
    span.end()
  })
  if (req.query.wait) {
    console.log('waiting')
    await once(res, 'close')
    console.log('the client has gone')
  }
  if (req.query.fail) throw new Error('as asked')
  res.json({ id: req.query.id, route: req.route })
}
