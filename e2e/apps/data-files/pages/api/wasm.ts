import { readFile } from 'node:fs/promises'
import type { NextApiRequest, NextApiResponse } from 'next'

const { instance } = await WebAssembly.instantiate(await readFile(new URL('../../lib/add.wasm', import.meta.url)))
const add = instance.exports['add'] as (a: number, b: number) => number

export default function handler(req: NextApiRequest, res: NextApiResponse) {
  res.json({ sum: add(Number(req.query.a), Number(req.query.b)) })
}
