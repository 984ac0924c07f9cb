import type { NextApiRequest, NextApiResponse } from 'next'
import { SourceMapConsumer } from 'source-map'

/** The package reads its own `mappings.wasm`. */
export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const { map, line, column } = req.body
  res.json(await SourceMapConsumer.with(map, null, (consumer) => consumer.originalPositionFor({ line, column })))
}
