import Database from 'better-sqlite3'
import type { NextApiRequest, NextApiResponse } from 'next'

const db = new Database(':memory:')
db.exec('create table notes (id integer primary key, text text not null unique) strict')
db.function('shout', (text) => String(text).toUpperCase())

const insert = db.prepare('insert into notes (text) values (?)')
const all = db.prepare('select id, shout(text) as text from notes')
const insertAll = db.transaction((texts: string[]) => texts.map((text) => insert.run(text).lastInsertRowid))

export default function handler(req: NextApiRequest, res: NextApiResponse) {
  if (req.method !== 'POST') return res.json(all.all())
  try {
    res.status(201).json({ ids: insertAll(req.body) })
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
    res.status(409).json({ code: error.code })
  }
}
