import express from 'express'
import { rows } from './rows.js'

const app = express() // makes weak tags by itself
app.disable('x-powered-by')

app.get('/api/hello', (_req, res) => {
  res.json({ message: 'Hello, world!' })
})
app.get('/api/users/:id', (req, res) => {
  res.json({ id: req.params.id, page: req.query.page, sort: req.query.sort })
})
app.post('/api/echo', express.json({ limit: '1mb' }), (req, res) => {
  res.json({ name: req.body.name, items: req.body.items.length })
})
app.get('/api/report', (_req, res) => {
  res.json(rows)
})
app.use((_req, res) => {
  res.status(404).send('Not Found')
})

app.listen(Number(process.env.PORT), process.env.HOST)
