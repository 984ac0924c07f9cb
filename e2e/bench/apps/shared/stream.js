import { Readable } from 'node:stream'

/** A gigabyte, in pieces of 64 kB. */
const CHUNK = Buffer.alloc(65_536, 'x')
const CHUNKS = 16_384

export function gigabyte() {
  return Readable.from(chunks())
}

function* chunks() {
  for (let i = 0; i < CHUNKS; i++) yield CHUNK
}
