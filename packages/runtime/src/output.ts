/** Where log lines go: never in the way of requests, never one line inside another, never without bound. */

import { fstatSync, write as writeFile } from 'node:fs'
import { Socket } from 'node:net'
import type { Writable } from 'node:stream'
import type { Env } from './env.ts'
import { entryLine } from './json-line.ts'

export interface Output {
  readonly isTerminal: boolean
  /** Takes whole lines, each with its end. What comes in one turn of the event loop is written at once. */
  write(lines: string): void
}

export interface Outputs {
  readonly out: Output
  readonly err: Output
  /** Resolves when everything written so far, by console.log too, is with the operating system: never, if nobody reads. */
  flush(): Promise<void>
}

/** Hands over all of a text, then calls back; what cannot be written any more, to a closed pipe, is given up. */
type Send = (text: string, done: () => void) => void

/** How much may wait for a slow reader or a full disk, in characters. */
const LIMIT = 16 * 1024 * 1024

/** What is written in one go, in characters: as much as a pipe holds. */
const CHUNK = 64 * 1024

/** After how long a full disk is tried again, in milliseconds. */
const RETRY = 500

/** stdout and stderr; lines go through one queue if both lead to the same place, since they could mix there otherwise. */
export function openOutputs(form: Env['accessLog']): Outputs {
  const sayLost = (count: number) => {
    const message = `${count} lines of the log were dropped: its reader was too slow, or the disk full`
    return form === 'json' ? entryLine('warn', message) : `apiroutes: ${message}\n`
  }
  const out = createOutput(process.stdout, 1, sayLost)
  const [stdout, stderr] = [fstatSync(1), fstatSync(2)]
  const isSame = stdout.dev === stderr.dev && stdout.ino === stderr.ino
  const err = createOutput(process.stderr, 2, sayLost)
  return {
    out,
    err: isSame ? out : err,
    async flush() {
      await Promise.all([out.flush(), err.flush()])
    },
  }
}

/** One write at a time; what comes meanwhile waits. Above the limit lines are dropped until all that waits is written, then `sayLost` says how many. */
function createOutput(stream: Writable & { readonly isTTY?: boolean }, fd: 1 | 2, sayLost: (count: number) => string): Output & Pick<Outputs, 'flush'> {
  const send = stream instanceof Socket ? toStream(stream) : toFile(fd)
  const queue: string[] = []
  let waiting = 0 // characters, those under way included
  let lost = 0
  let isBusy = false
  let flushed: (() => void)[] = []

  stream.on('error', () => {}) // a closed pipe is no reason to die
  process.on('exit', () => {
    try {
      stream.write(queue.join('')) // as much as there is room for
    } catch {
      // a full disk
    }
  })

  function add(lines: string): void {
    waiting += lines.length
    const last = queue.pop() ?? ''
    if (last.length < CHUNK) queue.push(last + lines)
    else queue.push(last, lines)
  }

  function wake(): void {
    if (!isBusy) setImmediate(next)
    isBusy = true
  }

  function next(): void {
    if (queue.length === 0 && lost > 0) {
      add(sayLost(lost))
      lost = 0
    }
    const text = queue.shift()
    if (text !== undefined) {
      send(text, () => {
        waiting -= text.length
        next()
      })
      return
    }
    isBusy = false
    const done = flushed
    flushed = []
    if (done.length > 0) send('', () => done.forEach((resolve) => void resolve()))
  }

  return {
    isTerminal: stream.isTTY === true,
    write(lines) {
      if (lost > 0 || waiting > LIMIT) lost++
      else add(lines)
      wake()
    },
    flush() {
      wake()
      return new Promise((resolve) => flushed.push(resolve))
    },
  }
}

/** A pipe, a socket or a terminal, in one queue with console.log. */
function toStream(stream: Socket): Send {
  return (text, done) => void stream.write(text, () => done())
}

/** A file, which process.stdout would block on. */
function toFile(fd: number): Send {
  return (text, done) => {
    const bytes = Buffer.from(text)
    const writeFrom = (start: number): void => {
      if (start === bytes.length) done()
      else
        writeFile(fd, bytes, start, (error, written) => {
          if (error) setTimeout(writeFrom, RETRY, start).unref()
          else writeFrom(start + written)
        })
    }
    writeFrom(0)
  }
}
