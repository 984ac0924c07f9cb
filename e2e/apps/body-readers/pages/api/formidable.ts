import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { unlink } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import formidable, { errors as formidableErrors, type Files } from 'formidable'
import type { NextApiRequest, NextApiResponse } from 'next'

export const config = {
  api: {
    bodyParser: false,
  },
}

async function sha256(file: string) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

async function describe(files: Files) {
  return Promise.all(
    Object.entries(files).flatMap(([field, list = []]) =>
      list.map(async ({ filepath, originalFilename, mimetype, size }) => {
        const described = { field, name: originalFilename, type: mimetype, size, sha256: await sha256(filepath) }
        await unlink(filepath)
        return described
      }),
    ),
  )
}

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const form = formidable({ maxFileSize: 25 * 1024 * 1024 })
  try {
    const [fields, files] = await form.parse(req)
    res.json({ fields, files: await describe(files) })
  } catch (error: any) {
    if (error.code === formidableErrors.biggerThanTotalMaxFileSize) return res.status(413).json({ error: 'too large' })
    res.status(error.httpCode ?? 500).json({ error: String(error) })
  }
}
