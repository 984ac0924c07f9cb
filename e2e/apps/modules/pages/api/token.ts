import { jwtVerify, SignJWT, errors } from 'jose'
import type { NextApiRequest, NextApiResponse } from 'next'

const secret = new TextEncoder().encode('a secret of at least thirty-two bytes')

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  if (req.method === 'POST') {
    const token = await new SignJWT({ name: req.body.name }).setProtectedHeader({ alg: 'HS256' }).setIssuedAt().setExpirationTime('2h').sign(secret)
    return res.status(201).json({ token })
  }
  try {
    const { payload } = await jwtVerify(req.headers.authorization?.replace(/^Bearer /, '') ?? '', secret)
    res.status(200).json({ name: payload.name })
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error
    res.status(401).json({ code: error.code, name: error.constructor.name })
  }
}
