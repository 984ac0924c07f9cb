import type { NextApiRequest, NextApiResponse } from 'next'
import { pool } from '../../lib/pool'

export default async function handler(_req: NextApiRequest, res: NextApiResponse) {
  await pool.query(`
    create table notes (id serial primary key, text text not null unique, at timestamptz);
    create table authors (id serial primary key, name text not null unique);
    create table books (id serial primary key, title text not null, author_id integer references authors (id));
  `)
  res.status(204).end()
}
