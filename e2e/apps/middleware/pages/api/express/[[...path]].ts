import express, { type ErrorRequestHandler } from 'express'

export const config = { api: { bodyParser: false, externalResolver: true } }

const app = express()
app.disable('x-powered-by')

const books = express.Router()
books.get('/:id', (req, res) => {
  res.json({ id: req.params.id, query: req.query, url: [req.originalUrl, req.baseUrl, req.url], secure: req.secure, type: req.accepts(['html', 'json']) })
})
books.post('/', express.json(), (req, res) => {
  res.status(201).location(`${req.baseUrl}/7`).send(req.body)
})
books.put('/:id', express.urlencoded({ extended: true }), (req, res) => {
  res.cookie('seen', req.params.id, { httpOnly: true }).format({ json: () => res.json(req.body), text: () => res.send('text') })
})
books.delete('/:id', async (req) => {
  throw Object.assign(new Error(`${req.params.id} stays`), { status: 403 })
})
app.use('/api/express/books', books)
app.get('/api/express/moved', (_req, res) => res.redirect(301, '/api/express/books/1'))
app.use(((error, _req, res, _next) => {
  res.status(error.status ?? 500).json({ error: error.message })
}) as ErrorRequestHandler)

export default app
