/** Of the addons that were traced, those for the platform that the output will run on. */

import { relative } from 'node:path'
import { platformOf, runsOn } from './addon-platform.ts'
import { filesBelow } from './files-below.ts'
import { manifestOf, type Package, type Packages } from './packages.ts'
import type { Copy } from './plan.ts'

export interface ForeignAddon {
  /** Absolute. */
  readonly file: string
  readonly platform: string
}

export interface ChosenAddons {
  readonly copies: ReadonlyMap<string, Copy>
  /** Of packages that have none for the target. */
  readonly foreign: readonly ForeignAddon[]
}

export function chooseAddons(copies: ReadonlyMap<string, Copy>, target: string, packages: Packages): ChosenAddons {
  const chosen = new Map(copies)
  const foreign: (ForeignAddon & { family: string })[] = []
  const served = new Set<string>() // families that have an addon for the target
  for (const [to, copy] of copies) {
    if (!copy.from.endsWith('.node')) continue
    const platform = platformOf(copy.from)
    const item = packages.of(copy.from)
    const family = item ? familyOf(item) : copy.from
    if (platform === undefined || runsOn(platform, target)) {
      served.add(family)
      continue
    }
    chosen.delete(to)
    foreign.push({ file: copy.from, platform: platform.replace(/-any$/, ''), family })
    for (const other of item ? filesBelow(item.dir).filter((file) => file.endsWith('.node')) : []) {
      const theirs = platformOf(other)
      if (theirs === undefined || !runsOn(theirs, target)) continue
      served.add(family)
      const folder = to.slice(0, to.length - relative(item?.dir ?? '', copy.from).length)
      chosen.set(folder + relative(item?.dir ?? '', other).replaceAll('\\', '/'), { ...copy, from: other })
    }
  }
  return { copies: chosen, foreign: foreign.filter(({ family }) => !served.has(family)) }
}

/** `@img/sharp-linux-x64` and `@img/sharp-darwin-arm64` are one: a package for each platform, of which the right one is enough. */
function familyOf({ name, dir }: Package): string {
  const { os, cpu, libc } = manifestOf(dir) ?? {}
  return os || cpu || libc ? name.replaceAll(/linux|darwin|win32|musl|gnu|glibc|msvc|x64|arm64|ia32|arm|riscv64/g, '').replaceAll(/-+/g, '-') : dir
}
