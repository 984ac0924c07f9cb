/** Does a server give the answer that is going to be measured? */

import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import type { LoadRequest } from '../load/load.ts'
import type { SubjectName } from '../subjects/subjects.ts'
import type { Exchange, Expected } from './exchanges.ts'

export interface Answer {
  readonly status: number
  /** As they came: names and values in turn. */
  readonly rawHeaders: readonly string[]
  readonly type: string | undefined
  readonly tag: string | undefined
  readonly body: string
}

const agent = new Agent({ keepAlive: true })
/** As many of the paths are checked; the answers to the others come from the same code. */
const PATHS_CHECKED = 200

/** What differs, for whom it must not; empty if nothing does. */
export function differences(name: SubjectName, path: string, answer: Answer, expected: Expected): string[] {
  const found: string[] = []
  const compare = (what: string, actual: unknown, wanted: unknown) => {
    if (actual !== wanted) found.push(`${name}: ${what} of ${path} is ${shown(actual)}, expected ${shown(wanted)}`)
  }
  compare('the status', answer.status, expected.status)
  // Next.js answers with its page for what is not found: an app has no say in it that leaves pages/api as it is.
  if (!(name === 'next' && expected.status === 404)) compare('the body', answer.body, expected.bodyOf(path))
  if (expected.type !== undefined) compare('the content type', answer.type, expected.type)
  if (expected.hasTag) compare('having an ETag', answer.tag !== undefined, true)
  return found
}

/** The floor does what apiroutes does, to the byte; but for the time, which is not the same. */
export function headerDifferences(path: string, floor: Answer, ours: Answer): string[] {
  const [wanted, actual] = [floor, ours].map(({ rawHeaders }) => lines(rawHeaders))
  return wanted === actual ? [] : [`the headers of ${path} differ. floor:\n${wanted}\napiroutes:\n${actual}`]
}

function lines(rawHeaders: readonly string[]): string {
  const pairs = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`  ${name}: ${name === 'Date' ? '…' : rawHeaders[i + 1]}`] : []))
  return pairs.join('\n')
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > 200 ? `${text.slice(0, 200)}… (${text.length} characters)` : text
}

/** Asks for all paths that are checked. @throws Error with every difference. */
export async function check(name: SubjectName, port: number, { request, expected }: Exchange): Promise<Answer[]> {
  const answers: Answer[] = []
  const found: string[] = []
  for (const path of request.paths.slice(0, PATHS_CHECKED)) {
    const answer = await ask(port, path, request)
    found.push(...differences(name, path, answer, expected))
    answers.push(answer)
  }
  if (found.length > 0) throw new Error(`what is measured must be the same work:\n${found.slice(0, 10).join('\n')}`)
  return answers
}

export function ask(port: number, path: string, { method, headers, body }: Omit<LoadRequest, 'paths'>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }
    const req = httpRequest({ port, host: '127.0.0.1', path, method, headers: { ...headers, ...length }, agent }, (res) => {
      readAnswer(res).then(resolve, reject)
    })
    req.on('error', reject).end(body)
  })
}

async function readAnswer(res: IncomingMessage): Promise<Answer> {
  const body = await text(res)
  const type = res.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  return { status: res.statusCode ?? 0, rawHeaders: res.rawHeaders, type, tag: res.headers.etag, body }
}
