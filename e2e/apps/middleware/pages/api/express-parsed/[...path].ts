// The body has been parsed before Express sees the request, as is the default of API routes.
import express from 'express'

const app = express()
app.use(express.json())
app.post('/api/express-parsed/:name', (req, res) => {
  res.json({ name: req.params.name, query: req.query, body: req.body })
})

export default app
