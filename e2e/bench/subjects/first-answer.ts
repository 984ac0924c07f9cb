/** Asks a server that may not be there yet. */

import net from 'node:net'

/** Resolves with the time (`performance.now()`) at which the first answer was there as a whole. @throws what the signal says. */
export async function firstAnswer(port: number, path: string, signal: AbortSignal): Promise<number> {
  for (;;) {
    signal.throwIfAborted()
    const answer = await ask(port, path)
    if (answer === undefined) continue
    if (!/^HTTP\/1\.1 [23]\d\d /.test(answer.text)) throw new Error(`the first answer to ${path} was ${answer.text.slice(0, 200)}`)
    return answer.time
  }
}

/** Undefined when nobody listens. The next attempt follows at once: trying costs 0.1 ms, on a core that the server does not use. */
function ask(port: number, path: string): Promise<{ text: string; time: number } | undefined> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = net.connect(port, '127.0.0.1')
    socket.setEncoding('latin1')
    socket.on('connect', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`))
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('end', () => resolve({ text, time: performance.now() }))
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNREFUSED' ? resolve(undefined) : reject(error)))
  })
}
