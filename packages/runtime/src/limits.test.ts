import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { describe, it } from 'node:test'
import { assertAnswer, type Question, requestText, startRoute, type TestApp, type TestRoute } from './testing.ts'

const JSON_BODY = { 'Content-Type': 'application/json' }
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }

function limitedTo(sizeLimit: unknown): TestRoute {
  return { config: { api: { bodyParser: { sizeLimit } } }, handler: (_req, res) => res.end('done') }
}

const OVER = 'Body exceeded 20 limit'
/** For what would hang if it failed. */
const TIMEOUT = 5_000

describe('sizeLimit', () => {
  function question(question: Question, length: number): Question[] {
    const body = 'x'.repeat(length)
    return [
      { method: 'POST', ...question, body },
      { method: 'POST', ...question, chunks: [body.slice(0, length / 2), body.slice(length / 2)] },
    ]
  }

  function passes(sizeLimit: unknown, length: number) {
    it(`${JSON.stringify(sizeLimit) ?? 'unset'}: ${length} bytes pass`, async (test) => {
      const app = await startRoute(test, limitedTo(sizeLimit))
      for (const each of question({}, length)) assertAnswer(await app.ask('/api/test', each), { status: 200, body: 'done' })
    })
  }

  function refuses(sizeLimit: unknown, length: number, text: string, headers: Record<string, string> = {}) {
    it(`${JSON.stringify(sizeLimit) ?? 'unset'}: ${length} bytes are refused ${JSON.stringify(headers)}`, async (test) => {
      const app = await startRoute(test, limitedTo(sizeLimit))
      const reason = `Body exceeded ${text} limit`
      const expected = { status: 413, reason, body: reason, 'content-type': null, 'content-length': String(reason.length), etag: null, cut: false }
      for (const each of question({ headers }, length)) assertAnswer(await app.ask('/api/test', each), expected)
      assert.deepEqual(app.log, [])
      assert.deepEqual(app.warnings.slice(-2), Array(2).fill(`POST /api/test: ${reason}. config.api.bodyParser.sizeLimit changes it.`))
    })
  }

  passes(undefined, 1_048_576)
  refuses(undefined, 1_048_577, '1mb')
  refuses(undefined, 3_000_000, '1mb')
  passes('1kb', 1024)
  refuses('1kb', 1025, '1kb')
  passes('1.5KB', 1536)
  refuses('1.5KB', 1537, '1.5KB')
  passes('1 kb', 1024)
  refuses('1 kb', 1025, '1 kb')
  passes('2mb', 2_097_152)
  refuses('2mb', 2_097_153, '2mb')
  passes(20, 20)
  refuses(20, 21, '20')
  passes('20', 20)
  refuses('20', 21, '20')
  refuses('20b', 21, '20b')
  passes('0', 0)
  refuses('0', 1, '0')
  passes(0, 1_048_576)
  refuses(0, 1_048_577, '1mb')
  refuses(20, 21, '20', JSON_BODY)
  refuses(20, 21, '20', FORM)
  refuses(20, 21, '20', { 'Content-Type': 'application/octet-stream' })
  refuses(20, 21, '20', { 'Content-Type': 'multipart/form-data; boundary=X' })
})

describe('over a limit of 20', () => {
  function answers(name: string, question: Question, status: number, reason: string) {
    it(name, async (test) => assertAnswer(await (await startRoute(test, limitedTo(20))).ask('/api/test', { method: 'POST', ...question }), { status, reason }))
  }

  answers('bytes count, not characters', { body: 'é'.repeat(11) }, 413, OVER)
  answers('bytes count, at the limit', { body: 'é'.repeat(10) }, 200, 'OK')
  answers('the limit is reported before bad JSON', { body: `{${'x'.repeat(30)}`, headers: JSON_BODY }, 413, OVER)
  answers(
    'the limit is reported after an unknown charset',
    { body: 'x'.repeat(30), headers: { 'Content-Type': 'text/plain; charset=nope' } },
    400,
    'Invalid body',
  )
  answers('white space counts', { body: `${' '.repeat(20)}1`, headers: JSON_BODY }, 413, OVER)
  answers('the size of a chunk does not', { chunks: [...'x'.repeat(20)] }, 200, 'OK')
  answers('a chunk of 21', { chunks: ['x'.repeat(21)] }, 413, OVER)
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) answers(method, { method, body: 'x'.repeat(21) }, 413, OVER)

  it('HEAD', async (test) => {
    const answer = await (await startRoute(test, limitedTo(20))).ask('/api/test', { method: 'HEAD', body: 'x'.repeat(21) })
    assertAnswer(answer, { status: 413, reason: OVER, body: '', 'transfer-encoding': null })
  })

  it('the handler does not run', async (test) => {
    let runs = 0
    const app = await startRoute(test, { config: { api: { bodyParser: { sizeLimit: 20 } } }, handler: () => runs++ })
    await app.ask('/api/test', { method: 'POST', body: 'x'.repeat(21) })
    await app.ask('/api/test', { method: 'POST', chunks: ['x'.repeat(21)] })
    assert.equal(runs, 0)
  })
})

/** A client that sends what it is told when it is told, and remembers what came. */
function openSocket(app: TestApp): { socket: Socket; received(): string; until(text: string): Promise<void>; ended: Promise<void> } {
  const socket = connect({ port: app.port, host: '127.0.0.1', noDelay: true })
  let received = ''
  socket.setEncoding('latin1').on('data', (text) => (received += text))
  const ended = new Promise<void>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('close', () => resolve())
  })
  return {
    socket,
    ended,
    received: () => received,
    async until(text) {
      for (let i = 0; !received.includes(text); i++) {
        assert.ok(i < 1000, `no ${text} within 2 s, but ${received}`)
        await sleep(2)
      }
    },
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

describe('a Content-Length over the limit', () => {
  const post = (headers: Record<string, string>) => requestText('/api/test', { method: 'POST', headers })

  it('is refused before a byte of the body', async (test) => {
    const client = openSocket(await startRoute(test, limitedTo(20)))
    client.socket.write(post({ 'Content-Length': '21', Connection: 'keep-alive' }))
    await client.until(OVER)
    client.socket.destroy()
  })

  it('is refused before 100 Continue, and the connection ends', async (test) => {
    const app = await startRoute(test, limitedTo(20))
    const { answers, interim, reset } = await app.exchange([post({ 'Content-Length': '21', Expect: '100-continue', Connection: 'keep-alive' })])
    assert.deepEqual([interim, answers.length, reset], [[], 1, false])
    assert.ok(answers[0])
    assertAnswer(answers[0], { status: 413, body: OVER, connection: 'close' })
  })

  it('is refused however large', async (test) => {
    const app = await startRoute(test, limitedTo(20))
    const client = openSocket(app)
    client.socket.write(post({ 'Content-Length': '99999999999999' }))
    await client.until(OVER)
    client.socket.destroy()
  })

  it('is seen by a client that is still sending, with Connection: close', async (test) => {
    const app = await startRoute(test, limitedTo(20))
    const body = Buffer.alloc(5_000_000, 'x')
    for (const question of [{ body }, { chunks: Array.from({ length: 50 }, () => body.subarray(0, 100_000)) }]) {
      assertAnswer(await app.ask('/api/test', { method: 'POST', ...question }), { status: 413, body: OVER, cut: false })
    }
  })

  it('is seen by a client that sends slowly, with Connection: close', async (test) => {
    const client = openSocket(await startRoute(test, limitedTo(20)))
    client.socket.write(post({ 'Content-Length': '60' }))
    for (let i = 0; i < 6; i++) {
      client.socket.write('x'.repeat(10))
      await sleep(5)
    }
    await client.ended
    assert.match(client.received(), /^HTTP\/1\.1 413 [\s\S]*\r\n\r\nBody exceeded 20 limit$/)
  })

  it('waits ten seconds for the rest, then the connection is cut', { timeout: TIMEOUT }, async (test) => {
    const app = await startRoute(test, limitedTo(20))
    test.mock.timers.enable({ apis: ['setTimeout'] })
    const client = openSocket(app)
    client.ended.catch(() => {}) // a reset is fine
    client.socket.write(post({ 'Content-Length': '60', Connection: 'keep-alive' }))
    await new Promise<void>((resolve) => client.socket.once('data', () => resolve()))
    test.mock.timers.tick(9_999)
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
    assert.equal(client.socket.destroyed, false)
    test.mock.timers.tick(1)
    await new Promise<void>((resolve) => client.socket.once('close', () => resolve()))
    assert.deepEqual(app.log, [])
  })
})

describe('100 Continue', () => {
  const expecting = { 'Content-Length': '3', Expect: '100-continue', Connection: 'keep-alive' }
  const waiting = (target: string) => requestText(target, { method: 'POST', headers: expecting })

  it('is sent when the body is wanted', async (test) => {
    const app = await startRoute(test, { handler: (req, res) => res.send(req.body) })
    const { answers, interim } = await app.exchange([waiting('/api/test'), 'abc'], { answers: 1 })
    assert.deepEqual([interim, answers[0]?.body], [[100], 'abc'])
  })

  it('is sent with bodyParser: false', async (test) => {
    const app = await startRoute(test, { config: { api: { bodyParser: false } }, handler: (req, res) => void req.pipe(res) })
    const { answers, interim } = await app.exchange([waiting('/api/test'), 'abc'], { answers: 1 })
    assert.deepEqual([interim, answers[0]?.body], [[100], 'abc'])
  })

  function refused(name: string, target: string, status: number) {
    it(`is not sent for ${name}`, async (test) => {
      const app = await startRoute(test, (_req, res) => res.end())
      const { answers, interim } = await app.exchange([waiting(target)])
      assert.ok(answers[0])
      assert.deepEqual(interim, [])
      assertAnswer(answers[0], { status, connection: 'close' })
    })
  }

  refused('an unknown path', '/api/nope', 404)
  refused('a trailing slash', '/api/test/', 308)

  it('is not sent for an unknown charset', async (test) => {
    const app = await startRoute(test, (_req, res) => res.end())
    const { answers, interim } = await app.exchange([
      requestText('/api/test', { method: 'POST', headers: { ...expecting, 'Content-Type': 'text/x; charset=nope' } }),
    ])
    assert.deepEqual([interim, answers[0]?.status], [[], 400])
  })

  it('an expectation nobody knows is 417', async (test) => {
    const answer = await (await startRoute(test, (_req, res) => res.end())).ask('/api/test', { method: 'POST', body: 'x', headers: { Expect: 'a-miracle' } })
    assert.equal(answer.status, 417)
  })
})

describe('the request that follows on the same connection', () => {
  const next = requestText('/api/test?next')
  const keep = { Connection: 'keep-alive' }
  const route: TestRoute = {
    config: { api: { bodyParser: { sizeLimit: 20 } } },
    handler(req, res) {
      if (req.query.fail !== undefined) throw new Error('as asked')
      res.send(`answer to ${req.url}`)
    },
  }

  function answered(name: string, target: string, question: Question, status: number) {
    it(`is answered after ${name}`, async (test) => {
      const app = await startRoute(test, route)
      const { body = '', chunks, ...rest } = question
      const framed = chunks ? `${chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')}0\r\n\r\n` : body
      const first = requestText(target, { method: 'POST', body, ...rest, headers: { ...keep, ...rest.headers }, ...(chunks ? { chunks } : {}) })
      const { answers } = await app.exchange([first, framed, next])
      assert.deepEqual(
        answers.map((answer) => answer.status),
        [status, 200],
      )
      assert.equal(answers[1]?.body, 'answer to /api/test?next')
    })
  }

  answered('a 200', '/api/test', { body: 'x' }, 200)
  answered('a 413', '/api/test', { body: 'x'.repeat(21) }, 413)
  answered('a 413 of many bytes', '/api/test', { body: 'x'.repeat(500_000) }, 413)
  answered('a chunked 413', '/api/test', { chunks: ['x'.repeat(15), 'x'.repeat(15)] }, 413)
  answered('a chunked 413 of many bytes', '/api/test', { chunks: Array.from({ length: 40 }, () => 'x'.repeat(10_000)) }, 413)
  answered('bad JSON', '/api/test', { body: '{', headers: JSON_BODY }, 400)
  answered('an unknown charset', '/api/test', { body: 'abc', headers: { 'Content-Type': 'text/x; charset=nope' } }, 400)
  answered('a 500', '/api/test?fail', { body: 'x' }, 500)
  answered('a 404 with a body', '/api/nope', { body: 'x'.repeat(100_000) }, 404)
  answered('a 308 with a body', '/api/test/', { body: 'x'.repeat(100_000) }, 308)

  it('is answered after a 500 whose body was not read', async (test) => {
    const app = await startRoute(test, {
      config: { api: { bodyParser: false } },
      handler: (req, res) => (req.query.next === undefined ? Promise.reject(new Error('as asked')) : res.end('next')),
    })
    const { answers } = await app.exchange([requestText('/api/test', { method: 'POST', body: 'x'.repeat(300_000), headers: keep }), 'x'.repeat(300_000), next])
    assert.deepEqual(
      answers.map((answer) => answer.status),
      [500, 200],
    )
  })
})

describe('a client that goes away in the middle of its body', () => {
  it('is nobody’s error', async (test) => {
    let runs = 0
    const app = await startRoute(test, () => runs++)
    const client = openSocket(app)
    client.socket.write(`${requestText('/api/test', { method: 'POST', headers: { 'Content-Length': '10' } })}abc`, () => client.socket.destroy())
    await client.ended
    assertAnswer(await app.ask('/api/nope'), { status: 404 })
    assert.deepEqual([runs, app.log], [0, []])
  })
})
