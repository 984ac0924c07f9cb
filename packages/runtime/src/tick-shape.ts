/** What process.nextTick makes keeps its shape, so that an idle server does not become a slow one. */

import { executionAsyncResource } from 'node:async_hooks'

const kept: object[] = []

/**
 * Keeps one of the objects that `process.nextTick` queues. Its literal has computed names, and V8 knows the shapes that they make only as long as somebody has an object of them. If garbage is
 * collected while nothing is queued, as it is in a server that nobody asks for a moment, they are gone; V8 then takes the literal for one with a new shape each time, and makes each property by a call into C++
 * from there on. Seen in Node.js 20 to 24, where it costs a tenth of a small answer.
 */
export function keepTickShape(): void {
  process.nextTick(() => kept.push(executionAsyncResource()))
}
