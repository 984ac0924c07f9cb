// Packages with native addons that npm has built already. Their files lie beside server.js.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import sharp from 'sharp'
import { type Exchange, exchange, startApp } from './support/app.ts'

describe('native addons', async () => {
  const app = await startApp('native-addons')
  const row = (request: string, expected: Exchange) => it(request, async () => void (await exchange(app, request, expected)))

  it('bcrypt hashes, and knows its hashes', async () => {
    const created = await exchange(app, 'POST /api/password', { body: { password: 'secret' }, status: 201 })
    const { hash } = (await created.json()) as { hash: string }
    assert.match(hash, /^\$2b\$04\$/)
    await exchange(app, 'POST /api/password', { body: { password: 'secret', hash }, answer: { matches: true } })
    await exchange(app, 'POST /api/password', { body: { password: 'guess', hash }, answer: { matches: false } })
  })

  it('sharp makes an image smaller', async () => {
    const png = await sharp({ create: { width: 64, height: 32, channels: 3, background: '#f00' } })
      .png()
      .toBuffer()
    const answer = await exchange(app, 'POST /api/thumbnail?width=16', { body: png, answerHeaders: { 'content-type': 'image/webp' } })
    const { format, width, height } = await sharp(await answer.arrayBuffer()).metadata()
    assert.deepEqual([format, width, height], ['webp', 16, 8])
  })
  row('POST /api/thumbnail?width=16 - no image', { body: 'text', status: 415, answer: /unsupported image format/ })
})
