import type { NextApiRequest, NextApiResponse } from 'next'
import { createClient, ErrorReply } from 'redis'

const client = createClient({ url: process.env.REDIS_URL })
client.on('error', (error) => console.error('redis', error))
const connected = client.connect()

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  await connected
  const key = String(req.query.key)
  if (req.method === 'PUT') {
    await client.set(key, JSON.stringify(req.body), { expiration: { type: 'EX', value: 60 } })
    return res.status(204).end()
  }
  if (req.method === 'POST') {
    try {
      return res.json({ [key]: await client.multi().incr(key).incr(key).exec() })
    } catch (error) {
      return res.status(409).json({ error: String(error) })
    }
  }
  if (req.method === 'DELETE') {
    try {
      return res.json({ length: await client.lLen(key) })
    } catch (error) {
      if (!(error instanceof ErrorReply)) throw error
      return res.status(409).json({ error: error.message })
    }
  }
  const value = await client.get(key)
  res.json(value === null ? { missing: true } : { value: JSON.parse(value), expires: (await client.ttl(key)) > 0 })
}
