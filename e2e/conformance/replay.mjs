// Sends the rows of requests.json to a running server, one after the other, and collects the answers by id.
import { exchange } from './exchange.mjs'

/** @typedef {import('./exchange.mjs').Request} Request @typedef {import('./exchange.mjs').Answer} Answer */

/**
 * @param {readonly Request[]} requests with every request that another one takes its cookies from
 * @param {{ host?: string, port: number, timeout?: number, concurrency?: number, settle?: (request: Request, answer: Answer) => Promise<void> }} options
 *   `settle` runs after each answer, before the next request
 * @returns {Promise<Map<string, Answer>>} in the order of `requests`
 */
export async function replay(requests, { host = '127.0.0.1', port, timeout = 5000, concurrency = 1, settle = async () => {} }) {
  const givers = new Set(requests.map(({ cookiesFrom }) => cookiesFrom))
  const queue = [...requests.filter(({ id }) => givers.has(id)), ...requests.filter(({ id }) => !givers.has(id))]
  const cookiesOf = new Map()
  const answers = new Map(requests.map(({ id }) => [id, undefined]))

  async function work() {
    for (let request = queue.shift(); request; request = queue.shift()) {
      const cookie = cookieHeader(request, cookiesOf.get(request.cookiesFrom) ?? [])
      const { answer, cookies } = await exchangeAgainAfterReset(request, { host, port, timeout, cookie })
      cookiesOf.set(request.id, cookies)
      await settle(request, answer)
      answers.set(request.id, answer)
    }
  }
  const takesCookies = requests.some(({ cookiesFrom }) => cookiesFrom)
  await Promise.all(Array.from({ length: takesCookies ? 1 : concurrency }, work))
  return answers
}

/** A refusal may race with a reset while we are still sending; then we ask again. */
async function exchangeAgainAfterReset(request, options, attempts = request.mayReset ? 6 : 1) {
  const result = await exchange(request, options)
  return result.answer.noResponse && attempts > 1 ? exchangeAgainAfterReset(request, options, attempts - 1) : result
}

function cookieHeader({ cookieTamper = '', cookiesOnly }, cookies) {
  return cookies
    .filter((cookie) => !cookiesOnly || cookiesOnly.includes(cookie.split('=')[0]))
    .map((cookie) => cookie + cookieTamper)
    .join('; ')
}
