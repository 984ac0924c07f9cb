// Says where an answer is not the expected one. Compared: status, body, following answers and surplus bytes, early close, timeout,
// interim answers and the headers below. Of framework HTML pages only the status.

/** @typedef {import('./exchange.mjs').Answer} Answer */

/**
 * A row of differences.json: what this id must answer instead of the recorded answer (`expect`: status, body, headers by name, …;
 * `cut`: the connection is cut; null: must be absent), and which fields or headers are free (`ignore`).
 * @typedef {{ id: string, rule: string, expect?: Record<string, unknown>, ignore?: string[] }} Difference
 */

const comparedHeaders = ['content-type', 'content-length', 'etag', 'location', 'set-cookie', 'allow', 'transfer-encoding', 'vary', 'cache-control']

/**
 * Lines that say what differs; none when the answer is right. An answer that is as recorded although a rule expects another one makes
 * that rule stale, which is a difference too.
 * @param {Answer} recorded
 * @param {Answer | undefined} actual
 * @param {{ difference?: Difference, compareStatusText?: boolean, compareStderr?: boolean }} [options]
 * @returns {string[]}
 */
export function compare(recorded, actual, { difference, ...options } = {}) {
  if (!actual) return ['not recorded']
  if (!difference) return differing(recorded, actual, options)
  const lines = compareByRule(recorded, actual, { difference, ...options })
  if (lines.length > 0) return [`by rule ${difference.rule}:`, ...lines]
  const isStale = difference.expect && differing(recorded, actual, options).length === 0
  return isStale ? [`rule ${difference.rule} is stale: it answers as recorded`] : []
}

function compareByRule(recorded, actual, { difference, ...options }) {
  if (!difference.expect?.cut) return differing(applyRule(recorded, difference.expect), actual, { ...options, ignore: difference.ignore })
  const isCut = actual.closedEarly || actual.noResponse
  return isCut ? [] : [`expected the connection to be cut, got ${short(actual.status)} ${short(actual.body)}`]
}

function applyRule(recorded, { headers = {}, ...fields } = {}) {
  const kept = (recorded.headers ?? []).filter(([name]) => !(name in headers))
  const replaced = Object.entries(headers).flatMap(([name, values]) => values.map((value) => [name, value]))
  const answer = { ...recorded, ...fields, headers: [...kept, ...replaced] }
  if (fields.status || fields.body) delete answer.frameworkErrorPage
  for (const [field, value] of Object.entries(fields)) if (value === null) delete answer[field]
  return answer
}

function differing(expected, actual, { ignore = [], compareStatusText, compareStderr }) {
  const rows = expected.frameworkErrorPage
    ? outcomes(expected, actual)
    : [
        ...outcomes(expected, actual),
        ...(compareStatusText ? [['statusText', expected.statusText, actual.statusText]] : []),
        ...comparedHeaders.map((name) => [name, headerValues(expected, name), headerValues(actual, name)]),
        ...bodies(expected, actual),
        ['closedEarly', Boolean(expected.closedEarly), Boolean(actual.closedEarly)],
        ['following answers', expected.more, actual.more],
        ['bytes after the answer', expected.extraText, actual.extraText],
        ['interim', expected.interim, actual.interim],
        ...(compareStderr ? [['stderr', expected.stderr ?? [], actual.stderr ?? []]] : []),
      ]
  return rows
    .filter(([what, wanted, got]) => !ignore.includes(what) && JSON.stringify(wanted) !== JSON.stringify(got))
    .map(([what, wanted, got]) => describe(what, wanted, got))
}

function outcomes(expected, actual) {
  return [
    ['status', expected.status ?? null, actual.status ?? null],
    ['timedOut', Boolean(expected.timedOut), Boolean(actual.timedOut)],
    ['noResponse', Boolean(expected.noResponse), Boolean(actual.noResponse)],
  ]
}

function headerValues({ headers = [] }, name) {
  return headers.filter(([key]) => key === name).map(([, value]) => value)
}

function bodies(expected, actual) {
  const got = (field) => (actual.frameworkErrorPage && expected[field] !== undefined ? '(framework html page)' : actual[field])
  return ['body', 'bodyBase64', 'bodySha256', 'bodyLength'].map((field) => [field, expected[field], got(field)])
}

function describe(what, wanted, got) {
  if (typeof wanted !== 'string' || typeof got !== 'string' || wanted.length + got.length <= 160) {
    return `${what}: expected ${short(wanted)}  got ${short(got)}`
  }
  let first = 0
  while (first < wanted.length && wanted[first] === got[first]) first++
  const around = (text) => `…${short(text.slice(Math.max(0, first - 30), first + 80))}`
  return `${what} differs at character ${first} of ${wanted.length}/${got.length}: expected ${around(wanted)}  got ${around(got)}`
}

function short(value) {
  const text = value === undefined ? '∅' : JSON.stringify(value)
  return text.length > 140 ? `${text.slice(0, 137)}…` : text
}
