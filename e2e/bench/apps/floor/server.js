import { pipeline } from 'node:stream'
import { listen, readJson, sendError, sendJson } from './http.js'
import { rows } from './rows.js'
import { gigabyte } from './stream.js'

listen((req, res) => {
  const mark = req.url.indexOf('?')
  const path = mark === -1 ? req.url : req.url.slice(0, mark)
  if (path === '/api/hello') {
    sendJson(req, res, { message: 'Hello, world!' })
  } else if (path === '/api/echo') {
    readJson(req, res, ({ name, items }) => sendJson(req, res, { name, items: items.length }))
  } else if (path === '/api/report') {
    sendJson(req, res, rows)
  } else if (path.startsWith('/api/users/')) {
    const query = new URLSearchParams(mark === -1 ? '' : req.url.slice(mark))
    sendJson(req, res, { id: decodeURIComponent(path.slice('/api/users/'.length)), page: query.get('page'), sort: query.get('sort') })
  } else if (path === '/api/down') {
    res.writeHead(200, { 'Content-Type': 'application/octet-stream' })
    pipeline(gigabyte(), res, () => {})
  } else if (path === '/api/up') {
    let bytes = 0
    req.on('data', (chunk) => {
      bytes += chunk.length
    })
    req.on('end', () => sendJson(req, res, { bytes }))
  } else {
    sendError(res, 404, 'Not Found')
  }
})
