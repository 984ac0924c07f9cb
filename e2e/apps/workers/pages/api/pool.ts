import type { NextApiRequest, NextApiResponse } from 'next'
import Piscina from 'piscina'

const pool = new Piscina({ filename: new URL('../../workers/primes-pool.ts', import.meta.url).href, maxThreads: 2 })

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  try {
    const runs = await Promise.all([req.query.below].flat().map((below) => pool.run({ below: Number(below) })))
    res.json(runs)
  } catch (error) {
    res.status(400).json({ error: String(error) })
  }
}
