import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { int, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { NextApiRequest, NextApiResponse } from 'next'

const users = sqliteTable('users', { id: int().primaryKey({ autoIncrement: true }), name: text().notNull() })

const client = new Database(':memory:')
client.exec('create table users (id integer primary key autoincrement, name text not null)')
const db = drizzle({ client })

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  if (req.method === 'POST') return res.status(201).json(await db.insert(users).values(req.body).returning())
  res.json(await db.select().from(users))
}
