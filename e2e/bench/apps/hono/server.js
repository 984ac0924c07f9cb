import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { etag } from 'hono/etag'
import { rows } from './rows.js'

const app = new Hono()
app.use(etag()) // no tags without it
app.notFound((c) => c.text('Not Found', 404))

app.get('/api/hello', (c) => c.json({ message: 'Hello, world!' }))
app.get('/api/users/:id', (c) => c.json({ id: c.req.param('id'), page: c.req.query('page'), sort: c.req.query('sort') }))
app.post('/api/echo', bodyLimit({ maxSize: 1_048_576 }), async (c) => {
  const { name, items } = await c.req.json()
  return c.json({ name, items: items.length })
})
app.get('/api/report', (c) => c.json(rows))

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: process.env.HOST })
