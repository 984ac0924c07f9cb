import type { NextApiRequest, NextApiResponse } from 'next'

type Middleware = (req: any, res: any, next: (result?: unknown) => void) => unknown

/** Runs a middleware made for Express, and waits for it to call `next`. */
export function runMiddleware(req: NextApiRequest, res: NextApiResponse, middleware: Middleware): Promise<unknown> {
  return new Promise((resolve, reject) => {
    middleware(req, res, (result) => (result instanceof Error ? reject(result) : resolve(result)))
  })
}
