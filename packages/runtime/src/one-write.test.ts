import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { ApiRequest } from './request.ts'
import { ApiResponse } from './response.ts'
import { requestText } from './testing.ts'

/** What a handler does with node:http's own methods: the same on both servers. */
type Ends = (res: ServerResponse, req: IncomingMessage) => unknown

let ends: Ends = () => assert.fail()
/** How often the socket was written to for the last answer of our server. */
let writes = 0

const plain = createServer((req, res) => ends(res, req))
const ours = createServer({ IncomingMessage: ApiRequest, ServerResponse: ApiResponse as typeof ServerResponse }, (req, res) => {
  writes = 0
  count(req.socket)
  ends(res, req)
})

function count(socket: Socket): void {
  const { write } = socket
  socket.write = function counted(this: Socket, ...rest: unknown[]) {
    writes++
    return Reflect.apply(write, this, rest)
  } as Socket['write']
}

before(async () => {
  for (const server of [plain, ours]) await once(server.listen(0, '127.0.0.1'), 'listening')
})
after(() => {
  for (const server of [plain, ours]) server.close()
})

/** All that comes back for these requests, the last of which ends the connection. */
async function exchange(server: typeof plain, text: string): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(text)
  return (await buffer(socket)).toString('latin1').replace(/^Date: .*$/gm, 'Date: …')
}

async function same(handler: Ends, text = requestText('/')): Promise<string> {
  ends = handler
  const [expected, actual] = [await exchange(plain, text), await exchange(ours, text)]
  assert.equal(actual, expected)
  return actual
}

describe('an answer of ASCII is one write, and has the bytes of node:http', () => {
  function writesOf(name: string, expected: number, handler: Ends, method = 'GET'): void {
    it(`${name}: ${expected}`, async () => {
      await same(handler, requestText('/', { method }))
      assert.equal(writes, expected)
    })
  }
  writesOf('end(text)', 1, (res) => res.end('text'))
  writesOf('end(text) with a length', 1, (res) => res.setHeader('Content-Length', 4).end('text'))
  writesOf('end(text) after writeHead with a length', 1, (res) => res.writeHead(201, { 'Content-Length': 4 }).end('text'))
  writesOf('end(text) for HEAD', 1, (res) => res.end('text'), 'HEAD')
  writesOf('end(text) of a 404', 1, (res) => Object.assign(res, { statusCode: 404 }).end('Not Found'))
  writesOf('end() of a 304', 1, (res) => Object.assign(res, { statusCode: 304 }).end())
  writesOf('end(text) of a 304, which has no body', 1, (res) => Object.assign(res, { statusCode: 304 }).end('text'))
  writesOf('end(text) of a 204, which has no body', 1, (res) => Object.assign(res, { statusCode: 204 }).end('text'))
  writesOf('an empty text', 1, (res) => res.end(''))
  writesOf('what is beyond ASCII', 2, (res) => res.end('é'))
  writesOf('a head beyond ASCII', 2, (res) => res.setHeader('X-A', 'é').end('text'))
  writesOf('a Buffer', 3, (res) => res.end(Buffer.from('text')))
})

describe('others have the bytes of node:http, too', () => {
  function like(name: string, handler: Ends): void {
    it(name, async () => void (await same(handler)))
  }
  like('end(text) after writeHead without a length', (res) => res.writeHead(200, { 'X-A': 'b' }).end('text'))
  like('end() after writeHead', (res) => res.writeHead(200, { 'X-A': 'b' }).end())
  like('end() after write', (res) => [res.write('a'), res.end()])
  like('end() with a length', (res) => res.setHeader('Content-Length', 0).end())
  like('end() of a 204', (res) => Object.assign(res, { statusCode: 204 }).end())
  like('end(done)', (res) => new Promise<void>((done) => res.end(done)))
  like('end() with a strict length', (res) => Object.assign(res, { strictContentLength: true }).end())
  like('end(text) after flushHeaders', (res) => [res.flushHeaders(), res.end('text')])
  like('end(text) after write', (res) => [res.write('a'), res.end('text')])
  like('end(text) after write, with a length', (res) => [res.setHeader('Content-Length', 5), res.write('a'), res.end('text')])
  like('end(text) with trailers', (res) => [res.setHeader('Trailer', 'X-A'), res.write('a'), res.addTrailers({ 'X-A': 'b' }), res.end('text')])
  like('chunks by the handler', (res) => res.setHeader('Transfer-Encoding', 'chunked').end('text'))
  like('end(text) while corked', (res) => [res.cork(), res.end('text')])
  like('end(text, encoding)', (res) => res.end('dGV4dA==', 'base64'))
  like('end(text, latin1)', (res) => res.end('é', 'latin1'))
  like('end(text, done)', (res) => new Promise<void>((done) => res.end('text', done)))
  like('a second end', (res) => [res.end('text'), res.end()])
  like('a reason beyond ASCII', (res) => Object.assign(res, { statusMessage: 'é' }).end('text'))
  for (const name of ['é', 'Ã©', '上', '不上X-Injected: yes'])
    like(`a file called ${name}`, (res) => res.setHeader('Content-Disposition', Buffer.from(`attachment; filename="${name}"`).toString('latin1')).end('a,b'))
  like('a strict length', (res) => Object.assign(res, { strictContentLength: true }).end('text'))
  like('no headers for the length', (res) => [res.removeHeader('Content-Length'), res.removeHeader('Transfer-Encoding'), res.end('text')])
  like('without a Date', (res) => Object.assign(res, { sendDate: false }).end('text'))
  like('to a client that closes', (res) => res.setHeader('Connection', 'close').end('text'))

  it('whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom('a', '\n', '\x7f', '\x80', 'é', '€', '😀', '\ud83d'), maxLength: 6 }), async (text) => {
        await same((res) => res.end(text))
      }),
      { numRuns: 50 },
    )
  })

  it('requests that follow each other at once, some answered later', async () => {
    const text = ['/1', '/2', '/3'].map((path) => requestText(path, { headers: { Connection: path === '/3' ? 'close' : 'keep-alive' } })).join('')
    const answers = await same((res, req) => (req.url === '/1' ? setImmediate(() => res.end('first')) : res.end(`then ${req.url}`)), text)
    assert.deepEqual(answers.match(/first|then \/\d/g), ['first', 'then /2', 'then /3'])
  })

  it('a client of HTTP/1.0', async () => void (await same((res) => res.end('text'), requestText('/', { version: '1.0' }))))

  it('nothing is sent, and no head made, when the connection is gone', async () => {
    let made = true
    await same((res) => {
      res.destroy()
      res.end('text')
      made = res.headersSent
    })
    assert.equal(made, false)
  })

  it('the head is not longer afterwards', async () => {
    let head: unknown
    await same((res) => {
      res.end('text')
      head = Reflect.get(res, '_header')
    })
    assert.match(String(head), /\r\n\r\n$/)
  })
})
