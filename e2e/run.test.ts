import assert from 'node:assert/strict'
import path from 'node:path'
import { describe, it } from 'node:test'
import { type Finished, runProgram } from './support/run-program.ts'
import { temporaryProject } from './support/temporary.ts'

interface Ending {
  readonly lastLine: string
  readonly code: number
  /** Also somewhere in the output. */
  readonly says?: RegExp
}

describe('run.js', () => {
  const pass = `test('passes', () => {});`
  const fail = `test('fails', () => { throw new Error('the reason') });`
  const skip = `test('is skipped', { skip: 'no docker' }, () => {});`
  const nested = (body: string) => `describe('outer', () => { describe('inner', () => { ${body} }) });`

  function ends(name: string, body: string, expected: Ending) {
    it(name, async () => check(await run(body), expected))
  }

  function endsInCi(name: string, body: string, expected: Ending) {
    it(`in CI: ${name}`, async () => check(await run(body, { APIROUTES_SKIP_IS_FAILURE: '1' }), expected))
  }

  function run(body: string, env: Record<string, string> = {}) {
    const project = temporaryProject({ 'some.test.ts': `import { after, describe, test } from 'node:test'\n${body}\n` })
    return runProgram(process.execPath, [path.join(import.meta.dirname, 'run.js'), path.join(project, 'some.test.ts')], { env })
  }

  function check({ stdout, code }: Finished, { lastLine, says = /^/, ...expected }: Ending) {
    assert.equal(stdout.trimEnd().split('\n').at(-1), lastLine, stdout)
    assert.match(stdout, says)
    assert.equal(code, expected.code)
  }

  ends('a pass', pass, { lastLine: '1 passed, 0 failed', code: 0 })
  ends('a failure', pass + fail, { lastLine: '1 passed, 1 failed', code: 1, says: /✗ fails\n +.*the reason/ })
  ends('suites are not counted', nested(pass + pass), { lastLine: '2 passed, 0 failed', code: 0 })
  ends('a failure is named with its suites', nested(fail), { lastLine: '0 passed, 1 failed', code: 1, says: /outer > inner > fails/ })
  ends('a skip is named with its reason', pass + skip, { lastLine: '1 passed, 0 failed, 1 skipped', code: 0, says: /is skipped \(no docker\)/ })
  ends('nothing but skips', skip, { lastLine: '0 passed, 0 failed, 1 skipped', code: 1, says: /No test ran/ })
  ends('a file without tests', '', { lastLine: '0 passed, 1 failed', code: 1, says: /no test in it/ })
  ends('a file that cannot be loaded', `${pass} throw new Error('at load')`, { lastLine: '0 passed, 1 failed', code: 1, says: /at load/ })
  ends('a hook that fails', `describe('s', () => { ${pass} after(() => { throw new Error('h') }) })`, {
    lastLine: '1 passed, 1 failed',
    code: 1,
  })
  endsInCi('a pass', pass, { lastLine: '1 passed, 0 failed', code: 0 })
  endsInCi('a skip is a failure', pass + skip, { lastLine: '1 passed, 0 failed, 1 skipped', code: 1, says: /is skipped \(no docker\)/ })
})
