import { trace } from '@opentelemetry/api'
import type { NextApiRequest, NextApiResponse } from 'next'

export const config = { api: { bodyParser: false } }

export default function handler(req: NextApiRequest, res: NextApiResponse) {
  req.resume().on('end', () => {
    trace.getTracer('app').startSpan('received').end()
    res.end()
  })
}
