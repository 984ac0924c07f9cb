/** Apps of any number of routes, written as each subject wants them; every route has a handler of its own. */

import type { FileMap } from '../../support/temporary.ts'
import type { BenchRoute } from '../support/routes.ts'
import type { SubjectName } from './subjects.ts'

/** What goes into the folder of the app beside what `apps/` has for the subject. */
export function manyRoutes(name: SubjectName, routes: readonly BenchRoute[]): FileMap {
  return WRITERS[name](routes)
}

type Writer = (routes: readonly BenchRoute[]) => FileMap

const WRITERS: Readonly<Record<SubjectName, Writer>> = {
  floor: oneFile(
    `import { listen, sendError, sendJson } from './http.js'

const statics = new Map()
const dynamics = new Map()
`,
    ({ folder, index, isDynamic }) =>
      isDynamic
        ? `dynamics.set('${folder}', (req, res, id) => sendJson(req, res, { route: ${index}, id }))`
        : `statics.set('${folder}/summary', (req, res) => sendJson(req, res, { route: ${index} }))`,
    `
listen((req, res) => {
  const mark = req.url.indexOf('?')
  const path = mark === -1 ? req.url : req.url.slice(0, mark)
  const found = statics.get(path)
  if (found) return found(req, res)
  const cut = path.lastIndexOf('/')
  const one = dynamics.get(path.slice(0, cut))
  if (one) return one(req, res, decodeURIComponent(path.slice(cut + 1)))
  sendError(res, 404, 'Not Found')
})
`,
  ),
  fastify: oneFile(
    `import etag from '@fastify/etag'
import Fastify from 'fastify'

const one = { schema: { response: { 200: { type: 'object', properties: { route: { type: 'integer' }, id: { type: 'string' } } } } } }
const app = Fastify()
await app.register(etag)
app.setNotFoundHandler((_request, reply) => reply.code(404).send('Not Found'))
`,
    ({ folder, index, isDynamic }) =>
      isDynamic
        ? `app.get('${folder}/:id', one, (request) => ({ route: ${index}, id: request.params.id }))`
        : `app.get('${folder}/summary', one, () => ({ route: ${index} }))`,
    `await app.listen({ port: Number(process.env.PORT), host: process.env.HOST })\n`,
  ),
  hono: oneFile(
    `import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { etag } from 'hono/etag'

const app = new Hono()
app.use(etag())
app.notFound((c) => c.text('Not Found', 404))
`,
    ({ folder, index, isDynamic }) =>
      isDynamic
        ? `app.get('${folder}/:id', (c) => c.json({ route: ${index}, id: c.req.param('id') }))`
        : `app.get('${folder}/summary', (c) => c.json({ route: ${index} }))`,
    'serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: process.env.HOST })\n',
  ),
  h3: oneFile(
    `import { getRouterParam, H3, serve } from 'h3'
import { tagged } from './tagged.js'

const app = new H3()
`,
    ({ folder, index, isDynamic }) =>
      isDynamic
        ? `app.get('${folder}/:id', (event) => tagged(event, { route: ${index}, id: getRouterParam(event, 'id', { decode: true }) }))`
        : `app.get('${folder}/summary', (event) => tagged(event, { route: ${index} }))`,
    'serve(app, { port: Number(process.env.PORT), hostname: process.env.HOST, silent: true })\n',
  ),
  express: oneFile(
    `import express from 'express'

const app = express()
app.disable('x-powered-by')
`,
    ({ folder, index, isDynamic }) =>
      isDynamic
        ? `app.get('${folder}/:id', (req, res) => {\n  res.json({ route: ${index}, id: req.params.id })\n})`
        : `app.get('${folder}/summary', (_req, res) => {\n  res.json({ route: ${index} })\n})`,
    'app.listen(Number(process.env.PORT), process.env.HOST)\n',
  ),
  apiroutes: pagesApi,
  next: pagesApi,
  nitro: fileEach(({ folder, index, isDynamic }) =>
    isDynamic
      ? [
          `routes${folder}/[id].get.ts`,
          `import { defineEventHandler, getRouterParam } from 'h3'
import { tagged } from '../../../../tagged'

export default defineEventHandler((event) => tagged(event, { route: ${index}, id: getRouterParam(event, 'id', { decode: true }) }))
`,
        ]
      : [
          `routes${folder}/summary.get.ts`,
          `import { defineEventHandler } from 'h3'
import { tagged } from '../../../../tagged'

export default defineEventHandler((event) => tagged(event, { route: ${index} }))
`,
        ],
  ),
}

function pagesApi(routes: readonly BenchRoute[]): FileMap {
  return fileEach(({ folder, index, isDynamic }) => [
    `pages${folder}/${isDynamic ? '[id]' : 'summary'}.ts`,
    `import type { NextApiRequest, NextApiResponse } from 'next'

export default function handler(${isDynamic ? 'req' : '_req'}: NextApiRequest, res: NextApiResponse) {
  res.status(200).json({ route: ${index}${isDynamic ? ', id: req.query.id' : ''} })
}
`,
  ])(routes)
}

function oneFile(head: string, route: (route: BenchRoute) => string, tail: string): Writer {
  return (routes) => ({ 'server.js': `${[head, ...routes.map(route)].join('\n')}\n${tail}` })
}

function fileEach(file: (route: BenchRoute) => readonly [name: string, text: string]): Writer {
  return (routes) => Object.fromEntries(routes.map(file))
}
