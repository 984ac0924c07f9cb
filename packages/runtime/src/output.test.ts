import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'

/** Where the standard output of a program leads: nothing is read of it before `read`, which resolves at its end. */
interface Place {
  readonly stdio: 'pipe' | number
  read(child: ChildProcess): Promise<string>
  stopReading(child: ChildProcess): void
}

function temporary(test: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'apiroutes-output-'))
  test.after(() => rmSync(folder, { recursive: true }))
  return folder
}

/** A named pipe with both ends open, so that no end waits for the other. */
function pipe(test: TestContext): Place {
  const file = path.join(temporary(test), 'pipe')
  execFileSync('mkfifo', [file])
  const reader = new Socket({ fd: openSync(file, constants.O_RDONLY | constants.O_NONBLOCK), readable: true })
  const stdio = openSync(file, constants.O_WRONLY)
  return { stdio, read: () => text(reader), stopReading: () => void reader.destroy() }
}

/** What node:child_process calls a pipe, as systemd has it too: a socket. */
function socket(): Place {
  return { stdio: 'pipe', read: (child) => text(child.stdout as Readable), stopReading: (child) => void child.stdout?.destroy() }
}

function file(test: TestContext): Place {
  const name = path.join(temporary(test), 'log')
  const read = async (child: ChildProcess) => {
    if (child.exitCode === null) await once(child, 'exit')
    return readFileSync(name, 'utf8')
  }
  return { stdio: openSync(name, 'w'), read, stopReading() {} }
}

const PLACES = { pipe, socket, file }

/** Runs code that has `out`, `err`, `flush()`, `line(i)`, `turn()`, `tell(value)` and `asked()`, the last two over a channel of their own. */
function start(test: TestContext, { stdio }: Pick<Place, 'stdio'>, code: string, stderr: 'pipe' | 'inherit' | number = 'inherit') {
  const stdios: StdioOptions = ['ignore', stdio, stderr, 'ipc']
  const program = `
    import fs from 'node:fs'
    import { once } from 'node:events'
    import { syncBuiltinESMExports } from 'node:module'
    const line = (i) => JSON.stringify({ i, text: 'x'.repeat(300) }) + '\\n'
    const turn = () => new Promise(setImmediate)
    const tell = (value) => new Promise((resolve) => process.send(value, resolve))
    const asked = () => once(process, 'message')
    ${code.includes('BEFORE') ? (code.split('BEFORE')[0] ?? '') : ''}
    const { openOutputs } = await import(${JSON.stringify(new URL('output.ts', import.meta.url).href)})
    const { out, err, flush } = openOutputs('json')
    ${code.split('BEFORE').at(-1)}
  `
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], { stdio: stdios, cwd: import.meta.dirname })
  if (typeof stdio === 'number') closeSync(stdio)
  test.after(() => child.kill('SIGKILL'))
  const exit = once(child, 'exit')
  return {
    child,
    async told() {
      const [value] = await Promise.race([once(child, 'message'), exit.then(([code]) => assert.fail(`it has ended, code ${code}`))])
      return value
    },
    ask: () => child.send('go on'),
    async exitCode() {
      return (await exit)[0]
    },
  }
}

/** Throws unless every line is whole. */
function parsed(written: string): { i?: number; message?: string }[] {
  const lines = written.split('\n')
  assert.equal(lines.pop(), '', 'the last line has no end')
  return lines.map((line) => JSON.parse(line))
}

function numbers(written: string): (number | undefined)[] {
  return parsed(written).map(({ i }) => i)
}

const upTo = (end: number) => Array.from({ length: end }, (_, i) => i)

for (const [name, place] of Object.entries(PLACES)) {
  describe(`output to a ${name}`, () => {
    it('is whole after flush and process.exit, however much it is', async (test) => {
      const to = place(test)
      const app = start(test, to, 'for (let i = 0; i < 30_000; i++) out.write(line(i)); await tell(0); await flush(); process.exit(3)')
      await app.told()
      assert.deepEqual(numbers(await to.read(app.child)), upTo(30_000))
      assert.equal(await app.exitCode(), 3)
    })

    it('a few lines need no flush before process.exit', async (test) => {
      const to = place(test)
      const app = start(test, to, 'for (let i = 0; i < 20; i++) out.write(line(i)); process.exit()')
      assert.deepEqual(numbers(await to.read(app.child)), upTo(20))
    })

    it('lines of console.log come between lines, never inside', async (test) => {
      const to = place(test)
      const code = `for (let i = 0; i < 20_000; i += 2) {
        out.write(line(i))
        console.log(line(i + 1).trimEnd())
        if (i % 500 === 0) await turn()
      }
      await tell(0); await flush(); process.exit()`
      const app = start(test, to, code)
      await app.told()
      assert.deepEqual(
        numbers(await to.read(app.child)).toSorted((a = 0, b = 0) => a - b),
        upTo(20_000),
      )
    })

    if (place !== socket)
      it('so do those of stderr, if both lead there', async (test) => {
        const to = place(test)
        const code = `for (let i = 0; i < 20_000; i += 2) {
        out.write(line(i))
        err.write(line(i + 1))
        if (i % 500 === 0) await turn()
      }
      await tell(0); await flush(); process.exit()`
        const app = start(test, to, code, to.stdio)
        await app.told()
        assert.deepEqual(numbers(await to.read(app.child)), upTo(20_000))
      })

    it('one write for all lines of a turn', async (test) => {
      const to = place(test)
      const code = `let writes = 0
      const { write } = fs
      fs.write = (...all) => { writes++; return write(...all) }
      fs.writeSync = () => { throw new Error('blocks') }
      syncBuiltinESMExports()
      const stream = process.stdout.write
      process.stdout.write = function (...all) { writes++; return stream.apply(this, all) }
      BEFORE
      for (let i = 0; i < 100; i++) out.write(line(i))
      await turn(); await turn()
      await tell(writes); await flush(); process.exit()`
      const app = start(test, to, code)
      assert.equal(await app.told(), 1)
      assert.equal(numbers(await to.read(app.child)).length, 100)
    })
  })
}

/** 60 MB, in many turns: more than may wait. */
const MUCH = `let i = 0
  while (i < 200_000) { out.write(line(i++)); if (i % 1000 === 0) await turn() }
  await tell(process.memoryUsage().rss)`

for (const [name, place] of Object.entries({ pipe, socket })) {
  describe(`a ${name} that nobody reads`, () => {
    it('holds nobody up, takes little memory, and what is lost is said', async (test) => {
      const to = place(test)
      const app = start(test, to, `${MUCH}; await asked(); await flush(); out.write(line(i)); await flush(); process.exit()`)
      assert.ok((await app.told()) < 250_000_000)
      const reading = to.read(app.child)
      app.ask()
      const entries = parsed(await reading)
      const [said, ...more] = entries.flatMap(({ message }) => message ?? [])
      assert.deepEqual(more, [])
      const lost = Number(/^(\d+) lines of the log were dropped/.exec(said ?? '')?.[1])
      assert.equal(entries.length - 1 + lost, 200_001)
      assert.ok(lost > 100_000)
      assert.equal(entries.at(-1)?.i, 200_000, 'lines after that are written again')
      assert.equal(entries.at(-2)?.message, said)
    })
  })

  describe(`a ${name} that is closed`, () => {
    it('is no reason to die, nor to keep what cannot be written', async (test) => {
      const to = place(test)
      const app = start(
        test,
        to,
        `await tell(0); await asked(); ${MUCH}; console.log('x'); process.stdout.write('x'); await flush(); await turn(); await tell('alive'); process.exit(7)`,
      )
      await app.told()
      to.stopReading(app.child)
      app.ask()
      assert.ok((await app.told()) < 250_000_000)
      assert.equal(await app.told(), 'alive')
      assert.equal(await app.exitCode(), 7)
    })
  })
}

describe('a full disk', () => {
  const full = '/dev/full'
  const skip = existsSync(full) ? false : `there is no ${full}`

  it('is no reason to die, nor to take much memory', { skip }, async (test) => {
    const app = start(test, { stdio: openSync(full, 'w') }, `${MUCH}; console.log('x'); await tell('alive'); process.exit(7)`)
    assert.ok((await app.told()) < 250_000_000)
    assert.equal(await app.told(), 'alive')
    assert.equal(await app.exitCode(), 7)
  })

  it('goes on where it stopped once there is room', async (test) => {
    const to = file(test)
    const code = `let attempts = 0
    const { write } = fs
    fs.write = (fd, bytes, start, done) => {
      if (++attempts === 1) return write(fd, bytes, start, 100, null, done)
      if (attempts < 4) return setImmediate(done, Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }))
      write(fd, bytes, start, done)
    }
    syncBuiltinESMExports()
    BEFORE
    const keep = setInterval(() => {}, 1000)
    for (let i = 0; i < 1000; i++) out.write(line(i))
    await flush(); process.exit()`
    assert.deepEqual(numbers(await to.read(start(test, to, code).child)), upTo(1000))
  })
})
