import type { NextApiRequest, NextApiResponse } from 'next'
import { DatabaseError } from 'pg'
import { pool } from '../../../lib/pool'

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  if (req.method === 'POST') {
    const client = await pool.connect()
    try {
      await client.query('begin')
      const ids: number[] = []
      for (const { text, at } of req.body) {
        const { rows } = await client.query<{ id: number }>('insert into notes (text, at) values ($1, $2) returning id', [text, at])
        ids.push(...rows.map(({ id }) => id))
      }
      await client.query('commit')
      return res.status(201).json({ ids })
    } catch (error) {
      await client.query('rollback')
      if (!(error instanceof DatabaseError)) throw error
      return res.status(409).json({ code: error.code, constraint: error.constraint, column: error.column })
    } finally {
      client.release()
    }
  }
  const { rows } = await pool.query('select text, at, at is not null as dated, count(*) over () as total from notes order by id')
  res.json(rows)
}
