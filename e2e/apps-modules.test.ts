// Kinds of modules: pure ES modules, CommonJS, both, with top-level await, in circles.
import { describe, it } from 'node:test'
import { type Exchange, exchange, startApp } from './support/app.ts'

describe('modules', async () => {
  const app = await startApp('modules')
  const row = (request: string, expected: Exchange) => it(request, async () => void (await exchange(app, request, expected)))

  const created = await exchange(app, 'POST /api/token', { body: { name: 'Ada' }, status: 201 })
  const { token } = (await created.json()) as { token: string }
  const query = (text: string) => ({ query: text })
  row('GET /api/token - jose verifies what it signed', { headers: { authorization: `Bearer ${token}` }, answer: { name: 'Ada' } })
  row('GET /api/token - jose, a signature that is wrong', {
    headers: { authorization: `Bearer ${token.slice(0, -6)}AAAAAA` },
    status: 401,
    answer: { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED', name: 'JWSSignatureVerificationFailed' },
  })
  row('GET /api/token - jose, no token', { status: 401, answer: { code: 'ERR_JWS_INVALID', name: 'JWSInvalid' } })

  row('POST /api/graphql - graphql-yoga', {
    body: query('{ hello(name: "Ada") birthday }'),
    answer: { data: { hello: 'Hello, Ada!', birthday: '1970-01-01T00:00:00.000Z' } },
  })
  row('POST /api/graphql - the request in its context', { body: query('{ cookie }'), headers: { cookie: 'k=v' }, answer: { data: { cookie: 'v' } } })
  row('POST /api/graphql - an error', {
    body: query('{ fails }'),
    answer: {
      errors: [{ message: 'on purpose', locations: [{ line: 1, column: 3 }], path: ['fails'], extensions: { code: 'MADE_UP' } }],
      data: { fails: null },
    },
  })
  row('POST /api/graphql - a query that is wrong', { body: query('{ nothing }'), answer: /Cannot query field \\"nothing\\" on type \\"Query\\"/ })
  row('GET /api/graphql?query={hello(name:"Ada")}', { answer: { data: { hello: 'Hello, Ada!' } } })

  row('GET /api/esm - what an import gets', {
    answer: { format: 'module', feature: 'module for node', loaded: { answer: 42 }, even: [true, false, true, false] },
  })
  row('GET /api/commonjs - what a require gets', {
    answer: {
      format: 'commonjs',
      feature: 'commonjs for node',
      loaded: { answer: 42 },
      circular: 'parent of child, which saw name and now sees name,describe,late',
    },
  })
  row('GET /api/mixed - CommonJS imported by name, as a whole, and as default', {
    answer: { name: 'parent', everything: ['default', 'describe', 'late', 'name'], allowed: 'https://example.com' },
  })
})
