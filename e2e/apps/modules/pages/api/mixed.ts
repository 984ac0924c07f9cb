import cors, { type CorsOptions } from 'cors'
import * as everything from 'fixture-circular-commonjs'
import { name } from 'fixture-circular-commonjs'
import type { NextApiRequest, NextApiResponse } from 'next'

const options: CorsOptions = { origin: 'https://example.com' }

export default function handler(req: NextApiRequest, res: NextApiResponse) {
  cors(options)(req, res, () => res.json({ name, everything: Object.keys(everything).sort(), allowed: res.getHeader('Access-Control-Allow-Origin') }))
}
