// Every code block of the API Routes documentation, built as it stands, served, and its answer compared.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { build, buildOrThrow, diagnosticCodes } from './support/build.ts'
import { startServer } from './support/server.ts'

const answerOk = `\nexport default function handler(req, res) {\n  res.json({ body: req.body === undefined ? 'undefined' : req.body })\n}\n`

const hello = `import type { NextApiRequest, NextApiResponse } from 'next'

type ResponseData = {
  message: string
}

export default function handler(
  req: NextApiRequest,
  res: NextApiResponse<ResponseData>
) {
  res.status(200).json({ message: 'Hello from Next.js!' })
}
`

const methods = `import type { NextApiRequest, NextApiResponse } from 'next'

export default function handler(req: NextApiRequest, res: NextApiResponse) {
  if (req.method === 'POST') {
    // Process a POST request
  } else {
    // Handle any other HTTP method
  }
}
`

const defaultConfig = `export const config = {
  api: {
    bodyParser: {
      sizeLimit: '1mb',
    },
  },
}
`

const responseLimit = `export const config = {
  api: {
    responseLimit: false,
  },
}
`

const sendingJson = `import type { NextApiRequest, NextApiResponse } from 'next'

export default function handler(req: NextApiRequest, res: NextApiResponse) {
  try {
    const result = await someAsyncOperation()
    res.status(200).json({ result })
  } catch (err) {
    res.status(500).json({ error: 'failed to load data' })
  }
}
`

const dynamicRoute = `import type { NextApiRequest, NextApiResponse } from 'next'

export default function handler(req: NextApiRequest, res: NextApiResponse) {
  const { pid } = req.query
  res.end(\`Post: \${pid}\`)
}
`

const asyncJson = sendingJson.replace('export default function', 'export default async function')

describe('the code blocks of the document', async () => {
  const { dist } = await buildOrThrow({
    'pages/api/hello.ts': hello,
    'pages/api/methods.ts': methods,
    'pages/api/default-config.js': defaultConfig + answerOk,
    'pages/api/size-limit.js': defaultConfig.replace('1mb', '500kb') + answerOk,
    'pages/api/response-limit.js': responseLimit + answerOk,
    'pages/api/json-fails.ts': asyncJson,
    'pages/api/json.ts': `const someAsyncOperation = async () => 'loaded'\n${asyncJson}`,
    'pages/api/post/[pid].ts': dynamicRoute,
  })
  const server = await startServer(dist)
  const routes: { path: string; config: unknown }[] = JSON.parse(readFileSync(path.join(dist, 'manifest.json'), 'utf8')).routes

  function answers(name: string, target: string, expected: { status: number; body: string; type?: string | null }, init?: RequestInit) {
    it(name, async () => {
      const response = await server.fetch(target, init)
      const { status, body, type } = { type: response.headers.get('content-type'), ...expected }
      assert.deepEqual({ status: response.status, body: await response.text(), type: response.headers.get('content-type') }, { status, body, type })
    })
  }

  function manifestSays(name: string, route: string, expected: object) {
    it(name, () =>
      assert.deepEqual(routes.find((item) => item.path === route)?.config, {
        bodyParser: null,
        responseLimit: null,
        externalResolver: false,
        maxDuration: null,
        ...expected,
      }),
    )
  }

  const json = 'application/json; charset=utf-8'
  const large = (bytes: number) => ({ method: 'POST', body: 'x'.repeat(bytes), headers: { 'content-type': 'text/plain' } })
  answers('the first example', '/api/hello', { status: 200, body: '{"message":"Hello from Next.js!"}', type: json })
  answers('a dynamic route', '/api/post/abc', { status: 200, body: 'Post: abc', type: null })
  answers('sending JSON, when the operation fails', '/api/json-fails', { status: 500, body: '{"error":"failed to load data"}', type: json })
  answers('sending JSON, when it works', '/api/json', { status: 200, body: '{"result":"loaded"}', type: json })
  answers('the default config takes 1 MB', '/api/default-config', { status: 200, body: JSON.stringify({ body: 'x'.repeat(1_048_576) }) }, large(1_048_576))
  answers('and not a byte more', '/api/default-config', { status: 413, body: 'Body exceeded 1mb limit' }, large(1_048_577))
  answers('sizeLimit 500kb takes 512000 bytes', '/api/size-limit', { status: 200, body: JSON.stringify({ body: 'x'.repeat(512_000) }) }, large(512_000))
  answers('and not a byte more', '/api/size-limit', { status: 413, body: 'Body exceeded 500kb limit' }, large(512_001))
  answers('no body is null', '/api/response-limit', { status: 200, body: '{"body":null}', type: json })
  manifestSays('the default config in the manifest', '/api/default-config', { bodyParser: { bytes: 1_048_576, text: '1mb' } })
  manifestSays('500kb is 512000 in the manifest', '/api/size-limit', { bodyParser: { bytes: 512_000, text: '500kb' } })
  manifestSays('responseLimit: false in the manifest', '/api/response-limit', { responseLimit: false })
  manifestSays('unset is distinct from 1mb', '/api/hello', {})

  it('the methods example answers nothing, as written, and harms nobody', async () => {
    const aborter = new AbortController()
    const pending = server.fetch('/api/methods', { method: 'POST', signal: aborter.signal })
    const first = await Promise.race([pending.then(() => 'answered'), server.fetch('/api/hello').then(() => 'the other route')])
    aborter.abort()
    await assert.rejects(pending, { name: 'AbortError' })
    assert.equal(first, 'the other route')
  })

  it('the server ends cleanly', async () => assert.equal(await server.stop(), 0))
})

describe('the block under "Sending a JSON response" as written', () => {
  it('is refused at its `await`, which is in a function that is not async', async () => {
    const built = await build({ 'pages/api/hello.ts': sendingJson })
    assert.equal(built.code, 1)
    assert.deepEqual(diagnosticCodes(built), ['await-outside-async'])
    assert.match(built.stderr, /pages\/api\/hello\.ts:5:20\n.*\n 5 \| {5}const result = await someAsyncOperation\(\)\n/)
    assert.match(built.stderr, /`await` is used in the function `handler`, which is not async/)
  })
})
