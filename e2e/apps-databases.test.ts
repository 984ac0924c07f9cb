// Clients of databases, against real servers.
import { after, describe, it } from 'node:test'
import { type Exchange, exchange, startApp } from './support/app.ts'
import { type DatabaseServer, startPostgres, startRedis } from './support/database-servers.ts'
import type { Missing } from './support/programs.ts'

describe('databases', async () => {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  const app = await startApp('databases', { env: { DATABASE_URL: urlOf(postgres), REDIS_URL: urlOf(redis) } })
  for (const server of [postgres, redis]) if ('stop' in server) after(() => server.stop())

  const rowsWith = (server: DatabaseServer | Missing) => (request: string, expected: Exchange) => {
    it(request, { skip: 'missing' in server && server.missing }, async () => void (await exchange(app, request, expected)))
  }

  describe('pg', () => {
    const row = rowsWith(postgres)
    row('POST /api/setup', { status: 204 })
    row('POST /api/notes - a transaction', { body: [{ text: 'é' }, { text: 'b', at: '2026-01-02T03:04:05Z' }], status: 201, answer: { ids: [1, 2] } })
    row('POST /api/notes - rolled back', { body: [{ text: 'c' }, { text: 'é' }], status: 409, answer: { code: '23505', constraint: 'notes_text_key' } })
    row('POST /api/notes - rolled back too', { body: [{ text: null }], status: 409, answer: { code: '23502', column: 'text' } })
    row('GET /api/notes', {
      answer: [
        { text: 'é', at: null, dated: false, total: '2' },
        { text: 'b', at: '2026-01-02T03:04:05.000Z', dated: true, total: '2' },
      ],
    })
    row('GET /api/notes/parallel - twenty queries on a pool of four', { answer: { sum: 190, connections: 4 } })
  })

  describe('drizzle-orm', () => {
    const row = rowsWith(postgres)
    row('POST /api/drizzle/authors', { body: { name: 'Ada', titles: ['Notes', 'Letters'] }, status: 201, answer: { id: 1, name: 'Ada' } })
    row('POST /api/drizzle/authors - the same again', { body: { name: 'Ada', titles: [] }, status: 409, answer: { code: '23505' } })
    row('GET /api/drizzle/authors', { answer: [{ name: 'Ada', books: [{ title: 'Notes' }, { title: 'Letters' }] }] })
    row('GET /api/drizzle/authors?counts=1', { answer: [{ name: 'Ada', books: 2 }] })
  })

  describe('redis', () => {
    const row = rowsWith(redis)
    row('GET /api/cache?key=a', { answer: { missing: true } })
    row('PUT /api/cache?key=a', { body: { deep: ['é'] }, status: 204 })
    row('GET /api/cache?key=a - there now', { answer: { value: { deep: ['é'] }, expires: true } })
    row('POST /api/cache?key=n - a transaction', { answer: { n: [1, 2] } })
    row('DELETE /api/cache?key=n - an error of the server', { status: 409, answer: /WRONGTYPE/ })
    row('POST /api/publish', { body: 'news!', headers: { 'content-type': 'text/plain' }, answer: { heard: 'news!' } })
  })
})

/** Nobody listens on port 1. */
function urlOf(server: DatabaseServer | Missing): string {
  return 'missing' in server ? 'tcp://127.0.0.1:1' : server.url
}
