import cors from 'cors'
import helmet from 'helmet'
import type { NextApiRequest, NextApiResponse } from 'next'
import { createRouter, expressWrapper } from 'next-connect'

interface Request extends NextApiRequest {
  user?: string
}

const users = new Map([['1', { name: 'Ada' }]])

const router = createRouter<Request, NextApiResponse>()

router
  .use(expressWrapper(helmet()) as any)
  .use(expressWrapper(cors({ exposedHeaders: 'x-took' })) as any)
  .use(async (req, res, next) => {
    req.user = req.cookies.user
    const result = await next()
    if (!res.headersSent) res.status(500).end('the rest did not answer')
    return result
  })
  .get((req, res) => {
    const user = users.get(String(req.query.id))
    if (!user) return res.status(404).json({ error: 'no such user' })
    res.json({ ...user, seenBy: req.user ?? null })
  })
  .put(
    (req, _res, next) => {
      if (!req.user) throw new Error('log in first')
      return next()
    },
    (req, res) => {
      users.set(String(req.query.id), req.body)
      res.status(201).json(req.body)
    },
  )

export default router.handler({
  onError: (error, _req, res) => {
    res.status(401).json({ error: (error as Error).message })
  },
  onNoMatch: (req, res) => {
    res.status(405).json({ error: `${req.method} is not for users` })
  },
})
