import * as commonjs from 'fixture-own-data-commonjs'
import * as esm from 'fixture-own-data-esm'
import type { NextApiRequest, NextApiResponse } from 'next'

export default function handler(_req: NextApiRequest, res: NextApiResponse) {
  res.json({ commonjs: commonjs.read(), where: commonjs.where(), esm: esm.read() })
}
