import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RouteConfig } from '@apiroutes/runtime'
import { UNSET_CONFIG } from '@apiroutes/runtime/config'
import type { ConfigReading } from '../../model.ts'
import { createReport } from '../../report.ts'
import { memoryHost, underlined } from '../../testing.ts'
import { analyseConfig } from './config-export.ts'
import { createModules } from './modules.ts'
import { parse } from './parse.ts'

describe('analyseConfig', () => {
  function read(name: string, text: string, reading: ConfigReading, codes: readonly string[], file: string): void {
    it(name, () => {
      const host = memoryHost({ [file]: text })
      const report = createReport()
      const found = analyseConfig(parse(file, host.read(file)), createModules(host), report)
      assert.deepEqual([found, underlined(report.all(), host)], [reading, codes])
    })
  }

  /** Known at build time; what is not given is unset. */
  function known(name: string, text: string, config: Partial<RouteConfig>, codes: readonly string[] = [], file = 'a.ts'): void {
    read(name, text, { kind: 'static', config: { ...UNSET_CONFIG, ...config } }, codes, file)
  }

  function atLoad(name: string, text: string, codes: readonly string[], file = 'a.ts'): void {
    read(name, text, { kind: 'at-load' }, codes, file)
  }

  /** `expression` as the value of `config.api.bodyParser.sizeLimit`. */
  function size(expression: string, bytes: number, text: string): void {
    known(`sizeLimit: ${expression}`, `export const config = { api: { bodyParser: { sizeLimit: ${expression} } } }`, { bodyParser: { bytes, text } })
  }

  const OFF = { bodyParser: false } as const

  describe('sizes', () => {
    size("'500kb'", 512_000, '500kb')
    size("'1mb'", 1_048_576, '1mb')
    size('1048576', 1_048_576, '1048576')
    size("'1.5KB'", 1536, '1.5KB')
    size("'4 kb'", 4096, '4 kb')
    size("'20'", 20, '20')
    size('20', 20, '20')
    size('20.7', 20, '20.7')
    size("'1gb'", 1_073_741_824, '1gb')
    size("'0'", 0, '0')
    size("'0kb'", 0, '0kb')
    size('`4kb`', 4096, '4kb')
    size("('4kb')", 4096, '4kb')
    size("'4kb' as const", 4096, '4kb')
    size("'4kb' satisfies string", 4096, '4kb')
    size("<string>'4kb'", 4096, '4kb')
    size('0x10', 16, '16')
    size('1_000', 1000, '1000')
    size("'\\u0034kb'", 4096, '4kb')
    size('4 * 1024', 4096, '4096')
    size('2 ** 10 + 1', 1025, '1025')
    size('`${2 + 2}kb`', 4096, '4kb')
    size("'4' + 'kb'", 4096, '4kb')
    size("true ? '4kb' : load()", 4096, '4kb')
    size("undefined ?? '4kb'", 4096, '4kb')
    size("['1kb', '4kb'][1]", 4096, '4kb')
    size("{ a: { b: '4kb' } }.a?.b", 4096, '4kb')
  })

  describe('unset is a value of its own, not the default', () => {
    known('no config', 'export default () => {}', {})
    known('an empty config', 'export const config = {}', {})
    known('an empty api', 'export const config = { api: {} }', {})
    known('api null', 'export const config = { api: null }', {})
    known('bodyParser true', 'export const config = { api: { bodyParser: true } }', {})
    known('bodyParser {}', 'export const config = { api: { bodyParser: {} } }', {})
    known('bodyParser null', 'export const config = { api: { bodyParser: null } }', {})
    known('bodyParser undefined', 'export const config = { api: { bodyParser: undefined } }', {})
    known('sizeLimit undefined', 'export const config = { api: { bodyParser: { sizeLimit: undefined } } }', {})
    known('responseLimit true', 'export const config = { api: { responseLimit: true } }', {})
    known('1mb is not unset', "export const config = { api: { bodyParser: { sizeLimit: '1mb' } } }", { bodyParser: { bytes: 1_048_576, text: '1mb' } })
  })

  describe('every key', () => {
    known('bodyParser false', 'export const config = { api: { bodyParser: false } }', OFF)
    known('responseLimit false', 'export const config = { api: { responseLimit: false } }', { responseLimit: false })
    known('responseLimit 0', 'export const config = { api: { responseLimit: 0 } }', { responseLimit: false })
    known('responseLimit', "export const config = { api: { responseLimit: '8mb' } }", { responseLimit: { bytes: 8_388_608, text: '8mb' } })
    known('externalResolver', 'export const config = { api: { externalResolver: true } }', { externalResolver: true })
    known('externalResolver false', 'export const config = { api: { externalResolver: false } }', {})
    known('maxDuration', 'export const config = { maxDuration: 5 }', { maxDuration: 5 })
    known('runtime nodejs', "export const config = { runtime: 'nodejs' }", {})
    known('regions', "export const config = { regions: ['fra1', 'iad1'] }", {})
    known('unstable_ keys', 'export const config = { unstable_includeFiles: [] }', {})
    known('keys without effect here', "export const config = { env: ['A'], preferredRegion: 'home', supportsResponseStreaming: true }", {})
    known('all of them', 'export const config = { api: { bodyParser: false, responseLimit: false, externalResolver: true }, maxDuration: 1 }', {
      ...OFF,
      responseLimit: false,
      externalResolver: true,
      maxDuration: 1,
    })
  })

  describe('ways to write it', () => {
    known('as const', 'export const config = { api: { bodyParser: false } } as const', OFF)
    known('satisfies', 'export const config = { api: { bodyParser: false } } satisfies PageConfig', OFF)
    known('as const satisfies', 'export const config = { api: { bodyParser: false } } as const satisfies PageConfig', OFF)
    known('parentheses', 'export const config = ({ api: ({ bodyParser: false }) })', OFF)
    known('an annotation', 'export const config: PageConfig = { api: { bodyParser: false } }', OFF)
    known('among other constants', 'export const a = 1, config = { api: { bodyParser: false } }', OFF)
    known('quoted keys', 'export const config = { \'api\': { "bodyParser": false } }', OFF)
    known('computed keys', "export const config = { ['api']: { [`bodyParser`]: false } }", OFF)
    known('a computed key that is a constant', "const key = 'api'\nexport const config = { [key]: { bodyParser: false } }", OFF)
    known('trailing commas and comments', 'export const config = { api: { /* off */ bodyParser: false, }, } // config = 5', OFF)
    known('the last of two equal keys', 'export const config = { api: { bodyParser: true, bodyParser: false } }', OFF)
    known('undefined', 'export const config = undefined', {})
    known('Windows line ends', 'export const config = {\r\n  api: {\r\n    bodyParser: false\r\n  }\r\n}', OFF)
    known('a byte order mark', '\uFEFFexport const config = { api: { bodyParser: false } }', OFF)
    known('in JavaScript', 'export const config = { api: { bodyParser: false } }', OFF, [], 'a.js')
  })

  describe('constants of the same file', () => {
    known('a value', "const LIMIT = '4kb'\nexport const config = { api: { bodyParser: { sizeLimit: LIMIT } } }", { bodyParser: { bytes: 4096, text: '4kb' } })
    known('shorthand', 'const bodyParser = false\nexport const config = { api: { bodyParser } }', OFF)
    known('an object', 'const api = { bodyParser: false }\nexport const config = { api }', OFF)
    known('the whole', 'const c = { api: { bodyParser: false } }\nexport const config = c', OFF)
    known('exported', 'export const bodyParser = false\nexport const config = { api: { bodyParser } }', OFF)
    known('a member', "const limits = { a: '1kb' }\nexport const config = { api: { bodyParser: { sizeLimit: limits.a } } }", {
      bodyParser: { bytes: 1024, text: '1kb' },
    })
    known('an enum', "enum Size { Small = '1kb' }\nexport const config = { api: { bodyParser: { sizeLimit: Size.Small } } }", {
      bodyParser: { bytes: 1024, text: '1kb' },
    })
    known('spread', 'const base = { api: { bodyParser: false } } as const\nexport const config = { ...base, maxDuration: 5 }', { ...OFF, maxDuration: 5 })
    known('destructured', 'const shared = { config: { api: { bodyParser: false } } }\nexport const { config } = shared', OFF)
    known('destructured and renamed', 'export const { c: config } = { c: { api: { bodyParser: false } } }', OFF)
    known('destructured deeper', 'export const { a: { config } } = { a: { config: { api: { bodyParser: false } } } }', OFF)
    known('destructured by default', 'const a = {}\nexport const { config = { api: { bodyParser: false } } } = a', OFF)
    known('of a constant of a constant', 'const a = false\nconst b = a\nexport const config = { api: { bodyParser: b } }', OFF)
    known('export list', 'const config = { api: { bodyParser: false } }\nexport { config }', OFF)
    known('renamed export', 'const c = { api: { bodyParser: false } }\nexport { c as config }', OFF)
    known('renamed with quotes', "const c = { api: { bodyParser: false } }\nexport { c as 'config' }", OFF)
  })

  describe('not exported, so not a config', () => {
    known('a constant', 'const config = { api: { bodyParser: false } }\nexport default () => {}', {})
    known('a constant of a function', 'export default () => { const config = { api: { bodyParser: false } } }', {})
    known('a type', 'export type config = { api: { bodyParser: false } }', {})
    known('an exported type', 'type config = {}\nexport type { config }', {})
    known('under another name', 'const config = { api: { bodyParser: false } }\nexport { config as settings }', {})
    known('a property', 'export const settings = { config: { api: { bodyParser: false } } }', {})
  })

  describe('read when the route loads, said at the place', () => {
    const sizeLimit = (value: string) => `export const config = { api: { bodyParser: { sizeLimit: ${value} } } }`
    atLoad('the environment', sizeLimit('process.env.LIMIT'), ['config-not-static: process.env.LIMIT'])
    atLoad('with as', sizeLimit('process.env.LIMIT as string'), ['config-not-static: process.env.LIMIT'])
    atLoad('a template with a hole', sizeLimit('`${SIZE}kb`'), ['config-not-static: SIZE'])
    atLoad('arithmetic with something unknown', sizeLimit('4 * Number(process.env.KB) * 1024'), ['config-not-static: Number(process.env.KB)'])
    atLoad('a default for the environment', sizeLimit("process.env.LIMIT ?? '1mb'"), ['config-not-static: process.env.LIMIT'])
    atLoad('a default for the environment, in brackets', sizeLimit("(process.env['LIMIT'] || '1mb')"), ["config-not-static: process.env['LIMIT']"])
    atLoad('declared below', 'export const config = { api }\nconst api = { bodyParser: false }', ['config-not-static: api'])
    atLoad('beside what is declared', `const env = load()\n${sizeLimit('env.LIMIT')}`, ['config-not-static: env.LIMIT'])
    atLoad('an index', `${sizeLimit('limits[process.env.SIZE]')}\nconst limits = {}`, ['config-not-static: process.env.SIZE'])
    atLoad('a bigint', 'export const config = { maxDuration: 5n }', ['config-not-static: 5n'])
    atLoad('a call', sizeLimit('limit()'), ['config-not-static: limit()'])
    atLoad('a condition', sizeLimit("a ? '1kb' : '2kb'"), ['config-not-static: a'])
    atLoad('an unknown name', sizeLimit('LIMIT'), ['config-not-static: LIMIT'])
    atLoad('an import', `import { LIMIT } from './b'\n${sizeLimit('LIMIT')}`, ['config-not-static: LIMIT'])
    atLoad('a variable', `let limit = '1kb'\n${sizeLimit('limit')}`, ['config-not-static: limit'])
    atLoad('a constant that is called for', `const limit = 4 * size()\n${sizeLimit('limit')}`, ['config-not-static: limit'])
    atLoad('a circle', `const a = b\nconst b = a\n${sizeLimit('a')}`, ['config-not-static: a'])
    atLoad('spread', 'export const config = { api: { ...c } }', ['config-not-static: c'])
    atLoad('spread of the whole', 'export const config = { ...c }', ['config-not-static: c'])
    atLoad('a computed key', 'export const config = { [key()]: 1 }', ['config-not-static: key()'])
    atLoad('the whole is a call', 'export const config = make()', ['config-not-static: make()'])
    atLoad('the whole is a condition', 'export const config = a ? {} : {}', ['config-not-static: a'])
    atLoad('two places', 'export const config = { api: { bodyParser: a, responseLimit: b() } }', ['config-not-static: a', 'config-not-static: b()'])
    atLoad('a re-export', "export { config } from '../../lib/c'", ['config-not-static: config'])
    atLoad('a renamed re-export', "export { c as config } from '../../lib/c'", ['config-not-static: c as config'])
    atLoad('an import, exported', "import { c } from './c'\nexport { c as config }", ['config-not-static: c'])
    atLoad('an import called like a function', "import { functions } from './c'\nexport { functions as config }", ['config-not-static: functions'])
    atLoad('a namespace', "export * as config from './c'", ['config-not-static: * as config'])
    atLoad('destructured', 'export const { config } = shared', ['config-not-static: config'])
    atLoad('a getter', 'export const config = { get api() { return { bodyParser: false } } }', [
      'config-not-static: get api() { return { bodyParser: false } }',
    ])
    atLoad('a method', 'export const config = { api() {} }', ['config-not-static: api() {}'])
    atLoad('a getter inside', 'export const config = { api: { get bodyParser() { return false } } }', ['config-not-static: get bodyParser() { return false }'])
    atLoad('a prototype', 'export const config = { __proto__: { api: { bodyParser: false } } }', [
      'config-not-static: __proto__: { api: { bodyParser: false } }',
    ])
  })

  describe('what is known is checked although the rest is not', () => {
    atLoad('beside it', "export const config = { api: { bodyParser: { sizeLimit: 'lots' }, responseLimit: a() } }", [
      "config-value: 'lots'",
      'config-not-static: a()',
    ])
    atLoad('an unknown key', 'export const config = { apis: a() }', ['config-unknown-key: apis', 'config-not-static: a()'])
  })

  describe('a config that code may change', () => {
    const name = ['config-not-static: config']
    atLoad('let', 'export let config = { api: { bodyParser: false } }', name)
    atLoad('var', 'export var config = { api: { bodyParser: false } }', name)
    atLoad('no value', 'export let config', name)
    atLoad('a property is set', 'export const config = { api: { bodyParser: true } }\nconfig.api.bodyParser = false', name)
    atLoad('before its declaration', 'export default () => { config.api.bodyParser = false }\nexport const config = { api: { bodyParser: true } }', name)
    atLoad('by its name in brackets', "export const config = { api: {} }\nconfig['api'] = {}", name)
    atLoad('deeper in brackets', "export const config = { api: {} }\nconfig.api['bodyParser'] = false", name)
    atLoad('deleted', 'export const config = { api: {} }\ndelete config.api', name)
    atLoad('counted up', 'export const config = { maxDuration: 1 }\nconfig.maxDuration++', name)
    atLoad('counted up before', 'export const config = { maxDuration: 1 }\n++config.maxDuration', name)
    atLoad('passed on', 'export const config = { api: {} }\nchange(config)', name)
    atLoad('a part is passed on', 'export const config = { api: {} }\nchange(config.api)', name)
    atLoad('Object.assign', 'export const config = { api: {} }\nObject.assign(config, { api: { bodyParser: false } })', name)
    atLoad('under another name', 'export const config = { api: { bodyParser: true } }\nconst c = config\nc.api.bodyParser = false', name)
    atLoad('a part under another name', 'export const config = { api: { bodyParser: true } }\nconst { api } = config\napi.bodyParser = false', name)
    atLoad('in an object that is passed on', 'export const config = { api: { bodyParser: true } }\nchange({ config })', name)
    atLoad('a constant it is made of', 'const api = { bodyParser: true }\nexport const config = { api }\napi.bodyParser = false', ['config-not-static: api'])
    atLoad('the exported constant', 'const c = { api: {} }\nc.api = {}\nexport { c as config }', ['config-not-static: c'])
    atLoad('by destructuring', 'export const config = { api: { bodyParser: true } };\n[config.api.bodyParser] = [false]', name)
    atLoad('by an operator', 'export const config = { maxDuration: 1 }\nconfig.maxDuration += 1', name)
    atLoad('by a logical operator', 'export const config = { maxDuration: 0 }\nconfig.maxDuration ||= 1', name)
    atLoad('handed to a wrapper', 'export const config = { api: {} }\nexport default wrap(handler, config)', name)
    atLoad('in a list', 'export const config = { api: {} }\nexport const all = [config]', name)
    atLoad('returned', 'export const config = { api: {} }\nexport default () => config', name)
    known('reading a value is fine', 'export const config = { maxDuration: 5 }\nconst limit = config.maxDuration * 2', { maxDuration: 5 })
    known('comparing is fine', 'export const config = { maxDuration: 5 }\nconst slow = config.maxDuration > 2', { maxDuration: 5 })
    known('in a template', 'export const config = { maxDuration: 5 }\nconst text = `${config.maxDuration}`', { maxDuration: 5 })
    known('negating is fine', 'export const config = { api: { bodyParser: false } }\nexport default () => !config.api.bodyParser', OFF)
    known('asking is fine', 'export const config = { api: { bodyParser: false } }\nexport default () => { if (config.api.bodyParser) a() }', OFF)
    known('choosing is fine', 'export const config = { api: { bodyParser: false } }\nexport default () => (config.api.bodyParser ? 1 : 2)', OFF)
    known('a type of a part', 'export const config = { api: { bodyParser: false } }\ntype C = typeof config.api', OFF)
    known('a property of a class', 'export const config = { api: { bodyParser: false } }\nclass A { config = 5; b() { this.config = 6 } }', OFF)
    known("another object's property of that name", 'export const config = { api: { bodyParser: false } }\napp.config = 5\napp.config.x = 6', OFF)
    known('a key of that name', 'export const config = { api: { bodyParser: false } }\ncall({ config: 1 })', OFF)
    known('a type of that name', 'export const config = { api: { bodyParser: false } }\ntype C = typeof config', OFF)
  })

  describe('only what is read counts', () => {
    const limits = "const limits = { body: { sizeLimit: '1kb' }, response: '2kb' }\n"
    const both = 'export const config = { api: { bodyParser: limits.body, responseLimit: limits.response } }'
    const ONE = { bodyParser: { bytes: 1024, text: '1kb' } }
    known('two parts of one constant', limits + both, { ...ONE, responseLimit: { bytes: 2048, text: '2kb' } })
    known('another part is changed', `${limits}export const config = { api: { bodyParser: limits.body } }\nlimits.response = '1mb'`, ONE)
    known('another part is handed on', `${limits}export const config = { api: { responseLimit: limits.response } }\nuse(limits.body)`, {
      responseLimit: { bytes: 2048, text: '2kb' },
    })
    known('a value of it is handed on', `${limits}export const config = { api: { bodyParser: limits.body } }\nuse(limits.body.sizeLimit)`, ONE)
    atLoad('the part is changed', `${limits}export const config = { api: { bodyParser: limits.body } }\nlimits.body = {}`, ['config-not-static: limits.body'])
    atLoad('within the part', `${limits}export const config = { api: { bodyParser: limits.body } }\nlimits.body.sizeLimit = 5`, [
      'config-not-static: limits.body',
    ])
    atLoad('the part is handed on', `${limits}export const config = { api: { bodyParser: limits.body } }\nuse(limits.body)`, ['config-not-static: limits.body'])
    atLoad('a method gets the whole', `const l = { a: '1kb', f: f }\nexport const config = { api: { responseLimit: l.a } }\nl.f()`, ['config-not-static: l.a'])
    atLoad('by a computed name', `${limits}export const config = { api: { bodyParser: limits.body } }\nlimits[key] = {}`, ['config-not-static: limits.body'])
    atLoad('a method by a computed name', `${limits}export const config = { api: { bodyParser: limits.body } }\nlimits.body[key]()`, [
      'config-not-static: limits.body',
    ])
    atLoad('a list grows', 'const r = ["fra1"]\nexport const config = { regions: r }\nr.push("iad1")', ['config-not-static: r'])
    known('a list is asked', 'const r = ["fra1"]\nexport const config = { regions: r }\nexport default () => r.includes("iad1")', {})
    atLoad('with an escape in its name', `export const config = { maxDuration: 1 }\nc\\u006fnfig.maxDuration = 2`, ['config-not-static: config'])
    known('a spread copies', `const base = { maxDuration: 1 }\nexport const config = { ...base }\nexport const other = { ...base }`, { maxDuration: 1 })
    atLoad('but not what is deeper', `const base = { api: {} }\nexport const config = { ...base }\nconst other = { ...base }\nother.api.bodyParser = false`, [
      'config-not-static: base',
    ])
  })

  describe('beside a spread that is unknown', () => {
    atLoad('what comes later is checked', 'export const config = { ...c, maxDuration: -1 }', ['config-not-static: c', 'config-value: -1'])
    atLoad('what comes before may be hidden', 'export const config = { maxDuration: -1, ...c }', ['config-not-static: c'])
    atLoad(
      'the other keys are checked',
      "export const config = { api: { bodyParser: { sizeLimit: process.env.A }, responseLimit: 'lots' }, maxDurations: 1 }",
      ['config-not-static: process.env.A', "config-value: 'lots'", 'config-unknown-key: maxDurations'],
    )
  })

  describe('wrong values, at the value', () => {
    const sizeLimit = (value: string) => [value, `export const config = { api: { bodyParser: { sizeLimit: ${value} } } }`] as const
    function wrong([value, text]: readonly [string, string]): void {
      known(text, text, {}, [`config-value: ${value}`])
    }
    wrong(sizeLimit("'lots'"))
    wrong(sizeLimit("'12abc'"))
    wrong(sizeLimit("''"))
    wrong(sizeLimit("'-1kb'"))
    wrong(sizeLimit("'1.5'"))
    wrong(sizeLimit("'1e3'"))
    wrong(sizeLimit("'1 mb of data'"))
    wrong(sizeLimit('-5'))
    wrong(sizeLimit('NaN'))
    wrong(sizeLimit('true'))
    wrong(sizeLimit('false'))
    wrong(sizeLimit('null'))
    wrong(sizeLimit('[1]'))
    wrong(sizeLimit('{ bytes: 1 }'))
    wrong(["'lots'", "export const config = { api: { responseLimit: 'lots' } }"])
    wrong(['-1', 'export const config = { api: { responseLimit: -1 } }'])
    wrong(['{}', 'export const config = { api: { responseLimit: {} } }'])
    wrong(["'x'", "export const config = { maxDuration: 'x' }"])
    wrong(['-1', 'export const config = { maxDuration: -1 }'])
    wrong(["'bogus'", "export const config = { runtime: 'bogus' }"])
    wrong(['true', 'export const config = { api: true }'])
    wrong(['5', 'export const config = { regions: 5 }'])
    wrong(['[null]', 'export const config = { regions: [null] }'])
    wrong(['[]', 'export const config = { api: [] }'])
    wrong(["'lots'", "const LIMIT = 'lots'\nexport const config = { api: { bodyParser: { sizeLimit: LIMIT } } }"])
    wrong(["'lots'", "\uFEFFexport const config = { api: { bodyParser: { sizeLimit: 'lots' } } }"])
    wrong(["'lots'", "export const config = {\r\n\tapi: {\r\n\t\tresponseLimit: 'lots' as never,\r\n\t},\r\n}"])
    known('several', "export const config = { api: { bodyParser: { sizeLimit: 'a' }, responseLimit: 'b' }, maxDuration: 'c' }", {}, [
      "config-value: 'a'",
      "config-value: 'b'",
      "config-value: 'c'",
    ])
  })

  describe('not an object', () => {
    const what = (text: string, at: string) => known(text, text, {}, [`config-not-object: ${at}`])
    what("export const config = 'edge'", "'edge'")
    what('export const config = 5', '5')
    what('export const config = null', 'null')
    what('export const config = true', 'true')
    what('export const config = []', '[]')
    what("const c = 'edge'\nexport const config = c", "'edge'")
    what('export const config = () => ({})', '() => ({})')
    what('export const config = function () {}', 'function () {}')
    what('export function config() {}', 'config')
    what('export class config {}', 'config')
    what('function config() {}\nexport { config }', 'config')
    what('module.exports.config = 5', '5')
  })

  describe('the edge runtime', () => {
    known('edge', "export const config = { runtime: 'edge' }", {}, ["config-edge: 'edge'"])
    known('experimental-edge', "export const config = { runtime: 'experimental-edge' }", {}, ["config-edge: 'experimental-edge'"])
  })

  describe('without effect', () => {
    known('bodyParser is a string', "export const config = { api: { bodyParser: 'no' } }", {}, ["config-no-effect: 'no'"])
    known('bodyParser is a number', 'export const config = { api: { bodyParser: 0 } }', {}, ['config-no-effect: 0'])
    known('sizeLimit: 0', 'export const config = { api: { bodyParser: { sizeLimit: 0 } } }', {}, ['config-no-effect: 0'])
    known('externalResolver', "export const config = { api: { externalResolver: 'yes' } }", {}, ["config-no-effect: 'yes'"])
  })

  describe('unknown keys, at the key', () => {
    known('of config', 'export const config = { foo: 2 }', {}, ['config-unknown-key: foo'])
    known('of api', 'export const config = { api: { bogus: 1 } }', {}, ['config-unknown-key: bogus'])
    known('of bodyParser', "export const config = { api: { bodyParser: { limit: '1kb' } } }", {}, ['config-unknown-key: limit'])
    known('quoted', "export const config = { 'foo': 2 }", {}, ["config-unknown-key: 'foo'"])
    known('computed', "export const config = { ['foo']: 2 }", {}, ["config-unknown-key: ['foo']"])
    known('one level too high', 'export const config = { bodyParser: false }', {}, ['config-unknown-key: bodyParser'])
    known('names of Object.prototype', 'export const config = { constructor: 1, toString: 2 }', {}, [
      'config-unknown-key: constructor',
      'config-unknown-key: toString',
    ])
    known('__proto__ in brackets', "export const config = { ['__proto__']: 1 }", {}, ["config-unknown-key: ['__proto__']"])
  })

  describe('the same name in another scope', () => {
    const c = 'export const config = { api: { bodyParser: false } }'
    const apart = (code: string) => known(code, `${c}\n${code}`, OFF)
    const same = (code: string) => atLoad(code, `${c}\n${code}`, ['config-not-static: config'])
    apart('function f(config: any) { config.api = 1 }')
    apart('function f() { const config: any = {}; config.api = 1; return config }')
    apart('const f = ({ config }: any) => { config.api = 1 }')
    apart('use((config) => { config.headers.x = 1; return config })')
    apart('{ let config: any = {}; config.api = 2 }')
    apart('for (const config of []) config.api = 1')
    apart('for (let config = {}; ; ) config.api = 1')
    apart('try {} catch (config) { config.api = 1 }')
    apart('function f(x) { if (x) { var config: any = {} } config.api = 1 }')
    apart('switch (1) { case 1: let config: any; config = 1 }')
    apart('const f = function config() { config.api = 1 }')
    apart('const f = class config { static { config.api = 1 } }')
    same('function f() { config.api = {} }')
    same('function f(other: any) { config.api = other }')
    same('{ let other: any = {}; config.api = other }')
    same('function f() { { let config: any = {} } config.api = 1 }')
    same('function f() { function g(config: any) {} config.api = 1 }')
  })

  describe('CommonJS', () => {
    const c = '{ api: { bodyParser: false } }'
    const known2 = (name: string, text: string, config: Partial<RouteConfig> = OFF, codes: readonly string[] = []) => known(name, text, config, codes, 'a.js')
    const atLoad2 = (name: string, text: string, ...codes: string[]) =>
      atLoad(
        name,
        text,
        codes.map((at) => `config-not-static: ${at}`),
        'a.js',
      )
    /** Something that may hold a config: said, and read when the route loads. */
    const opaque = (name: string, text: string) =>
      it(name, () => {
        const report = createReport()
        assert.equal(analyseConfig(parse('a.js', text), createModules(memoryHost({})), report).kind, 'at-load')
        assert.deepEqual(
          report.all().map(({ code }) => code),
          ['config-not-static'],
        )
      })
    known2('module.exports.config', `module.exports = () => {}\nmodule.exports.config = ${c}`)
    known2('exports.config', `exports.default = () => {}\nexports.config = ${c}`)
    known2('exports = module.exports', `exports = module.exports = () => {}\nexports.config = ${c}`)
    known2('a property of the handler', `function handler() {}\nhandler.config = ${c}\nmodule.exports = handler`)
    known2('in module.exports', `module.exports = { default: () => {}, config: ${c} }`)
    known2('shorthand', `const config = ${c}\nmodule.exports = { default: () => {}, config }`)
    known2('void 0 first, as compilers write it', `exports.config = exports.default = void 0\nexports.config = ${c}`)
    known2('in TypeScript', `module.exports.config = ${c} as const`)
    // Contract 9: the value at run time counts.
    opaque('after module.exports, `exports` is another object', `module.exports = () => {}\nexports.config = ${c}`)
    opaque('before module.exports it is lost', `exports.config = ${c}\nmodule.exports = () => {}`)
    opaque('before module.exports it is lost, in full', `module.exports.config = ${c}\nmodule.exports = () => {}`)
    known2('none', 'module.exports = () => {}', {})
    opaque('of something that may be exported', `other.config = ${c}\nmodule.exports = () => {}`)
    known2('a wrong value', "exports.config = { api: { responseLimit: 'lots' } }", {}, ["config-value: 'lots'"])
    known2('beside a default method', `module.exports = { default() {}, config: ${c} }`)
    atLoad2('a call', 'exports.config = make()', 'make()')
    atLoad2('set in an expression', `const c = (exports.config = ${c})`, `exports.config = ${c}`)
    atLoad2('changed', `exports.config = ${c}\nexports.config.api = {}`, 'exports.config.api = {}')
    opaque("a part of the handler's is set", `function h() {}\nh.config = ${c}\nh.config.api = {}\nmodule.exports = h`)
    opaque('passed on', `exports.config = ${c}\nObject.assign(exports.config, { api: {} })`)
    opaque('deleted', `exports.config = ${c}\ndelete exports.config.api`)
    opaque('under another name', `exports.config = ${c}\nconst { api } = exports.config\napi.bodyParser = true`)
    atLoad2('in a condition', `if (process.env.A) exports.config = ${c}`, `exports.config = ${c}`)
    atLoad2('in a function', `function f() { exports.config = ${c} }`, `exports.config = ${c}`)
    atLoad2('in brackets', `exports['config'] = ${c}\nmodule.exports.default = () => {}`, `exports['config'] = ${c}`)
    opaque('Object.assign', `module.exports = Object.assign(() => {}, { config: ${c} })`)
    opaque('require', "module.exports = require('../../lib/h')")
    opaque('a name for require', "const h = require('../../lib/h')\nmodule.exports = h")
    opaque('a call', 'module.exports = wrap(() => {})')
    opaque('under a computed name', `module.exports = () => {}\nmodule.exports['con' + 'fig'] = ${c}`)
    opaque("under a computed name of the handler's", `function h() {}\nh[key] = ${c}\nmodule.exports = h`)
    opaque('spread', 'module.exports = { ...base }')
    opaque('defineProperty', `Object.defineProperty(exports, 'config', { get: () => (${c}) })\nexports.default = () => {}`)
  })
})
