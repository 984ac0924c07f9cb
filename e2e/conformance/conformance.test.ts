// Replays requests.json against our server, and compares each answer with what Next.js answered.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { buildOrThrow } from '../support/build.ts'
import { type Server, startServer } from '../support/server.ts'
import { compare, type Difference } from './compare.mjs'
import type { Answer, Request } from './exchange.mjs'
import { replay } from './replay.mjs'

const requests: Request[] = readJson('requests.json')
const expected: Record<string, Answer> = readJson('expected.json')
const differences: Difference[] = readJson('differences.json')

function readJson(name: string) {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, name), 'utf8'))
}

describe('answers as Next.js does', () => {
  let server: Server
  let answers: Map<string, Answer>

  before(async () => {
    const { dist } = await buildOrThrow(path.join(import.meta.dirname, 'app'))
    server = await startServer(dist)
    answers = await replay(requests, { port: server.port })
  })
  after(() => server?.stop())

  for (const request of requests) {
    it(`${request.id}: ${request.why}`, () => {
      const recorded = expected[request.id]
      assert.ok(recorded, 'there is no recorded answer')
      const difference = differences.find(({ id }) => id === request.id)
      const lines = compare(recorded, answers.get(request.id), { difference })
      assert.ok(lines.length === 0, `${request.method} ${request.target}\n${lines.join('\n')}`)
    })
  }

  it('has 509 requests, each with an expected answer', () => {
    const ids = requests.map(({ id }) => id)
    assert.equal(new Set(ids).size, 509)
    assert.deepEqual(Object.keys(expected), ids)
  })

  it('has at most one difference for each request', () => {
    const ids = differences.map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length)
    assert.deepEqual(
      ids.filter((id) => !(id in expected)),
      [],
    )
  })
})
