// What an editor and `tsc` say to a user: types from 'apiroutes', and from 'next' where there is no Next.js. Each fixture is a project of
// its own; what must be refused in it is marked with @ts-expect-error, so that a line which is no longer refused is a failure.
import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { runProgram } from '../support/run-program.ts'
import { type FileMap, temporaryProject } from '../support/temporary.ts'

const root = path.join(import.meta.dirname, '../..')
const tsc = path.join(root, 'node_modules/typescript/bin/tsc')

const RESOLUTIONS = {
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
}
type Resolution = keyof typeof RESOLUTIONS

interface Project {
  readonly files: FileMap
  readonly resolution?: Resolution
  readonly options?: Readonly<Record<string, unknown>>
  /** Packages of this workspace that the project has installed besides. */
  readonly installed?: readonly string[]
}

/** What tsc prints for a project that has both packages installed, and neither Next.js nor @types/node. */
async function check({ files, resolution = 'bundler', options = {}, installed = [] }: Project): Promise<string[]> {
  const compilerOptions = { strict: true, noEmit: true, target: 'es2023', lib: ['es2023'], jsx: 'preserve', ...RESOLUTIONS[resolution], ...options }
  const tsconfig = JSON.stringify({ compilerOptions, include: ['**/*.ts', '**/*.js'] })
  const project = temporaryProject({ 'package.json': '{ "type": "module" }', 'tsconfig.json': tsconfig, ...files })
  const links = {
    apiroutes: 'packages/compiler',
    '@apiroutes/runtime': 'packages/runtime',
    ...Object.fromEntries(installed.map((name) => [name, `node_modules/${name}`])),
  }
  for (const [name, target] of Object.entries(links)) link(path.join(project, 'node_modules', name), path.join(root, target))
  const { stdout, stderr } = await runProgram(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], { cwd: project })
  return `${stdout}${stderr}`.split('\n').filter((line) => line.trim() !== '')
}

function link(from: string, to: string): void {
  mkdirSync(path.dirname(from), { recursive: true })
  symlinkSync(to, from, 'dir')
}

function accepts(name: string, project: Project) {
  it(name, async () => assert.deepEqual(await check(project), []))
}

/** `expected` is what each line must show, in order. */
function refuses(name: string, project: Project, expected: RegExp[]) {
  it(name, async () => {
    const lines = await check(project)
    assert.equal(lines.length, expected.length, lines.join('\n'))
    for (const [i, pattern] of expected.entries()) assert.match(lines[i] ?? '', pattern)
  })
}

const document = {
  'pages/api/hello.ts': `import type { NextApiRequest, NextApiResponse } from 'next'

type ResponseData = {
  message: string
}

export default function handler(
  req: NextApiRequest,
  res: NextApiResponse<ResponseData>
) {
  res.status(200).json({ message: 'Hello from Next.js!' })
}
`,
  'pages/api/methods.ts': `import type { NextApiRequest, NextApiResponse } from 'next'

export default function handler(req: NextApiRequest, res: NextApiResponse) {
  if (req.method === 'POST') {
    // Process a POST request
  } else {
    // Handle any other HTTP method
  }
}
`,
  'pages/api/config.js': `export const config = {
  api: {
    bodyParser: {
      sizeLimit: '1mb',
    },
  },
}
`,
  'pages/api/response-limit.js': `export const config = {
  api: {
    responseLimit: false,
  },
}
`,
  'pages/api/json.ts': `import type { NextApiRequest, NextApiResponse } from 'next'

declare function someAsyncOperation(): Promise<number>

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  try {
    const result = await someAsyncOperation()
    res.status(200).json({ result })
  } catch (err) {
    res.status(500).json({ error: 'failed to load data' })
  }
}
`,
  'instrumentation.ts': `import type { Instrumentation } from 'next'

export function register() {
  // Start telemetry
}

export const onRequestError: Instrumentation.onRequestError = async (err, request, context) => {
  await fetch('https://example.com/report', {
    method: 'POST',
    body: JSON.stringify({ message: (err as Error).message, request, context }),
    headers: { 'Content-Type': 'application/json' },
  })
}
`,
  'pages/api/post/[pid].ts': `import type { NextApiRequest, NextApiResponse } from 'next'

export default function handler(req: NextApiRequest, res: NextApiResponse) {
  const { pid } = req.query
  res.end(\`Post: \${pid}\`)
}
`,
}

const everyNameOfNext: FileMap = {
  'pages/api/all.ts': `import type { NextApiHandler, NextApiRequest, NextApiResponse, PageConfig } from 'next'

export const config: PageConfig = { api: { bodyParser: false } }

interface SignedIn extends NextApiRequest {
  user: string
}

function withUser(handler: (req: SignedIn, res: NextApiResponse) => unknown): NextApiHandler {
  return (req, res) => handler(Object.assign(req, { user: 'ann' }), res)
}

export default withUser(async (req, res) => {
  const chunks: Uint8Array[] = []
  for await (const chunk of req) chunks.push(chunk)
  res.setHeader('X-Host', req.headers.host ?? '')
  res.status(200).json({ user: req.user, length: chunks.length })
})
`,
}

/** Pages as they are written for Next.js, but without JSX, whose types are React's. */
const pages: FileMap = {
  'pages/weather.ts': `import type { GetStaticProps, InferGetStaticPropsType } from 'next'

interface Weather {
  degrees: number
}

export const getStaticProps = (async () => {
  const response = await fetch('https://example.com/weather')
  const weather: Weather = await response.json()
  return { props: { weather }, revalidate: 60 }
}) satisfies GetStaticProps<{ weather: Weather }>

export default function Page({ weather }: InferGetStaticPropsType<typeof getStaticProps>) {
  return weather.degrees.toFixed(1)
}
`,
  'pages/towns/[town].ts': `import type { GetStaticPaths, GetStaticProps, InferGetStaticPropsType } from 'next'

export const getStaticPaths = (() => ({ paths: [{ params: { town: 'bern' } }, '/towns/oslo'], fallback: true })) satisfies GetStaticPaths

export const getStaticProps: GetStaticProps = async ({ params }) => {
  const response = await fetch(\`https://example.com/towns/\${params?.town}\`)
  return response.ok ? { props: { town: await response.json() } } : { notFound: true }
}

export default function Page({ town }: InferGetStaticPropsType<typeof getStaticProps>) {
  return town.name
}
`,
  'pages/loose.ts': `import type { GetStaticPathsContext, GetStaticPathsResult, GetStaticPropsContext, GetStaticPropsResult, GetStaticProps, PreviewData, Redirect } from 'next'

export const getStaticProps: GetStaticProps = async ({ params, draftMode, preview, previewData, revalidateReason }) => {
  if (revalidateReason === 'stale' && !params) return { notFound: true, revalidate: 10 }
  if (preview || draftMode) return { redirect: { destination: '/', permanent: false } }
  return { props: { anything: previewData } }
}
export type All = [GetStaticPathsContext, GetStaticPathsResult, GetStaticPropsContext, GetStaticPropsResult<{}>, PreviewData, Redirect]
`,
}

const line = { types: ['apiroutes/next'] }
/** As `create-next-app` writes it, the line apart. */
const asInNext = {
  lib: ['dom', 'dom.iterable', 'esnext'],
  allowJs: true,
  skipLibCheck: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  isolatedModules: true,
  incremental: true,
}

describe("import type { … } from 'next', without Next.js", { concurrency: 2 }, () => {
  const files = { ...document, ...everyNameOfNext }
  accepts("the document's examples, bundler", { files, options: { ...line, allowJs: true, checkJs: true } })
  accepts("the document's examples, nodenext", { files, resolution: 'nodenext', options: { ...line, allowJs: true, checkJs: true } })
  refuses('without the line it is not found', { files: { 'a.ts': document['pages/api/hello.ts'] } }, [
    /^a\.ts\(1,\d+\): error TS2307: Cannot find module 'next'/,
  ])
  accepts('with the tsconfig of create-next-app', { files, options: { ...asInNext, ...line } })
  accepts('static pages, bundler', { files: pages, options: { ...asInNext, ...line } })
  accepts('static pages, nodenext', { files: pages, resolution: 'nodenext', options: { ...line, lib: ['dom', 'esnext'] } })
  accepts('with the line beside others', { files: everyNameOfNext, options: { types: ['node', 'apiroutes/next'] }, installed: ['@types/node'] })

  const noAwait = document['pages/api/json.ts'].replace('export default async', 'export default')
  refuses('await in a function that is not async', { files: { 'a.ts': noAwait }, options: line }, [
    /^a\.ts\(7,20\): error TS1308: 'await' expressions are only allowed/,
  ])
  const wrong = document['pages/api/hello.ts'].replace("message: 'Hello", "text: 'Hello")
  refuses('a wrong answer', { files: { 'a.ts': wrong }, options: line }, [/^a\.ts\(11,\d+\): error TS2353: .*'text' does not exist in type 'ResponseData'/])
})

const ours: FileMap = {
  'equal.ts': `export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
export function same<_Yes extends true>(): void {}
`,
  'request.ts': `import type { IncomingMessage } from 'node:http'
import type { ApiRequest, NextApiRequest } from 'apiroutes'
import { type Equal, same } from './equal.js'

export function look(req: ApiRequest): void {
  same<Equal<ApiRequest, NextApiRequest>>()
  same<Equal<typeof req.query.id, string | string[] | undefined>>()
  same<Equal<typeof req.cookies.id, string | undefined>>()
  same<Equal<typeof req.draftMode, boolean | undefined>>()
  same<Equal<typeof req.preview, boolean | undefined>>()
  same<Equal<typeof req.method, string | undefined>>()
  same<Equal<typeof req.headers.host, string | undefined>>()
  same<Equal<typeof req.route, string | undefined>>()
  const message: IncomingMessage = req
  const anything: { a: 1 } = req.body
  req.query = { a: '1', b: ['2'] }
  req.cookies = { a: '1' }
  req.body = anything
  message.pipe(process.stdout)
  // @ts-expect-error it may be absent, or an array
  const id: string = req.query.id
  // @ts-expect-error it may be absent
  const cookie: string = req.cookies.id
  // @ts-expect-error neither text nor a list of texts
  req.query = { a: 1 }
  // @ts-expect-error no such thing
  req.params
  void [id, cookie]
}
`,
  'response.ts': `import type { ServerResponse } from 'node:http'
import type { ApiResponse, NextApiResponse } from 'apiroutes'
import { type Equal, same } from './equal.js'

interface Data {
  ok: boolean
  note?: string
}

export function send(res: ApiResponse<Data>, loose: ApiResponse): void {
  same<Equal<ApiResponse<Data>, NextApiResponse<Data>>>()
  same<Equal<ReturnType<typeof res.json>, void>>()
  same<Equal<ReturnType<typeof res.send>, void>>()
  same<Equal<ReturnType<typeof res.status>, NextApiResponse<Data>>>()
  same<Equal<ReturnType<typeof res.revalidate>, Promise<void>>>()
  const response: ServerResponse = res
  response.end()
  res.status(200).json({ ok: true })
  res.status(201).send({ ok: true, note: 'x' })
  res.status(204).end()
  res.setHeader('X-A', ['1', '2']).status(200).setDraftMode({ enable: true }).json({ ok: true })
  res.clearPreviewData().clearPreviewData({ path: '/docs' }).setPreviewData({ a: 1 }, { maxAge: 60, path: '/' }).setPreviewData('text')
  res.redirect('/x')
  res.redirect(307, '/x').end()
  void res.revalidate('/x', { unstable_onlyGenerated: true })
  loose.json(1)
  loose.send(Buffer.from('x'))
  // @ts-expect-error a property is missing
  res.json({})
  // @ts-expect-error of another type
  res.json({ ok: 1 })
  // @ts-expect-error one too many
  res.json({ ok: true, other: 1 })
  // @ts-expect-error nothing at all
  res.json()
  // @ts-expect-error not after status() either
  res.status(200).json('ok')
  // @ts-expect-error send is held to the same
  res.send('ok')
  // @ts-expect-error a status is a number
  res.status('200')
  // @ts-expect-error a status needs a URL
  res.redirect(307)
  // @ts-expect-error the wrong way round
  res.redirect('/x', 307)
  // @ts-expect-error nowhere to go
  res.redirect()
  // @ts-expect-error a URL object is no text
  res.redirect(new URL('http://h'))
  // @ts-expect-error on or off
  res.setDraftMode({})
  // @ts-expect-error neither an object nor a text
  res.setPreviewData(5)
  // @ts-expect-error a path is a text
  void res.revalidate(5)
}
`,
  'handler.ts': `import type { ApiHandler, ApiRequest, ApiResponse, NextApiHandler } from 'apiroutes'
import { type Equal, same } from './equal.js'

same<Equal<ApiHandler<string>, NextApiHandler<string>>>()
export const sync: ApiHandler = (req, res) => res.json(req.query)
export const async: NextApiHandler<{ ok: boolean }> = async (_req, res) => res.json({ ok: true })
export const early: ApiHandler = (req, res) => (req.method === 'POST' ? res.status(405).end() : undefined)
export const declared: ApiHandler = function handler(req: ApiRequest, res: ApiResponse<string>) {
  res.send(req.url ?? '')
}
// @ts-expect-error a wrong answer
export const wrong: ApiHandler<{ ok: boolean }> = (_req, res) => res.json({ ok: 'yes' })
// @ts-expect-error no function
export const none: ApiHandler = {}
`,
  'instrumentation.ts': `import type { Instrumentation } from 'apiroutes'
import { type Equal, same } from './equal.js'

type Call = Parameters<Instrumentation.onRequestError>
same<Equal<Call[0], unknown>>()
same<Equal<Call[1]['path'], string>>()
same<Equal<Call[1]['method'], string>>()
same<Equal<Call[1]['headers'][string], string | string[] | undefined>>()
same<Equal<Call[2]['routerKind'], 'Pages Router' | 'App Router'>>()
same<Equal<Call[2]['routePath'], string>>()
same<Equal<Call[2]['routeType'], 'render' | 'route' | 'action' | 'proxy'>>()
same<Equal<Call[2]['revalidateReason'], 'on-demand' | 'stale' | undefined>>()
same<Equal<ReturnType<Instrumentation.onRequestError>, void | Promise<void>>>()
export const sync: Instrumentation.onRequestError = (_error, { headers }) => void headers.host
// @ts-expect-error an error is unknown
export const typed: Instrumentation.onRequestError = (error: Error) => void error
// @ts-expect-error it cannot be changed
export const changes: Instrumentation.onRequestError = (_error, request) => void (request.path = '/')
`,
  'pages.ts': `import type {
  DocumentProps, GetStaticPaths, GetStaticProps, GetStaticPropsContext, GetStaticPropsResult, InferGetStaticPropsType, PreviewData, Redirect,
} from 'apiroutes'
import { type Equal, same } from './equal.js'

interface Post {
  title: string
}

type Get = GetStaticProps<{ post: Post }, { id: string }>
same<Equal<Parameters<Get>[0]['params'], { id: string } | undefined>>()
same<Equal<Parameters<GetStaticProps>[0]['params'], GetStaticPropsContext['params']>>()
same<Equal<GetStaticPropsContext['revalidateReason'], 'build' | 'stale' | 'on-demand' | undefined>>()
same<Equal<GetStaticPropsContext['draftMode'], boolean | undefined>>()
same<Equal<GetStaticPropsContext['previewData'], PreviewData>>()
same<Equal<InferGetStaticPropsType<Get>, { post: Post }>>()
same<Equal<DocumentProps, { html: string; head: string }>>()

const inferred = ({ params }: { params?: { id: string } }) => (params ? { props: { id: params.id }, revalidate: 1 } : { notFound: true as const })
same<Equal<InferGetStaticPropsType<typeof inferred>, { id: string }>>()
const inferredLater = async () => ({ props: { a: 1 } })
same<Equal<InferGetStaticPropsType<typeof inferredLater>, { a: number }>>()

export const sync: Get = ({ params }) => ({ props: { post: { title: params?.id ?? '' } }, revalidate: false })
export const later: Get = async () => ({ notFound: true, revalidate: 60 })
export const loose: GetStaticProps = () => ({ props: { anything: 1 } })
export const places: Redirect[] = [
  { destination: '/', permanent: true },
  { destination: '/', statusCode: 302 },
  // @ts-expect-error one of the two
  { destination: '/' },
  // @ts-expect-error no redirect
  { destination: '/', statusCode: 200 },
]
export const results: GetStaticPropsResult<{ a: number }>[] = [
  { props: { a: 1 } },
  { props: { a: 1 }, revalidate: true },
  { notFound: true },
  // @ts-expect-error of another type
  { props: { a: 'x' } },
  // @ts-expect-error a number of seconds
  { props: { a: 1 }, revalidate: '10' },
  // @ts-expect-error there or not there
  { notFound: false },
  // @ts-expect-error no such key
  { properties: {} },
  // @ts-expect-error nothing
  {},
]
// @ts-expect-error of another type
export const wrong: Get = () => ({ props: { post: {} } })
// @ts-expect-error no params of that name
export const other: Get = ({ params }) => ({ props: { post: { title: params?.name } } })

type Paths = GetStaticPaths<{ id: string }>
export const paths: Paths[] = [
  () => ({ paths: [], fallback: false }),
  async () => ({ paths: ['/posts/1', { params: { id: '2' } }], fallback: 'blocking' }),
  // @ts-expect-error another param
  () => ({ paths: [{ params: { name: '2' } }], fallback: true }),
  // @ts-expect-error what becomes of others is missing
  () => ({ paths: [] }),
  // @ts-expect-error no such way
  () => ({ paths: [], fallback: 'later' }),
]
`,
  'config.ts': `import type { ApiConfig, PageConfig } from 'apiroutes'
import { type Equal, same } from './equal.js'

same<Equal<ApiConfig, PageConfig>>()
export const every: ApiConfig[] = [
  {},
  { api: {} },
  { api: { bodyParser: false } },
  { api: { bodyParser: true } },
  { api: { bodyParser: {} } },
  { api: { bodyParser: { sizeLimit: '1mb' } } },
  { api: { bodyParser: { sizeLimit: 500 } } },
  { api: { responseLimit: false } },
  { api: { responseLimit: '8mb' } },
  { api: { responseLimit: 100 } },
  { api: { externalResolver: true } },
  { maxDuration: 5, regions: ['fra1'], preferredRegion: 'home', runtime: 'nodejs' },
]
export const config = { api: { bodyParser: { sizeLimit: '500kb' }, responseLimit: false } } as const satisfies PageConfig
export const wrong: PageConfig[] = [
  // @ts-expect-error
  { api: { bodyParser: 'off' } },
  // @ts-expect-error
  { api: { bodyParser: { sizeLimit: true } } },
  // @ts-expect-error
  { api: { bodyParser: { sizelimit: '1mb' } } },
  // @ts-expect-error
  { api: { responseLimit: {} } },
  // @ts-expect-error
  { api: { externalResolver: 'yes' } },
  // @ts-expect-error
  { api: { compress: true } },
  // @ts-expect-error
  { bodyParser: false },
  // @ts-expect-error
  { maxDuration: '5' },
  // @ts-expect-error
  { runtime: 'edge' },
]
`,
  'typed.js': `/** @type {import('apiroutes').ApiHandler<{ ok: boolean }>} */
const handler = (req, res) => {
  // @ts-expect-error a wrong answer
  res.json({ ok: req.url })
}
export default handler
`,
}

const plain: FileMap = {
  'pages/api/plain.ts': `import type { ApiRequest, ApiResponse } from 'apiroutes'

export default function handler(req: ApiRequest, res: ApiResponse) {
  res.setHeader('X-Host', req.headers.host ?? '').status(200).json({ method: req.method })
}
`,
}

describe("import type { … } from 'apiroutes'", { concurrency: 2 }, () => {
  const options = { types: ['node'] }
  const installed = ['@types/node']
  const strictest = { noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, verbatimModuleSyntax: true }

  accepts('everything it should, and nothing more, bundler', { files: ours, options: { ...options, allowJs: true, checkJs: true }, installed })
  accepts('everything it should, and nothing more, nodenext', {
    files: ours,
    resolution: 'nodenext',
    options: { ...options, ...strictest, allowJs: true },
    installed,
  })
  // BUG, see the report: the types need @types/node and do not say so. From TypeScript 6 on, nothing is in `types` by default.
  accepts('in a project that names no types', { files: plain, options: { skipLibCheck: true }, installed })
})
