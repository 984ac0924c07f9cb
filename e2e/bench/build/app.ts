/** Apps to measure: small routes as people write them, the same for the same count on every machine. */

import path from 'node:path'
import { type FileMap, temporaryFolder, writeFiles } from '../../support/temporary.ts'

const RESOURCES = ['users', 'orders', 'invoices', 'products', 'carts', 'teams', 'projects', 'tickets', 'reports', 'webhooks']
/** A resource has this many routes; each has a folder of its own, so that dynamic segments lie in many places of the tree. */
const KINDS = [list, one, action, nested, upload, files, stats, search, settings, health]

/** A new project with `count` routes, deleted when this process ends. */
export function generateApp(count: number): string {
  const dir = path.join(temporaryFolder(), 'app')
  writeFiles(dir, SHARED)
  for (let i = 0; i < count; i++) writeFiles(dir, routeFile(i))
  return dir
}

function routeFile(i: number): FileMap {
  const group = Math.floor(i / KINDS.length)
  const resource = RESOURCES[group % RESOURCES.length] ?? ''
  const area = `area-${Math.floor(group / RESOURCES.length)}`
  const [name, text] = (KINDS[i % KINDS.length] ?? health)(resource, i)
  const up = '../'.repeat(name.split('/').length + 3)
  return { [`pages/api/${area}/${resource}/${name}`]: text.replaceAll('~/', up) }
}

const SHARED: FileMap = {
  'package.json': '{ "name": "bench", "private": true, "type": "module" }\n',
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "target": "es2022", "module": "esnext", "moduleResolution": "bundler" } }\n',
  'lib/auth.ts': `import type { NextApiRequest } from 'next'
import { HttpError } from './errors'

export interface Session {
  readonly user: { readonly id: string; readonly roles: readonly string[] }
  readonly expires: number
}

export function sessionOf(req: NextApiRequest): Session {
  const token = req.cookies.session ?? req.headers.authorization?.replace(/^Bearer /, '')
  if (!token) throw new HttpError(401, 'sign in first')
  return { user: { id: token.slice(0, 8), roles: ['member'] }, expires: Date.now() + 3_600_000 }
}

export function demand(session: Session, role: string): void {
  if (!session.user.roles.includes(role)) throw new HttpError(403, \`needs the role \${role}\`)
}
`,
  'lib/errors.ts': `export class HttpError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export const statusOf = (error: unknown): number => (error instanceof HttpError ? error.status : 500)
`,
  'lib/store.ts': `export interface Row {
  readonly id: string
  readonly created: string
  readonly [field: string]: unknown
}

const tables = new Map<string, Map<string, Row>>()

export function table(name: string): Map<string, Row> {
  const found = tables.get(name) ?? new Map<string, Row>()
  tables.set(name, found)
  return found
}

export async function insert(name: string, fields: Record<string, unknown>): Promise<Row> {
  const row: Row = { ...fields, id: String(table(name).size + 1), created: new Date().toISOString() }
  table(name).set(row.id, row)
  return row
}
`,
  'lib/validate.ts': `import { HttpError } from './errors'

export type Shape<T> = { readonly [key in keyof T]: (value: unknown) => value is T[key] }

export const isString = (value: unknown): value is string => typeof value === 'string'
export const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

export function parse<T extends object>(body: unknown, shape: Shape<T>): T {
  if (typeof body !== 'object' || body === null) throw new HttpError(422, 'expected an object')
  for (const key of Object.keys(shape) as (keyof T & string)[]) {
    if (!shape[key]((body as T)[key])) throw new HttpError(422, \`\${key} is wrong\`)
  }
  return body as T
}
`,
}

type Route = readonly [name: string, text: string]

function list(resource: string, i: number): Route {
  return [
    'index.ts',
    `import type { NextApiHandler, NextApiRequest, NextApiResponse } from 'next'
import { sessionOf } from '~/lib/auth'
import { insert, type Row, table } from '~/lib/store'
import { isNumber, isString, parse } from '~/lib/validate'

interface Input {
  readonly name: string
  readonly amount: number
}

const PAGE = ${20 + (i % 5) * 10}

async function create(req: NextApiRequest, res: NextApiResponse<Row>): Promise<void> {
  const input = parse<Input>(req.body, { name: isString, amount: isNumber })
  res.status(201).json(await insert('${resource}-${i}', { ...input, owner: sessionOf(req).user.id }))
}

const handler: NextApiHandler<Row | Row[]> = async (req, res) => {
  if (req.method === 'POST') return create(req, res as NextApiResponse<Row>)
  const page = Number(req.query.page ?? 0)
  res.status(200).json([...table('${resource}-${i}').values()].slice(page * PAGE, (page + 1) * PAGE))
}

export default handler
`,
  ]
}

function one(resource: string, i: number): Route {
  return [
    '[id]/index.ts',
    `import type { NextApiRequest, NextApiResponse } from 'next'
import { demand, sessionOf } from '~/lib/auth'
import { type Row, table } from '~/lib/store'

type Answer = Row | { error: string } | null

export default async function handler(req: NextApiRequest, res: NextApiResponse<Answer>) {
  const id = req.query.id as string
  const row = table('${resource}-${i - 1}').get(id)
  if (!row) return res.status(404).json({ error: \`no ${resource} \${id}\` })

  switch (req.method) {
    case 'GET':
      return res.status(200).json(row)
    case 'PATCH': {
      const changed: Row = { ...row, ...(req.body as Partial<Row>), id }
      table('${resource}-${i - 1}').set(id, changed)
      return res.status(200).json(changed)
    }
    case 'DELETE':
      demand(sessionOf(req), 'admin')
      table('${resource}-${i - 1}').delete(id)
      return res.status(204).end()
    default:
      res.setHeader('Allow', ['GET', 'PATCH', 'DELETE'])
      return res.status(405).json({ error: 'method not allowed' })
  }
}
`,
  ]
}

function action(resource: string, i: number): Route {
  return [
    '[id]/archive.ts',
    `import type { NextApiRequest, NextApiResponse } from 'next'
import { statusOf } from '~/lib/errors'
import { table } from '~/lib/store'

export const config = { api: { bodyParser: { sizeLimit: '${1 + (i % 8)}kb' } } }

export default async function archive(req: NextApiRequest, res: NextApiResponse) {
  try {
    const { reason = 'none' } = req.body as { reason?: string }
    const row = table('${resource}-${i}').get(String(req.query.id))
    res.json({ archived: row !== undefined, reason })
  } catch (error) {
    res.status(statusOf(error)).json({ error: (error as Error).message })
  }
}
`,
  ]
}

function nested(resource: string, i: number): Route {
  return [
    '[id]/comments/[comment].ts',
    `import type { NextApiRequest, NextApiResponse } from 'next'
import { sessionOf } from '~/lib/auth'

interface Comment {
  readonly id: string
  readonly on: string
  readonly text: string
  readonly likes: number
}

const likes = new Map<string, Set<string>>()

export default function comment({ query, method, ...req }: NextApiRequest, res: NextApiResponse<Comment>): void {
  const key = \`${resource}-${i}/\${query.id}/\${query.comment}\`
  const found = likes.get(key) ?? new Set<string>()
  if (method === 'PUT') found.add(sessionOf(req as NextApiRequest).user.id)
  likes.set(key, found)
  res.status(200).json({ id: String(query.comment), on: String(query.id), text: key, likes: found.size })
}
`,
  ]
}

function upload(resource: string, i: number): Route {
  return [
    'upload.ts',
    `import { createHash } from 'node:crypto'
import type { NextApiRequest, NextApiResponse, PageConfig } from 'next'

export const config: PageConfig = {
  api: { bodyParser: false, responseLimit: ${i % 2 ? 'false' : "'8mb'"} },
  maxDuration: ${10 + (i % 50)},
}

export default async function upload(req: NextApiRequest, res: NextApiResponse<{ hash: string; bytes: number }>) {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of req as AsyncIterable<Uint8Array>) {
    hash.update(chunk)
    bytes += chunk.byteLength
  }
  res.setHeader('X-Resource', '${resource}')
  res.status(201).json({ hash: hash.digest('hex'), bytes })
}
`,
  ]
}

function files(resource: string, i: number): Route {
  return [
    'files/[...path].ts',
    `import type { NextApiRequest, NextApiResponse } from 'next'
import { HttpError, statusOf } from '~/lib/errors'

const TYPES: Record<string, string> = { txt: 'text/plain', json: 'application/json', csv: 'text/csv' }

function typeOf(path: readonly string[]): string {
  const type = TYPES[path.at(-1)?.split('.').at(-1) ?? '']
  if (!type) throw new HttpError(415, '${resource} of this type are not served')
  return type
}

export default function file(req: NextApiRequest, res: NextApiResponse<string>) {
  const path = req.query.path as string[]
  try {
    res.setHeader('Content-Type', typeOf(path))
    res.status(200).send(\`${resource} ${i}: \${path.join(' / ')}\`)
  } catch (error) {
    res.status(statusOf(error)).send(error instanceof Error ? error.message : 'unknown')
  }
}
`,
  ]
}

function stats(resource: string, i: number): Route {
  return [
    'stats.ts',
    `import type { NextApiRequest, NextApiResponse } from 'next'
import { table } from '~/lib/store'

enum Period {
  Day = 86_400_000,
  Week = 7 * Day,
}

export const config = { maxDuration: 30 } as const

export default async (req: NextApiRequest, res: NextApiResponse<Record<string, number>>) => {
  const since = Date.now() - (req.query.period === 'week' ? Period.Week : Period.Day)
  const rows = [...table('${resource}-${i - 6}').values()].filter(({ created }) => Date.parse(created) > since)
  res.status(200).json({ count: rows.length, share: rows.length / ${i + 1} })
}
`,
  ]
}

function search(resource: string, i: number): Route {
  return [
    'search/[[...terms]].ts',
    `import type { NextApiHandler } from 'next'
import { type Row, table } from '~/lib/store'

const matches = (row: Row, terms: readonly string[]): boolean => terms.every((term) => JSON.stringify(row).includes(term))

const search: NextApiHandler<{ rows: Row[]; took: number }> = (req, res) => {
  const begin = performance.now()
  const terms = ([] as string[]).concat(req.query.terms ?? [])
  const rows = [...table('${resource}-${i - 7}').values()].filter((row) => matches(row, terms))
  res.json({ rows, took: performance.now() - begin })
}

export default search
`,
  ]
}

function settings(resource: string, i: number): Route {
  return [
    'settings/[key].ts',
    `import type { NextApiRequest, NextApiResponse } from 'next'
import { demand, sessionOf } from '~/lib/auth'
import { statusOf } from '~/lib/errors'

interface Settings {
  theme: 'light' | 'dark'
  pageSize: number
}

const settings: Settings = { theme: 'light', pageSize: ${i % 100} }

const withErrors =
  (handler: (req: NextApiRequest, res: NextApiResponse) => void) =>
  (req: NextApiRequest, res: NextApiResponse): void => {
    try {
      handler(req, res)
    } catch (error) {
      res.status(statusOf(error)).json({ of: '${resource}', error: String(error) })
    }
  }

export default withErrors((req, res) => {
  demand(sessionOf(req), 'member')
  const key = req.query.key as keyof Settings
  res.status(200).json({ [key]: settings[key] })
})
`,
  ]
}

function health(resource: string, i: number): Route {
  return [
    'health.ts',
    `import type { NextApiRequest, NextApiResponse } from 'next'

export default function health(_req: NextApiRequest, res: NextApiResponse<{ ok: boolean }>) {
  res.setHeader('Cache-Control', 'no-store')
  res.status(200).json({ ok: '${resource}'.length + ${i} > 0 })
}
`,
  ]
}
