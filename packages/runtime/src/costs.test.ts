/** What a request costs, in numbers that are the same on every machine. How often it writes is in one-write.test.ts, and how long it takes is for `npm run bench`. */

import assert from 'node:assert/strict'
import { createHook } from 'node:async_hooks'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { it } from 'node:test'
import { createApp, dispatch } from './dispatch.ts'
import { ApiRequest } from './request.ts'
import { ApiResponse } from './response.ts'
import { createManifest, requestText, type TestRoutes } from './testing.ts'
import { createTestLog } from './testing-log.ts'

const routes: TestRoutes = {
  '/api/static': (_req, res) => res.json({ a: 1 }),
  '/api/[id]': (req, res) => res.json(req.query),
  '/api/later': async (_req, res) => res.json({ a: 1 }),
}

/** How many promises `dispatch` makes for a request whose route has been loaded. */
function promises(name: string, expected: number, target: string, options?: Parameters<typeof requestText>[1], body = ''): void {
  it(`${expected} promises for ${name}`, async (test) => {
    const app = createApp(createManifest(routes), createTestLog([]))
    let made = 0
    const hook = createHook({
      init(_id, type) {
        if (type === 'PROMISE') made++
      },
    })
    const server = createServer({ IncomingMessage: ApiRequest, ServerResponse: ApiResponse as typeof ServerResponse<ApiRequest> }, (req, res) => {
      made = 0
      hook.enable()
      dispatch(app, req, res as ApiResponse)
      hook.disable()
    })
    test.after(() => server.close())
    await once(server.listen(0, '127.0.0.1'), 'listening')
    for (let i = 0; i < 2; i++) {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
      socket.write(requestText(target, options) + body)
      assert.match(await text(socket), /^HTTP\/1.1 (?:200|304|404) /)
    }
    assert.equal(made, expected)
  })
}

promises('a static route', 0, '/api/static')
promises('a dynamic one with a query', 0, '/api/x?y=z')
promises('what is not found', 0, '/nothing')
promises('what has not changed', 0, '/api/static', { headers: { 'If-None-Match': '*' } })
promises('an async handler: its own, and one that waits for its error', 2, '/api/later')
promises(
  'a body: the bytes, the handler, its error',
  3,
  '/api/static',
  { method: 'POST', headers: { 'Content-Type': 'application/json', 'Content-Length': '2' } },
  '{}',
)
