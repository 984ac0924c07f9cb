import type { ApiRequest, ApiResponse } from 'apiroutes'

type Greeting = { message: string }

export default function handler(req: ApiRequest, res: ApiResponse<Greeting>) {
  const name = req.query.name ?? 'world'
  res.status(200).json({ message: `Hello, ${name}!` })
}
