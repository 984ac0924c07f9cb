import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { NextApiRequest, NextApiResponse } from 'next'

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const worker = new Worker(new URL('../../workers/primes-thread.ts', import.meta.url), { workerData: { below: Number(req.query.below) } })
  const [message] = await once(worker, 'message')
  res.json(message)
}
