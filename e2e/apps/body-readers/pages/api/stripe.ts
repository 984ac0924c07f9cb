import { buffer } from 'node:stream/consumers'
import type { NextApiRequest, NextApiResponse } from 'next'
import Stripe from 'stripe'

export const config = {
  api: {
    bodyParser: false,
  },
}

const stripe = new Stripe('sk_test_not_a_key')

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  if (req.method !== 'POST') {
    res.setHeader('Allow', 'POST')
    return res.status(405).end('Method Not Allowed')
  }
  let event: Stripe.Event
  try {
    event = stripe.webhooks.constructEvent(await buffer(req), req.headers['stripe-signature'] as string, process.env.STRIPE_WEBHOOK_SECRET as string)
  } catch (error) {
    return res.status(400).send(`Webhook Error: ${(error as Error).constructor.name}`)
  }
  res.json({ received: true, type: event.type })
}
