import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { temporaryProject } from '../../../testing.ts'
import { platformOf, runsOn } from './addon-platform.ts'

type Field = readonly [at: number, value: number, width?: 2 | 4]

function header(magic: readonly number[], fields: readonly Field[], { bigEndian = false, text = '' } = {}): Buffer {
  const bytes = Buffer.alloc(256)
  Buffer.from(magic).copy(bytes)
  for (const [at, value, width = 2] of fields) {
    if (bigEndian) bytes.writeUIntBE(value, at, width)
    else bytes.writeUIntLE(value, at, width)
  }
  bytes.write(text, 128, 'latin1')
  return bytes
}

const elf = (machine: number, text = 'libc.so.6') => header([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1], [[18, machine]], { text })
const machO = (cpu: number) => header([0xcf, 0xfa, 0xed, 0xfe], [[4, cpu, 4]])
const pe = (machine: number, at = 64) =>
  header(
    [0x4d, 0x5a],
    at + 6 <= 256
      ? [
          [60, at, 4],
          [at + 4, machine],
        ]
      : [[60, at, 4]],
  )

describe('platformOf', () => {
  function platform(name: string, bytes: Uint8Array, expected: string | undefined): void {
    it(name, (test) => {
      const file = join(temporaryProject(test, {}), 'a.node')
      writeFileSync(file, bytes)
      assert.equal(platformOf(file), expected)
    })
  }

  platform('ELF x64', elf(62), 'linux-x64')
  platform('ELF arm64', elf(183), 'linux-arm64')
  platform('ELF arm', elf(40), 'linux-arm')
  platform('ELF ia32', elf(3), 'linux-ia32')
  platform('ELF riscv64', elf(243), 'linux-riscv64')
  platform('ELF x64 of musl', elf(62, 'libc.musl-x86_64.so.1'), 'linux-x64-musl')
  platform('ELF arm64 of musl', elf(183, 'libc.musl-aarch64.so.1'), 'linux-arm64-musl')
  platform('ELF without a C library in particular', elf(62, ''), 'linux-x64-any')
  platform('ELF of a machine that Node.js has no name for', elf(999), undefined)
  platform('ELF, big-endian', header([0x7f, 0x45, 0x4c, 0x46, 2, 2, 1], [[18, 183]], { bigEndian: true, text: 'libc.so.6' }), 'linux-arm64')
  platform('Mach-O x64', machO(16777223), 'darwin-x64')
  platform('Mach-O arm64', machO(16777228), 'darwin-arm64')
  platform('PE x64', pe(34404), 'win32-x64')
  platform('PE arm64', pe(43620), 'win32-arm64')
  platform('PE ia32', pe(332), 'win32-ia32')
  platform('PE whose header lies beyond its end', pe(34404, 5000), undefined)
  platform('nothing', Buffer.alloc(0), undefined)
  platform('a few bytes of ELF', elf(62).subarray(0, 20), undefined)
  platform('text', Buffer.from('not an addon\n'.repeat(20)), undefined)
  platform(
    'Mach-O for several processors',
    header(
      [0xca, 0xfe, 0xba, 0xbe],
      [
        [4, 2, 4],
        [8, 16777223, 4],
        [28, 16777228, 4],
      ],
      { bigEndian: true },
    ),
    undefined,
  )
})

describe('runsOn', () => {
  function runs(platform: string | undefined, target: string, expected: boolean): void {
    it(`${platform} on ${target}`, () => assert.equal(runsOn(platform, target), expected))
  }
  runs(undefined, 'linux-x64', true)
  runs('linux-x64', 'linux-x64', true)
  runs('linux-x64', 'linux-x64-musl', false)
  runs('linux-x64-musl', 'linux-x64', false)
  runs('linux-x64-any', 'linux-x64', true)
  runs('linux-x64-any', 'linux-x64-musl', true)
  runs('linux-x64-any', 'linux-arm64', false)
  runs('darwin-arm64', 'linux-arm64', false)
})
