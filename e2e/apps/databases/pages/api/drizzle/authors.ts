import { DrizzleQueryError, eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import type { NextApiRequest, NextApiResponse } from 'next'
import { DatabaseError } from 'pg'
import { pool } from '../../../lib/pool'
import * as schema from '../../../lib/schema'

const db = drizzle(pool, { schema })
const { authors, books } = schema

async function add({ name, titles }: { name: string; titles: string[] }) {
  return db.transaction(async (tx) => {
    const [author] = await tx.insert(authors).values({ name }).returning()
    await tx.insert(books).values(titles.map((title) => ({ title, authorId: author?.id })))
    return author
  })
}

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  if (req.method === 'POST') {
    try {
      return res.status(201).json(await add(req.body))
    } catch (error) {
      if (!(error instanceof DrizzleQueryError && error.cause instanceof DatabaseError)) throw error
      return res.status(409).json({ code: error.cause.code })
    }
  }
  if (req.query.counts) {
    const counts = { name: authors.name, books: sql<number>`count(*)::int` }
    return res.json(await db.select(counts).from(authors).innerJoin(books, eq(books.authorId, authors.id)).groupBy(authors.name))
  }
  res.json(await db.query.authors.findMany({ columns: { id: false }, with: { books: { columns: { title: true } } } }))
}
