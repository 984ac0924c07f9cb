import { Pool } from 'pg'

/** Kept between hot reloads, as is usual in Next.js. */
const kept = globalThis as unknown as { pool?: Pool }

export const pool = (kept.pool ??= new Pool({ connectionString: process.env.DATABASE_URL, max: 4 }))
