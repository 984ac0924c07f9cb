import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { finished } from 'node:stream/promises'
import { after, before, describe, it } from 'node:test'
import { ApiRequest } from './request.ts'
import { requestText } from './testing.ts'

/** Answers, and returns what there is to compare once all has been sent. */
type Handler = (req: IncomingMessage, res: ServerResponse) => unknown

let handle: Handler = () => assert.fail()
let seen: Promise<unknown> = Promise.reject(new Error('nobody has asked'))
seen.catch(() => {})

function answer(req: IncomingMessage, res: ServerResponse): void {
  seen = Promise.resolve(handle(req, res))
}
const plain = createServer(answer)
const ours = createServer({ IncomingMessage: ApiRequest }, answer)

before(async () => {
  for (const server of [plain, ours]) await once(server.listen(0, '127.0.0.1'), 'listening')
})
after(() => {
  for (const server of [plain, ours]) server.close()
})

/** What is sent of a request before it is answered, once it is, and once the handler has returned. */
type Sent = readonly [before: string, answered?: string, returned?: string]

/** What the handler has seen of this request, and how the one behind it on the same connection is answered. */
async function ask(server: typeof plain, handler: Handler, [before, answered = '', returned = '']: Sent): Promise<{ saw: unknown; next: string }> {
  handle = handler
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').setEncoding('utf8')
  socket.write(before)
  await once(socket, 'data')
  socket.write(answered)
  const saw = await seen
  handle = (_req, res) => res.end('next')
  socket.write(returned + requestText('/'))
  const [next] = (await once(socket, 'data')) as [string]
  socket.destroy()
  return { saw, next: next.slice(-4) }
}

async function end(res: ServerResponse): Promise<void> {
  res.end('text')
  await once(res, 'close')
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate) // what follows the answer in node:http
}

function stateOf({ readableEnded, readableLength, destroyed, closed, complete, errored, aborted }: IncomingMessage): unknown {
  return { readableEnded, readableLength, destroyed, closed, complete, errored, aborted }
}

const GET = requestText('/', { headers: { Connection: 'keep-alive' } })
const POST = requestText('/', { method: 'POST', headers: { Connection: 'keep-alive', 'Content-Length': '4' } })

describe('a request that has been answered is as node:http leaves it', () => {
  function same(name: string, handler: Handler, sent: Sent = [GET]): void {
    it(name, async () => {
      const expected = await ask(plain, handler, sent)
      assert.equal(expected.next, 'next')
      assert.deepEqual(await ask(ours, handler, sent), expected)
    })
  }
  const state: Handler = async (req, res) => {
    await end(res)
    return stateOf(req)
  }
  same('GET', state)
  same('HEAD', state, [requestText('/', { method: 'HEAD', headers: { Connection: 'keep-alive' } })])
  same('a body that nobody reads', state, [`${POST}body`])
  same('a body that comes after the answer', state, [POST, '', 'body'])
  same(
    'a body that has come before the answer',
    async (req, res) => {
      await new Promise(setImmediate)
      return state(req, res)
    },
    [`${POST}body`],
  )
  same('an empty body', state, [requestText('/', { method: 'POST', headers: { Connection: 'keep-alive', 'Content-Length': '0' } })])
  same(
    'a body that is waited for after the answer',
    async (req, res) => {
      res.end('text')
      if (!req.closed) await once(req, 'close')
      return stateOf(req)
    },
    [`${POST}bo`, 'dy'],
  )
  for (const event of ['end', 'close', 'resume', 'data', 'readable']) {
    same(`somebody waits for ${event}`, async (req, res) => {
      let count = 0
      req.on(event, () => count++)
      await end(res)
      return [count, stateOf(req)]
    })
  }
  same('somebody waits through an object that inherits', async (req, res) => {
    const events: string[] = []
    const heir: IncomingMessage = Object.create(req)
    for (const event of ['end', 'close']) heir.on(event, () => events.push(event))
    await end(res)
    return events
  })
  same('nobody waits any longer', async (req, res) => {
    const listener = () => {}
    req.on('close', listener).off('close', listener)
    await end(res)
    return stateOf(req)
  })
  same('somebody begins to wait when end() has been called', async (req, res) => {
    res.end('text')
    await once(req, 'close')
    return stateOf(req)
  })
  same('read when it has been answered', async (req, res) => {
    await end(res)
    const chunks = []
    for await (const chunk of req) chunks.push(chunk)
    return chunks
  })
  same('finished() when it has been answered', async (req, res) => {
    await end(res)
    return finished(req)
  })
  same('paused', async (req, res) => {
    req.pause()
    await end(res)
    return stateOf(req)
  })
  same('read before', async (req, res) => {
    req.resume()
    await once(req, 'end')
    await end(res)
    return stateOf(req)
  })
})

it('no end is told to nobody', async () => {
  const emitted = async (server: typeof plain) => {
    const events: unknown[] = []
    await ask(
      server,
      async (req, res) => {
        const { emit } = req
        req.emit = (name: string, ...rest: unknown[]) => {
          events.push(name)
          return emit.call(req, name, ...rest)
        }
        await end(res)
      },
      [GET],
    )
    return events
  }
  assert.deepEqual((await emitted(plain)).slice(-2), ['end', 'close'])
  assert.doesNotMatch(String(await emitted(ours)), /resume|end|close/)
})
