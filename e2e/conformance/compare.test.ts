// "Nothing differs" says something only if the comparison finds what differs.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compare, type Difference } from './compare.mjs'
import type { Answer } from './exchange.mjs'

describe('compare', () => {
  const recorded: Answer = { status: 200, headers: [['etag', '"a"']], body: 'b' }

  /** The recorded answer, changed like this, differs in these fields. */
  function finds(name: string, change: Partial<Answer>, fields: string[], difference?: Omit<Difference, 'id' | 'rule'>) {
    it(name, () => {
      const rule = difference && { id: 'an.id', rule: 'a-rule', ...difference }
      const lines = compare(recorded, { ...recorded, ...change }, { difference: rule })
      assert.deepEqual(
        lines.filter((line) => line !== 'by rule a-rule:').map((line) => line.split(/:| at | is /)[0]),
        fields,
      )
    })
  }

  finds('nothing', {}, [])
  finds('another status', { status: 201 }, ['status'])
  finds('another header', { headers: [['etag', '"b"']] }, ['etag'])
  finds('a header twice', { headers: [...(recorded.headers ?? []), ['etag', '"a"']] }, ['etag'])
  finds('a header too many', { headers: [...(recorded.headers ?? []), ['vary', '*']] }, ['vary'])
  finds('a header that is not compared', { headers: [...(recorded.headers ?? []), ['server', 'x']] }, [])
  finds('another body', { body: 'c' }, ['body'])
  finds('a longer body', { body: 'b'.repeat(200) }, ['body differs'])
  finds('a body of bytes', { body: undefined, bodyBase64: '/w==' }, ['body', 'bodyBase64'])
  finds('a page instead', { body: undefined, frameworkErrorPage: true }, ['body'])
  finds('a cut', { closedEarly: true }, ['closedEarly'])
  finds('a timeout', { timedOut: true }, ['timedOut'])
  finds('surplus bytes', { extraText: 'x' }, ['bytes after the answer'])
  finds('a second answer', { more: [{ status: 200, body: '' }] }, ['following answers'])
  finds('100 Continue', { interim: [100] }, ['interim'])

  // by a rule
  finds('what the rule expects', { status: 201 }, [], { expect: { status: 201 } })
  finds('not what the rule expects', { status: 202 }, ['status'], { expect: { status: 201 } })
  finds('what Next.js answered, although a rule expects something else', {}, ['status'], { expect: { status: 201 } })
  finds('a rule that changes nothing', {}, ['rule a-rule'], { expect: { status: 200 } })
  finds('something else than the rule is about', { status: 201, body: 'c' }, ['body'], { expect: { status: 201 } })
  finds('a header that is free', { headers: [['etag', '"b"']] }, [], { ignore: ['etag'] })
  finds('a cut that a rule expects', { closedEarly: true }, [], { expect: { cut: true } })
  finds('no cut where a rule expects one', {}, ['expected the connection to be cut, got 200 "b"'], { expect: { cut: true } })
})
