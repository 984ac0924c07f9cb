import { bodyLimit, getQuery, getRouterParam, H3, readBody, serve } from 'h3'
import { rows } from './rows.js'
import { tagged } from './tagged.js'

const app = new H3()
app.get('/api/hello', (event) => tagged(event, { message: 'Hello, world!' }))
app.get('/api/users/:id', (event) => {
  const { page, sort } = getQuery(event)
  return tagged(event, { id: getRouterParam(event, 'id', { decode: true }), page, sort })
})
app.post(
  '/api/echo',
  async (event) => {
    const { name, items } = await readBody(event)
    return tagged(event, { name, items: items.length })
  },
  { middleware: [bodyLimit(1_048_576)] },
)
app.get('/api/report', (event) => tagged(event, rows))
app.all('/**', (event) => {
  event.res.status = 404
  return 'Not Found'
})

serve(app, { port: Number(process.env.PORT), hostname: process.env.HOST, silent: true })
