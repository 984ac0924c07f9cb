import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { ConfigError, checkConfig, describe as describeValue, keyOf, readConfig, UNKNOWN, UNSET_CONFIG } from './config.ts'
import type { RouteConfig } from './manifest.ts'

describe('checkConfig reads', () => {
  function reads(name: string, config: unknown, expected: Partial<RouteConfig>) {
    it(name, () => {
      const result = checkConfig(config)
      assert.deepEqual(result.config, { ...UNSET_CONFIG, ...expected })
      assert.deepEqual(result.problems, [])
    })
  }

  function bodyParser(value: unknown, expected: RouteConfig['bodyParser']) {
    reads(`bodyParser: ${show(value)}`, { api: { bodyParser: value } }, { bodyParser: expected })
  }

  function sizeLimit(value: unknown, bytes: number | null) {
    bodyParser({ sizeLimit: value }, bytes === null ? null : { bytes, text: String(value) })
  }

  function responseLimit(value: unknown, expected: number | false | null) {
    reads(
      `responseLimit: ${show(value)}`,
      { api: { responseLimit: value } },
      { responseLimit: typeof expected === 'number' ? { bytes: expected, text: String(value) } : expected },
    )
  }

  reads('no config', undefined, {})
  reads('an empty one', {}, {})
  reads('no api', { api: undefined }, {})
  reads('api: null', { api: null }, {})
  reads('an empty api', { api: {} }, {})
  reads('what cannot be known yet', UNKNOWN, {})
  reads('an api that cannot be known yet', { api: UNKNOWN }, {})
  reads(
    'values that cannot be known yet',
    { api: { bodyParser: UNKNOWN, responseLimit: UNKNOWN, externalResolver: UNKNOWN }, maxDuration: UNKNOWN, runtime: UNKNOWN },
    {},
  )
  reads('a sizeLimit that cannot be known yet', { api: { bodyParser: { sizeLimit: UNKNOWN } } }, {})

  bodyParser(false, false)
  bodyParser(true, null)
  bodyParser(null, null)
  bodyParser(undefined, null)
  bodyParser({}, null)

  sizeLimit(undefined, null)
  sizeLimit('1mb', 1_048_576)
  sizeLimit('500kb', 512_000)
  sizeLimit('1kb', 1024)
  sizeLimit('1.5kb', 1536)
  sizeLimit('0.5kb', 512)
  sizeLimit('1gb', 1_073_741_824)
  sizeLimit('1tb', 1_099_511_627_776)
  sizeLimit('1pb', 1_125_899_906_842_624)
  sizeLimit('1MB', 1_048_576)
  sizeLimit('1Kb', 1024)
  sizeLimit('1 mb', 1_048_576)
  sizeLimit('20b', 20)
  sizeLimit('20 B', 20)
  sizeLimit('20', 20)
  sizeLimit(20, 20)
  sizeLimit(512_000, 512_000)
  sizeLimit(20.9, 20)
  sizeLimit('0', 0)
  sizeLimit('0kb', 0)

  responseLimit(undefined, null)
  responseLimit(true, null)
  responseLimit(null, null)
  responseLimit(false, false)
  responseLimit(0, false)
  responseLimit('0', 0)
  responseLimit('8mb', 8_388_608)
  responseLimit(100, 100)

  reads('externalResolver: true', { api: { externalResolver: true } }, { externalResolver: true })
  reads('externalResolver: false', { api: { externalResolver: false } }, {})
  reads('maxDuration', { maxDuration: 5 }, { maxDuration: 5 })
  reads('maxDuration: 0', { maxDuration: 0 }, { maxDuration: 0 })
  reads('runtime: nodejs', { runtime: 'nodejs' }, {})
  reads('a region', { regions: 'fra1' }, {})
  reads('no regions', { regions: [] }, {})
  reads('a region that cannot be known yet', { regions: ['fra1', UNKNOWN] }, {})
  reads(
    'keys of Next.js that say nothing to us',
    { regions: ['fra1'], preferredRegion: 'home', env: ['A'], supportsResponseStreaming: true, unstable_x: 1 },
    {},
  )
  reads(
    'everything',
    { api: { bodyParser: { sizeLimit: '1kb' }, responseLimit: false, externalResolver: true } },
    { bodyParser: { bytes: 1024, text: '1kb' }, responseLimit: false, externalResolver: true },
  )
})

function show(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? `{ ${Object.entries(value).map(([key, inner]) => `${key}: ${describeValue(inner)}`)} }`
    : describeValue(value)
}

describe('checkConfig finds', () => {
  /** `kind path`, and what the key now means. */
  function finds(name: string, config: unknown, expected: string[], means: Partial<RouteConfig> = {}) {
    it(name, () => {
      const result = checkConfig(config)
      assert.deepEqual(
        result.problems.map(
          (problem) => `${problem.severity} ${problem.kind} ${keyOf(problem)}${problem.kind === 'unknown-key' ? ` → ${problem.expected}` : ''}`,
        ),
        expected,
      )
      assert.deepEqual(result.config, { ...UNSET_CONFIG, ...means })
    })
  }

  const wrongSizes = [
    '12abc',
    'lots',
    '',
    ' ',
    '1.5',
    '1.5b',
    '.5kb',
    '1.kb',
    '-1',
    '-1kb',
    '+1kb',
    ' 1kb',
    '1kb ',
    '1kbx',
    '1e3',
    '0x10',
    '1_000',
    '1,5kb',
    'NaN',
    'Infinity',
    'kb',
    '1 k b',
  ]
  for (const value of [
    ...wrongSizes,
    -1,
    -0.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    true,
    false,
    [],
    {},
    ['1kb'],
    10n,
    Symbol('x'),
    () => 1,
  ]) {
    finds(`sizeLimit: ${describeValue(value)}`, { api: { bodyParser: { sizeLimit: value } } }, ['error value config.api.bodyParser.sizeLimit'])
  }
  for (const value of [...wrongSizes, -1, Number.NaN, Number.POSITIVE_INFINITY, [], {}, ['1kb'], 10n, Symbol('x'), () => 1]) {
    finds(`responseLimit: ${describeValue(value)}`, { api: { responseLimit: value } }, ['error value config.api.responseLimit'])
  }
  // More digits than a double holds are Infinity, which would be no limit at all, and null in a manifest.
  finds('sizeLimit: 310 digits', { api: { bodyParser: { sizeLimit: '9'.repeat(310) } } }, ['error value config.api.bodyParser.sizeLimit'])
  finds('sizeLimit: 310 digits of kb', { api: { bodyParser: { sizeLimit: `${'9'.repeat(310)}kb` } } }, ['error value config.api.bodyParser.sizeLimit'])

  finds('sizeLimit: 0', { api: { bodyParser: { sizeLimit: 0 } } }, ['warning no-effect config.api.bodyParser.sizeLimit'])
  finds('sizeLimit: -0', { api: { bodyParser: { sizeLimit: -0 } } }, ['warning no-effect config.api.bodyParser.sizeLimit'])

  for (const value of ['off', 'false', '', 0, 1, Number.NaN, () => 1, 5n])
    finds(`bodyParser: ${describeValue(value)}`, { api: { bodyParser: value } }, ['warning no-effect config.api.bodyParser'])
  for (const value of ['true', 1, null, {}])
    finds(`externalResolver: ${describeValue(value)}`, { api: { externalResolver: value } }, ['warning no-effect config.api.externalResolver'])
  for (const value of ['x', -1, Number.NaN, Number.POSITIVE_INFINITY, '5', true, {}])
    finds(`maxDuration: ${describeValue(value)}`, { maxDuration: value }, ['error value config.maxDuration'])
  for (const value of ['bogus', 1, {}, '']) finds(`runtime: ${describeValue(value)}`, { runtime: value }, ['error value config.runtime'])
  for (const value of ['edge', 'experimental-edge']) finds(`runtime: ${value}`, { runtime: value }, ['error edge config.runtime'])
  for (const value of [null, 'edge', 5, true, [], () => 1]) finds(`config: ${describeValue(value)}`, value, ['error value config'])
  for (const value of ['off', 5, true, false, []]) finds(`api: ${describeValue(value)}`, { api: value }, ['error value config.api'])

  for (const value of [5, true, null, {}, [5], ['fra1', null], () => 1])
    finds(`regions: ${describeValue(value)}`, { regions: value }, ['error value config.regions'])

  finds('a bodyParser at the top', { bodyParser: false }, ['warning unknown-key config.bodyParser → '])
  finds('a near name at the top', { maxduration: 5 }, ['warning unknown-key config.maxduration → maxDuration'])
  finds('a near name of api', { apis: {} }, ['warning unknown-key config.apis → api'])
  finds('a near name in api', { api: { bodyparser: false } }, ['warning unknown-key config.api.bodyparser → bodyParser'])
  finds('another near name in api', { api: { reponseLimit: '1mb' } }, ['warning unknown-key config.api.reponseLimit → responseLimit'])
  finds('a near name in bodyParser', { api: { bodyParser: { sizelimit: '1kb' } } }, ['warning unknown-key config.api.bodyParser.sizelimit → sizeLimit'])
  finds('limit is near sizeLimit', { api: { bodyParser: { limit: '1kb' } } }, ['warning unknown-key config.api.bodyParser.limit → sizeLimit'])
  finds('a name near nothing', { api: { compress: true } }, ['warning unknown-key config.api.compress → '])
  finds('names of Object.prototype members', { api: { constructor: 1, ['__proto__']: 2 } }, [
    'warning unknown-key config.api.constructor → ',
    'warning unknown-key config.api.__proto__ → ',
  ])
  finds('a list for a bodyParser', { api: { bodyParser: ['1kb'] } }, ['warning unknown-key config.api.bodyParser.0 → '])
  finds(
    'a wrong value leaves the others',
    { api: { bodyParser: { sizeLimit: 'lots' }, responseLimit: '1kb' } },
    ['error value config.api.bodyParser.sizeLimit'],
    { responseLimit: { bytes: 1024, text: '1kb' } },
  )
  finds(
    'every mistake at once',
    { runtime: 'edge', maxDuration: 'x', api: { bodyParser: { sizeLimit: 'lots', size: 1 }, responseLimit: -1, externalResolver: 'yes' }, other: 1 },
    [
      'warning unknown-key config.other → ',
      'error edge config.runtime',
      'error value config.maxDuration',
      'warning unknown-key config.api.bodyParser.size → ',
      'error value config.api.bodyParser.sizeLimit',
      'error value config.api.responseLimit',
      'warning no-effect config.api.externalResolver',
    ],
  )
})

describe('readConfig', () => {
  function refuses(config: unknown, message: string) {
    it(message, () =>
      assert.throws(
        () => readConfig(config, assert.fail),
        (error: Error) => error instanceof ConfigError && error.message.startsWith(message),
      ),
    )
  }

  refuses({ api: { bodyParser: { sizeLimit: 'lots' } } }, '`config.api.bodyParser.sizeLimit` must be a size in bytes such as 512000, or a string such as')
  refuses({ api: { responseLimit: -1 } }, '`config.api.responseLimit` must be false, true, or a size in bytes')
  refuses({ maxDuration: 'x' }, '`config.maxDuration` must be a number of seconds, got "x"')
  refuses({ runtime: 'edge' }, 'the runtime "edge" is not available: routes run on Node.js')
  refuses(null, '`config` is null, and must be an object')
  refuses({ api: [] }, '`config.api` must be an object, got an array')
  refuses({ maxDuration: () => 1 }, '`config.maxDuration` must be a number of seconds, got a function')
  refuses({ maxDuration: {} }, '`config.maxDuration` must be a number of seconds, got an object')

  it('warns of what is doubtful', () => {
    const warnings: string[] = []
    assert.deepEqual(
      readConfig({ apis: 1, api: { bodyParser: 'off' } }, (text) => warnings.push(text)),
      UNSET_CONFIG,
    )
    assert.deepEqual(warnings, [
      '`config.apis` is no config key; did you mean `api`?',
      '`config.api.bodyParser` is "off", which has no effect; it may be false, or an object with a sizeLimit',
    ])
  })
  it('reads what is right', () => assert.deepEqual(readConfig({ api: { bodyParser: false } }, assert.fail), { ...UNSET_CONFIG, bodyParser: false }))
  it('reads no config', () => assert.equal(readConfig(undefined, assert.fail), UNSET_CONFIG))
})

describe('checkConfig, for anything', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
    withSparseArray: true,
  })
  const likely = fc.record(
    {
      api: fc.oneof(
        anything,
        fc.record(
          { bodyParser: fc.oneof(anything, fc.record({ sizeLimit: anything }, { requiredKeys: [] })), responseLimit: anything, externalResolver: anything },
          { requiredKeys: [] },
        ),
      ),
      maxDuration: anything,
      runtime: anything,
    },
    { requiredKeys: [] },
  )

  it('never throws, and what it returns is a config', () => {
    fc.assert(
      fc.property(fc.oneof(anything, likely), (exported) => {
        const { config, problems } = checkConfig(exported)
        for (const limit of [config.bodyParser, config.responseLimit]) {
          if (limit === null || limit === false) continue
          assert.ok(Number.isInteger(limit.bytes) && limit.bytes >= 0, `${limit.bytes} bytes`)
          assert.equal(typeof limit.text, 'string')
        }
        assert.equal(typeof config.externalResolver, 'boolean')
        for (const problem of problems) assert.match(`${keyOf(problem)} ${describeValue(problem.got)}`, /^config/)
        if (problems.some(({ severity }) => severity === 'error')) assert.throws(() => readConfig(exported, () => {}), ConfigError)
        else
          assert.deepEqual(
            readConfig(exported, () => {}),
            config,
          )
      }),
      { numRuns: 1000 },
    )
  })

  it('reads any size that people write', () => {
    const unit = fc.constantFrom(['', 1], ['b', 1], ['kb', 1024], ['KB', 1024], ['mb', 1024 ** 2], ['Gb', 1024 ** 3]) as fc.Arbitrary<[string, number]>
    fc.assert(
      fc.property(fc.nat(), unit, fc.constantFrom('', ' '), (digits, [name, factor], space) => {
        const sizeLimit = `${digits}${space}${name}`
        const { config, problems } = checkConfig({ api: { bodyParser: { sizeLimit } } })
        if (sizeLimit === `${digits} `) return // a space without a unit: accepted or not, nobody relies on it
        assert.deepEqual([problems, config.bodyParser], [[], { bytes: digits * factor, text: sizeLimit }])
      }),
    )
  })
})
