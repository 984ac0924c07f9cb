// Middleware made for node's own request and response.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Exchange, exchange, startApp } from './support/app.ts'

describe('middleware', async () => {
  const app = await startApp('middleware', { warnings: ['package-import-not-static'] })
  const row = (request: string, expected: Exchange) => it(request, async () => void (await exchange(app, request, expected)))
  const origin = (value: string) => ({ headers: { origin: value } })

  describe('cors', () => {
    row('POST /api/cors - an origin of the list', {
      ...origin('https://app.example'),
      body: [1],
      answer: { body: [1] },
      answerHeaders: { 'access-control-allow-origin': 'https://app.example', 'access-control-allow-credentials': 'true', vary: 'Origin' },
    })
    row('GET /api/cors - an origin of the expression', {
      ...origin('https://a.partner.example'),
      answerHeaders: { 'access-control-allow-origin': 'https://a.partner.example' },
    })
    row('GET /api/cors - a foreign origin', {
      ...origin('https://evil.example'),
      answer: { body: null },
      answerHeaders: { 'access-control-allow-origin': null },
    })
    row('OPTIONS /api/cors - answered by the middleware', {
      headers: { origin: 'https://app.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-a' },
      status: 204,
      answer: '',
      answerHeaders: { 'access-control-allow-methods': 'POST,GET,HEAD', 'access-control-allow-headers': 'x-a', 'content-length': '0' },
    })
  })

  describe('helmet', () => {
    row('GET /api/helmet', {
      answer: 'safe',
      answerHeaders: {
        'content-security-policy': /^default-src 'none'/,
        'strict-transport-security': /^max-age=/,
        'x-content-type-options': 'nosniff',
        etag: /^"/,
      },
    })
  })

  it('express-rate-limit lets two a minute through, by key', async () => {
    await exchange(app, 'GET /api/limited', { answer: { ok: true }, answerHeaders: { 'x-ratelimit-remaining': '1', ratelimit: /remaining=1/ } })
    await exchange(app, 'GET /api/limited', { answer: { ok: true }, answerHeaders: { 'x-ratelimit-remaining': '0' } })
    await exchange(app, 'GET /api/limited', { status: 429, answer: 'Too many requests, please try again later.', answerHeaders: { 'retry-after': /^\d+$/ } })
    await exchange(app, 'GET /api/limited?user=other', { answerHeaders: { 'x-ratelimit-remaining': '1' } })
    assert.equal(app.log.stderr, '', 'it complains of nothing')
  })

  describe('next-connect', () => {
    row('GET /api/users/1', {
      headers: { cookie: 'user=ada', origin: 'https://a.example' },
      answer: { name: 'Ada', seenBy: 'ada' },
      answerHeaders: { 'x-dns-prefetch-control': 'off', 'access-control-expose-headers': 'x-took' },
    })
    row('GET /api/users/2 - not there', { status: 404, answer: { error: 'no such user' } })
    row('PUT /api/users/2 - an error of a middleware', { body: {}, status: 401, answer: { error: 'log in first' } })
    row('PUT /api/users/2', { body: { name: 'Bob' }, headers: { cookie: 'user=ada' }, status: 201, answer: { name: 'Bob' } })
    row('GET /api/users/2 - there now', { answer: { name: 'Bob', seenBy: null } })
    row('DELETE /api/users/1 - no match', { status: 405, answer: { error: 'DELETE is not for users' } })
  })

  describe('express', () => {
    row('GET /api/express/books/7?a=1', {
      headers: { accept: 'application/json' },
      answer: { id: '7', query: { a: '1' }, url: ['/api/express/books/7?a=1', '/api/express/books', '/7?a=1'], secure: false, type: 'json' },
    })
    row('POST /api/express/books - express.json reads the body', {
      body: { title: 'x' },
      status: 201,
      answer: { title: 'x' },
      answerHeaders: { location: '/api/express/books/7', 'content-type': 'application/json; charset=utf-8' },
    })
    row('PUT /api/express/books/1 - a form', {
      body: new URLSearchParams({ 'a[b]': 'c' }),
      headers: { accept: 'application/json' },
      answer: { a: { b: 'c' } },
      answerHeaders: { 'set-cookie': 'seen=1; Path=/; HttpOnly' },
    })
    row('POST /api/express/books - a body that is no JSON', { body: '{', headers: { 'content-type': 'application/json' }, status: 400, answer: /JSON/ })
    row('DELETE /api/express/books/1 - a rejection', { status: 403, answer: { error: '1 stays' } })
    row('GET /api/express/moved', { status: 301, answerHeaders: { location: '/api/express/books/1' } })
    row('GET /api/express - its own 404', { status: 404, answer: /Cannot GET \/api\/express/ })
    row('POST /api/express-parsed/a?b=1 - the body was parsed before', { body: { c: 1 }, answer: { name: 'a', query: { b: '1' }, body: { c: 1 } } })
  })
})
