import { createHash } from 'node:crypto'
import busboy from 'busboy'
import type { NextApiRequest, NextApiResponse } from 'next'

export const config = { api: { bodyParser: false } }

interface Uploaded {
  field: string
  name: string | undefined
  type: string
  size: number
  sha256: string
}

export default function handler(req: NextApiRequest, res: NextApiResponse) {
  const fields: Record<string, string> = {}
  const files: Uploaded[] = []
  const parser = busboy({ headers: req.headers, defParamCharset: 'utf8' })
  parser.on('field', (name, value) => {
    fields[name] = value
  })
  parser.on('file', (field, stream, { filename, mimeType }) => {
    const hash = createHash('sha256')
    let size = 0
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length
      hash.update(chunk)
    })
    stream.on('end', () => files.push({ field, name: filename, type: mimeType, size, sha256: hash.digest('hex') }))
  })
  parser.on('error', (error) => res.status(400).json({ error: String(error) }))
  parser.on('close', () => res.json({ fields, files }))
  req.pipe(parser)
}
