// Packages with an adapter for Next.js API routes, without Next.js.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createTRPCUntypedClient, httpBatchLink, TRPCClientError } from '@trpc/client'
import { type Exchange, exchange, startApp } from './support/app.ts'
import { createCookieJar } from './support/cookie-jar.ts'

describe('adapters', async () => {
  const app = await startApp('adapters', {
    env: { NEXTAUTH_SECRET: 'a secret of the test', NEXTAUTH_URL: 'http://127.0.0.1' },
  })

  /** A client that keeps its cookies. */
  function createSession() {
    const jar = createCookieJar()
    return {
      jar,
      async send(request: string, expected: Exchange): Promise<Response> {
        const response = await exchange(app, request, { ...expected, headers: { ...(expected.headers as Record<string, string>), ...jar.header() } })
        jar.keep(response)
        return response
      },
    }
  }

  describe('@trpc/server/adapters/next', () => {
    const row = (request: string, expected: Exchange) => it(request, async () => void (await exchange(app, request, expected)))
    row('GET /api/trpc/post.list', { answer: { result: { data: [{ id: 1, title: 'First' }] } } })
    row('GET /api/trpc/post.byId?input={"id":1}', { answer: { result: { data: { id: 1, title: 'First' } } } })
    row('GET /api/trpc/post.list,post.byId?batch=1&input={"1":{"id":1}} - a batch', {
      answer: [{ result: { data: [{ id: 1, title: 'First' }] } }, { result: { data: { id: 1, title: 'First' } } }],
    })
    row('GET /api/trpc/post.byId?input={"id":9} - an error', { status: 404, answer: /"message":"no post 9".*"code":"NOT_FOUND"/ })
    row('GET /api/trpc/post.byId?input={"id":"x"} - zod refuses', { status: 400, answer: /"code":"BAD_REQUEST"/ })
    row('GET /api/trpc/nothing - no such procedure', { status: 404, answer: /No procedure found on path/ })
    row('POST /api/trpc/post.add - a mutation, not signed in', { body: { title: 'x' }, status: 401, answer: /"code":"UNAUTHORIZED"/ })
    row('HEAD /api/trpc/post.list', { status: 204, answer: '' })
    row('GET /api/trpc/count - a subscription', { headers: { accept: 'text/event-stream' }, answer: /data: 0\n.*data: 1\n.*data: 2\n/s })

    it('@trpc/client speaks with it', async () => {
      const client = createTRPCUntypedClient({ links: [httpBatchLink({ url: `http://127.0.0.1:${app.port}/api/trpc`, headers: { authorization: 'ada' } })] })
      const second = { id: 2, title: 'Second' }
      assert.deepEqual(await client.mutation('post.add', { title: 'Second' }), { ...second, by: 'ada' })
      const both = [client.query('post.list'), client.query('post.byId', { id: 2 })]
      assert.deepEqual(await Promise.all(both), [[{ id: 1, title: 'First' }, second], second])
      await assert.rejects(
        client.query('post.byId', { id: 9 }),
        (error) => error instanceof TRPCClientError && error.message === 'no post 9' && error.data.code === 'NOT_FOUND',
      )
    })
  })

  it('iron-session: log in, read, read again, log out', async () => {
    const { send, jar } = createSession()
    await send('GET /api/session', { status: 401, answer: { loggedIn: false } })
    await send('POST /api/session', {
      body: { username: 'ada' },
      answer: { username: 'ada', counter: 0 },
      answerHeaders: { 'set-cookie': /^iron-example=Fe26\.2\*/ },
    })
    await send('GET /api/session', { answer: { username: 'ada', counter: 1 } })
    await send('GET /api/session', { answer: { username: 'ada', counter: 2 } })
    await send('DELETE /api/session', { answer: { loggedIn: false } })
    assert.deepEqual(jar.names(), [])
    await send('GET /api/session', { status: 401, answer: { loggedIn: false } })
    await exchange(app, 'GET /api/session', { headers: { cookie: 'iron-example=Fe26.2*forged' }, status: 401, answer: { loggedIn: false } })
  })

  describe('next-auth', () => {
    async function signIn(session: ReturnType<typeof createSession>, password: string, expected: Exchange): Promise<void> {
      const csrf = await session.send('GET /api/auth/csrf', { answer: /^\{"csrfToken":"[0-9a-f]{64}"\}$/ })
      const { csrfToken } = (await csrf.json()) as { csrfToken: string }
      await session.send('POST /api/auth/callback/credentials', {
        body: new URLSearchParams({ csrfToken, username: 'ada', password, json: 'true' }),
        ...expected,
      })
    }

    it('signs in, knows who it is, and signs out', async () => {
      const session = createSession()
      await session.send('GET /api/auth/session', { answer: {} })
      await session.send('GET /api/me', { status: 401, answer: { error: 'sign in first' } })

      await signIn(session, 'analytical', { answer: /^\{"url":"http:\/\/127\.0\.0\.1/ })
      const user = { name: 'Ada Lovelace', email: 'ada@example.com' }
      const answer = await session.send('GET /api/auth/session', {})
      const { expires, ...rest } = (await answer.json()) as { expires: string }
      assert.deepEqual(rest, { user, userId: '1' })
      assert.ok(Date.parse(expires) > Date.now())
      await session.send('GET /api/me', { answer: { user, token: 'ada@example.com' } })

      const csrf = await session.send('GET /api/auth/csrf', {})
      const body = new URLSearchParams((await csrf.json()) as Record<string, string>)
      await session.send('POST /api/auth/signout', { body, status: 302, answerHeaders: { location: /^http:\/\/127\.0\.0\.1/ } })
      await session.send('GET /api/auth/session', { answer: {} })
      await session.send('GET /api/me', { status: 401 })
    })

    it('refuses a wrong password', async () => {
      const session = createSession()
      await signIn(session, 'wrong', { status: 401, answer: /CredentialsSignin/ })
      await session.send('GET /api/auth/session', { answer: {} })
    })

    it('refuses a form without the token of its cookie', async () => {
      const session = createSession()
      const body = new URLSearchParams({ csrfToken: 'made up', username: 'ada', password: 'analytical' })
      await session.send('POST /api/auth/callback/credentials', { body, status: 302, answerHeaders: { location: /csrf=true$/ } })
      await session.send('GET /api/auth/session', { answer: {} })
    })

    it('has its pages and the list of its providers', async () => {
      const session = createSession()
      await session.send('GET /api/auth/signin', { answer: /<input type="hidden" name="csrfToken" value="[0-9a-f]{64}".*Sign in with Credentials/s })
      await session.send('GET /api/auth/providers', { answer: /^\{"credentials":\{"id":"credentials"/ })
      await session.send('GET /api/auth/nothing', { status: 400, answer: /This action with HTTP GET is not supported/ })
    })
  })
})
