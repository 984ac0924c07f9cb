import type { NextApiRequest, NextApiResponse } from 'next'
import { createClient } from 'redis'

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const publisher = createClient({ url: process.env.REDIS_URL })
  const subscriber = publisher.duplicate()
  await Promise.all([publisher.connect(), subscriber.connect()])
  const heard = new Promise<string>((resolve) => void subscriber.subscribe('news', resolve).then(() => publisher.publish('news', req.body)))
  res.json({ heard: await heard })
  await Promise.all([publisher.close(), subscriber.close()])
}
