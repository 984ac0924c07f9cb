/** Draft mode and preview data: two cookies, one a secret id, one an encrypted and signed token. */

import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { serialize } from 'cookie'

const BYPASS = '__prerender_bypass'
const DATA = '__next_preview_data'
const MAX_TOKEN_LENGTH = 2048

export interface PreviewOptions {
  /** Seconds until both cookies end; without it they last for the browser session. */
  readonly maxAge?: number
  /** The path the cookies are sent for. Default `/`. */
  readonly path?: string
}

interface Keys {
  readonly id: string
  readonly signing: Buffer
  readonly encryption: Buffer
}

let keys: Keys | undefined
let warn: (text: string) => void = console.warn

/** Where the warning goes that keys are random, which is known only when they are first used. */
export function warnOfRandomKeys(through: typeof warn): void {
  warn = through
}

/** From PREVIEW_SECRET, the same for every process that has it; without it random, so that no key is ever in a bundle. */
function previewKeys(): Keys {
  keys ??= deriveKeys(process.env.PREVIEW_SECRET)
  return keys
}

function deriveKeys(secret: string | undefined): Keys {
  if (!secret) {
    warn(
      'PREVIEW_SECRET is not set: draft mode and preview cookies end with this process and are unknown to other instances. ' +
        'Set it to the same long random string for all of them.',
    )
  }
  const material = secret ? Buffer.from(secret) : randomBytes(32)
  const derive = (purpose: string, length: number) => Buffer.from(hkdfSync('sha256', material, 'apiroutes', purpose, length))
  return { id: derive('preview id', 16).toString('hex'), signing: derive('preview signing', 32), encryption: derive('preview encryption', 32) }
}

/** What the request's cookies say. `stale`: they say something, but not to this server; the client should drop them. */
export type PreviewState = { readonly on: true; readonly data: unknown } | { readonly on: false; readonly stale: boolean }

/** A bypass cookie alone is draft mode, with `{}` for data; with a token it carries that token's data. */
export function readPreview(cookies: Partial<Record<string, string>>): PreviewState {
  const id = cookies[BYPASS]
  const token = cookies[DATA]
  if (!id && !token) return { on: false, stale: false }
  if (!id || !equal(id, previewKeys().id)) return { on: false, stale: true }
  if (!token) return { on: true, data: {} }
  const data = openToken(token)
  return data === undefined ? { on: false, stale: true } : { on: true, data: data.value }
}

/** Set-Cookie values that turn draft mode on or off. */
export function draftModeCookies(enable: boolean): string[] {
  return [cookie(BYPASS, previewKeys().id, enable ? {} : { expires: new Date(0) })]
}

/**
 * Set-Cookie values that carry preview data.
 * @throws Error when the data is not JSON, or its token is over 2 KB.
 */
export function previewDataCookies(data: unknown, options: PreviewOptions): string[] {
  const token = sealToken(data, options.maxAge)
  if (token.length > MAX_TOKEN_LENGTH) {
    throw new Error('Preview data is limited to 2KB currently, reduce how much data you are storing as preview data to continue')
  }
  return [cookie(BYPASS, previewKeys().id, options), cookie(DATA, token, options)]
}

/** Set-Cookie values that end both. */
export function clearedPreviewCookies(options: Pick<PreviewOptions, 'path'>): string[] {
  const gone = { expires: new Date(0), ...options }
  return [cookie(BYPASS, '', gone), cookie(DATA, '', gone)]
}

function cookie(name: string, value: string, options: PreviewOptions & { expires?: Date }): string {
  const { maxAge, path = '/', expires } = options
  return serialize(name, value, {
    path,
    ...(maxAge === undefined ? {} : { maxAge }),
    ...(expires === undefined ? {} : { expires }),
    httpOnly: true,
    secure: true,
    sameSite: 'none',
  })
}

/** A JWT (RFC 7519, HS256) around AES-256-GCM: the browser can neither read nor change what it carries. */
function sealToken(data: unknown, maxAge: number | undefined): string {
  const json = JSON.stringify(data)
  if (json === undefined) throw new Error('Preview data must be serializable to JSON')
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', previewKeys().encryption, iv)
  const sealed = Buffer.concat([iv, cipher.update(json, 'utf8'), cipher.final(), cipher.getAuthTag()])

  const now = Math.floor(Date.now() / 1000)
  const claims = { data: sealed.toString('base64url'), iat: now, ...(maxAge === undefined ? {} : { exp: now + maxAge }) }
  const content = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}`
  return `${content}.${sign(content)}`
}

/** The token's data, or undefined when it was not made by these keys, was changed, or has expired. */
function openToken(token: string): { value: unknown } | undefined {
  const [header = '', payload = '', signature = '', ...more] = token.split('.')
  if (more.length > 0 || !equal(signature, sign(`${header}.${payload}`))) return undefined
  // Signed by us, so what follows can only fail for a token of an older key derivation.
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { data: string; exp?: number }
  if (claims.exp !== undefined && claims.exp <= Date.now() / 1000) return undefined
  const sealed = Buffer.from(claims.data, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', previewKeys().encryption, sealed.subarray(0, 12))
  decipher.setAuthTag(sealed.subarray(-16))
  const json = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
  return { value: JSON.parse(json.toString()) }
}

function sign(content: string): string {
  return createHmac('sha256', previewKeys().signing).update(content).digest('base64url')
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function equal(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
