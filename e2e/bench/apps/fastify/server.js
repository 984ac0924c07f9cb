import etag from '@fastify/etag'
import Fastify from 'fastify'
import { rows } from './rows.js'

const string = { type: 'string' }
const object = (properties) => ({ schema: { response: { 200: { type: 'object', properties } } } })
const row = {
  id: { type: 'integer' },
  name: string,
  email: string,
  balance: { type: 'number' },
  active: { type: 'boolean' },
  tags: { type: 'array', items: string },
}
const rowsSchema = { schema: { response: { 200: { type: 'array', items: { type: 'object', properties: row } } } } }

const app = Fastify() // its limit of a body is 1 MB
await app.register(etag) // no tags without it
app.setNotFoundHandler((_request, reply) => reply.code(404).send('Not Found'))

app.get('/api/hello', object({ message: string }), () => ({ message: 'Hello, world!' }))
app.get('/api/users/:id', object({ id: string, page: string, sort: string }), (request) => ({
  id: request.params.id,
  page: request.query.page,
  sort: request.query.sort,
}))
app.post('/api/echo', object({ name: string, items: { type: 'integer' } }), (request) => ({ name: request.body.name, items: request.body.items.length }))
app.get('/api/report', rowsSchema, () => rows)

await app.listen({ port: Number(process.env.PORT), host: process.env.HOST })
