// The server that record.mjs records, when record.mjs starts it: its life, and what it writes to stderr.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** @param {string} host @param {number} port @returns {Promise<boolean>} */
export function isListening(host, port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, host, () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

/**
 * Runs `command`, in which `{PORT}` stands for the port, until it listens.
 * @param {string} command
 * @param {{ host: string, port: number, cwd: string }} options
 */
export async function startServer(command, { host, port, cwd }) {
  let child
  let stderr = ''

  async function restart() {
    const env = { ...process.env, PORT: String(port), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
    child = spawn('bash', ['-c', `exec ${command.replaceAll('{PORT}', String(port))}`], { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] })
    child.stderr.on('data', (data) => {
      stderr += data
    })
    for (let attempt = 0; !(await isListening(host, port)); attempt++) {
      if (hasDied() || attempt === 300) throw new Error(`the server never listened on ${host}:${port}: ${stderr}`)
      await sleep(100)
    }
    await sleep(300)
    stderr = ''
  }
  async function stop() {
    if (hasDied()) return
    child.kill('SIGTERM')
    const killer = setTimeout(() => child.kill('SIGKILL'), 2000)
    await once(child, 'exit')
    clearTimeout(killer)
  }
  function hasDied() {
    return child.exitCode !== null || child.signalCode !== null
  }
  function takeStderr() {
    const lines = messagesIn(stderr)
    stderr = ''
    return lines
  }

  await restart()
  return { stop, restart, hasDied, takeStderr }
}

/**
 * Reads the messages that were appended to `file` since the last call.
 * @param {string} file @returns {() => string[]}
 */
export function tailFile(file) {
  let position = 0
  const take = () => {
    const descriptor = openSync(file, 'r')
    const added = Buffer.alloc(Math.max(0, fstatSync(descriptor).size - position))
    readSync(descriptor, added, 0, added.length, position)
    closeSync(descriptor)
    position += added.length
    return messagesIn(added.toString('utf8'))
  }
  take()
  return take
}

/** The lines without colour and stack frames: frames name files of one build only. */
function messagesIn(stderr) {
  const isFrame = (line) => /^\s+at /.test(line)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what a colour code looks like
  const lines = stderr.split('\n').map((line) => line.replace(/\x1b\[[0-9;]*m/g, '').trimEnd())
  const messages = lines.filter((line) => line && !isFrame(line))
  const unopened = lines.some(isFrame) ? messages.map((line) => line.replace(/ \{$/, '')) : messages
  return unopened.map((line) => line.replace(/digest: '[^']*'/, "digest: '…'"))
}
