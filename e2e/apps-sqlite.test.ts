// A native addon that the installation compiles, or downloads from elsewhere than npm.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { type Exchange, exchange, startApp } from './support/app.ts'

const installed = existsSync(path.join(import.meta.dirname, 'apps/sqlite/node_modules/better-sqlite3/build/Release/better_sqlite3.node'))
const skip = installed ? false : 'better-sqlite3 is not installed: it could neither be downloaded nor compiled (Debian: g++, make, python3)'

describe('sqlite', { skip }, async () => {
  const app = await startApp('sqlite')
  const row = (request: string, expected: Exchange) => it(request, async () => void (await exchange(app, request, expected)))

  row('POST /api/notes', { body: ['a', 'é'], status: 201, answer: { ids: [1, 2] } })
  row('POST /api/notes - rolled back', { body: ['c', 'a'], status: 409, answer: { code: 'SQLITE_CONSTRAINT_UNIQUE' } })
  row('GET /api/notes - by a function of ours', {
    answer: [
      { id: 1, text: 'A' },
      { id: 2, text: 'É' },
    ],
  })
  row('POST /api/drizzle', { body: { name: 'Ada' }, status: 201, answer: [{ id: 1, name: 'Ada' }] })
  row('GET /api/drizzle', { answer: [{ id: 1, name: 'Ada' }] })
})
