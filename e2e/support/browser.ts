// A page in headless Chromium, spoken to by the DevTools protocol: JSON over two pipes, each message ended by a zero byte.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { type Missing, programOnPath } from './programs.ts'
import { bareEnvironment } from './run-program.ts'
import { temporaryFolder } from './temporary.ts'

export interface BrowserPage {
  /** What it has asked for since it was opened, itself included. */
  readonly requests: readonly string[]
  /** What its scripts have thrown. */
  readonly exceptions: readonly string[]
  /** The value of an expression in the page, or what its promise resolves to. */
  evaluate(expression: string): Promise<unknown>
  close(): Promise<void>
}

/** Its user interface and its own talk with its maker would be requests that are not the page's. */
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--remote-debugging-pipe']
/** Starting takes two seconds here, on a machine that does a lot besides. */
const deadlineMs = 120_000

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Opens a page, and resolves when it and its frames have loaded. */
export async function openPage(url: string): Promise<BrowserPage | Missing> {
  const program = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) => programOnPath(name) ?? [])[0]
  if (program === undefined) return { missing: 'Chromium is not installed (Debian: chromium)' }
  const folder = temporaryFolder()
  const child = spawn(program, [...FLAGS, `--user-data-dir=${folder}`], {
    env: { ...bareEnvironment(), HOME: folder },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    timeout: deadlineMs,
    killSignal: 'SIGKILL',
  })
  running.add(child)
  const closed = once(child, 'close').then(() => running.delete(child))
  const close = async () => {
    child.kill('SIGTERM')
    await closed
  }
  try {
    return { ...(await attach(child, url)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function attach(child: ChildProcess, url: string): Promise<Omit<BrowserPage, 'close'>> {
  const requests: string[] = []
  const exceptions: string[] = []
  let onLoad = () => {}
  const loaded = new Promise<void>((resolve) => {
    onLoad = resolve
  })
  const send = connect(child, (method, params) => {
    if (method === 'Network.requestWillBeSent') requests.push(params.request.url)
    if (method === 'Runtime.exceptionThrown') exceptions.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text)
    if (method === 'Page.loadEventFired') onLoad()
  })
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true })
  for (const domain of ['Network', 'Runtime', 'Page']) await send(`${domain}.enable`, {}, sessionId)
  await send('Page.navigate', { url }, sessionId)
  if (await Promise.race([loaded, once(child, 'close')])) throw new Error('Chromium ended while it loaded the page')

  async function evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, sessionId)
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }
  return { requests, exceptions, evaluate }
}

// biome-ignore lint/suspicious/noExplicitAny: the protocol's messages, whose types would be a dependency of their own
type Message = any
type Send = (method: string, params: object, sessionId?: string) => Promise<Message>

function connect(child: ChildProcess, onEvent: (method: string, params: Message) => void): Send {
  const [, , , input, output] = child.stdio as [null, null, null, Writable, Readable]
  const waiting = new Map<number, { resolve(result: Message): void; reject(error: Error): void }>()
  let buffer = ''
  let last = 0
  let ended = false
  input.on('error', () => {}) // it has ended, which 'close' says
  output.setEncoding('utf8').on('data', (text: string) => {
    const messages = (buffer + text).split('\0')
    buffer = messages.pop() ?? ''
    for (const { id, method, params, result, error } of messages.map((message) => JSON.parse(message))) {
      if (id === undefined) onEvent(method, params)
      else if (error) waiting.get(id)?.reject(new Error(error.message))
      else waiting.get(id)?.resolve(result)
    }
  })
  child.once('close', (code, signal) => {
    ended = true
    for (const { reject } of waiting.values()) reject(new Error(`Chromium ended with ${code ?? signal}`))
  })
  return (method, params, sessionId) =>
    new Promise((resolve, reject) => {
      if (ended) return reject(new Error('Chromium has ended'))
      last += 1
      waiting.set(last, { resolve, reject })
      input.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`)
    })
}
