// Packages that read the body themselves, with `bodyParser: false`.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import Stripe from 'stripe'
import { type Exchange, exchange, startApp } from './support/app.ts'

const MEGABYTE = 1024 * 1024

describe('body readers', async () => {
  const app = await startApp('body-readers', { warnings: ['path-not-traced'], env: { STRIPE_WEBHOOK_SECRET: 'whsec_test' } })
  const row = (request: string, expected: Exchange) => it(request, async () => void (await exchange(app, request, expected)))

  function form(size: number): { body: FormData; sha256: string } {
    const bytes = randomBytes(size)
    const body = new FormData()
    body.set('title', 'größer')
    body.set('upload', new Blob([bytes], { type: 'application/x-made-up' }), 'big ü.bin')
    return { body, sha256: createHash('sha256').update(bytes).digest('hex') }
  }

  for (const name of ['formidable', 'busboy']) {
    it(`${name} gets 20 MB as they were sent`, async () => {
      const { body, sha256 } = form(20 * MEGABYTE)
      const answer = await (await exchange(app, `POST /api/${name}`, { body })).json()
      const { fields, files } = answer as { fields: { title: string | string[] }; files: unknown[] }
      assert.deepEqual([fields.title].flat(), ['größer'])
      assert.deepEqual(files, [{ field: 'upload', name: 'big ü.bin', type: 'application/x-made-up', size: 20 * MEGABYTE, sha256 }])
    })
  }
  it('formidable keeps to its own limit', async () => {
    await exchange(app, 'POST /api/formidable', { body: form(25 * MEGABYTE + 1).body, status: 413, answer: { error: 'too large' } })
  })
  row('POST /api/busboy - a form that is cut', {
    body: '--x\r\n',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    status: 400,
    answer: /Unexpected end of form/,
  })

  describe('stripe', () => {
    const payload = '{\n  "id": "evt_1", "object": "event", "type": "customer.créated"\n}'
    const signed = new Stripe('sk_test_not_a_key').webhooks.generateTestHeaderString({ payload, secret: 'whsec_test' })
    const event = (text: string, signature: string) => ({ body: text, headers: { 'content-type': 'application/json', 'stripe-signature': signature } })
    row('POST /api/stripe - the body as it was signed', { ...event(payload, signed), answer: { received: true, type: 'customer.créated' } })
    row('POST /api/stripe - another body', {
      ...event(payload.replace('\n', ''), signed),
      status: 400,
      answer: 'Webhook Error: StripeSignatureVerificationError',
    })
    row('POST /api/stripe - no signature', { ...event(payload, ''), status: 400, answer: 'Webhook Error: StripeSignatureVerificationError' })
    row('GET /api/stripe', { status: 405, answerHeaders: { allow: 'POST' } })
  })
})
