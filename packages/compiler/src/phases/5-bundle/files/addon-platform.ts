/** Native addons run on the one platform they were compiled for. */

import { readFileSync } from 'node:fs'

const ELF: Readonly<Record<number, string>> = { 3: 'ia32', 40: 'arm', 62: 'x64', 183: 'arm64', 243: 'riscv64' }
const MACH_O: Readonly<Record<number, string>> = { 16777223: 'x64', 16777228: 'arm64' }
const PE: Readonly<Record<number, string>> = { 332: 'ia32', 34404: 'x64', 43620: 'arm64' }

/** The platform in the words of `--target`, by the file's header; undefined for what is no program, or is for several. */
export function platformOf(file: string): string | undefined {
  const bytes = readFileSync(file)
  if (bytes.length < 64) return undefined
  const magic = bytes.readUInt32BE(0)
  if (magic === 0x7f454c46) {
    const machine = bytes[5] === 2 ? bytes.readUInt16BE(18) : bytes.readUInt16LE(18)
    return named('linux', ELF[machine], bytes.includes('libc.musl-') ? '-musl' : bytes.includes('libc.so.6') ? '' : ANY_LIBC)
  }
  if (magic === 0xcffaedfe) return named('darwin', MACH_O[bytes.readUInt32LE(4)])
  if (bytes.readUInt16LE(0) === 0x5a4d) {
    const header = bytes.readUInt32LE(60)
    return header + 6 <= bytes.length ? named('win32', PE[bytes.readUInt16LE(header + 4)]) : undefined
  }
  return undefined
}

/** Of an addon that asks for no C library in particular. */
const ANY_LIBC = '-any'

/** Does an addon for this platform run on the target? */
export function runsOn(platform: string | undefined, target: string): boolean {
  return platform === undefined || platform === target || (platform.endsWith(ANY_LIBC) && platform.slice(0, -ANY_LIBC.length) === target.replace(/-musl$/, ''))
}

function named(system: string, machine: string | undefined, libc = ''): string | undefined {
  return machine && `${system}-${machine}${libc}`
}
