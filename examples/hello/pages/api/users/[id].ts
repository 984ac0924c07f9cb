import type { ApiRequest, ApiResponse } from 'apiroutes'

export default function handler(req: ApiRequest, res: ApiResponse) {
  res.json({ id: req.query.id })
}
