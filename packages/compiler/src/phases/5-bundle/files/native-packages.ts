/** Packages with a native addon, by what their package.json says: how they find it at run time is as many ways as there are such packages. */

import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { quote } from './changed-modules.ts'
import { filesBelow } from './files-below.ts'
import { manifestOf, type Package, type Packages } from './packages.ts'

/** What is installed only to build or to load an addon. */
const LOADERS =
  /^(?:bindings|cmake-js|nan|napi-postinstall|node-addon-api|node-gyp|node-gyp-build|node-gyp-build-optional-packages|(?:@mapbox\/)?node-pre-gyp|prebuild-install|require-addon)$/

/** `@img/sharp-linux-x64`: the addon is in a package for each platform. */
const PLATFORM = /(?:linux|darwin|win32).*(?:x64|arm64)/

/** Could the package have an addon? A matter of what it was installed with. */
export function mayBeNative({ dir }: Package): boolean {
  const { gypfile } = manifestOf(dir) ?? {}
  return gypfile === true || existsSync(join(dir, 'binding.gyp')) || namesOfNativeKind(dir).length > 0
}

/** Does this module of such a package load the addon? Many only build with one, or have a part of theirs that does. */
export function loadsAddon({ dir }: Package, text: string): boolean {
  if (/\.node\$?['"`/]|\bdlopen\b|\brequire\.addon\b/.test(text)) return true
  return namesOfNativeKind(dir).some((name) =>
    LOADERS.test(name) ? new RegExp(`['"\`]${quote(name)}['"\`/]`).test(text) : text.includes(name.slice(0, name.search(PLATFORM))),
  )
}

function namesOfNativeKind(dir: string): string[] {
  const { dependencies, optionalDependencies } = manifestOf(dir) ?? {}
  return Object.keys({ ...Object(dependencies), ...Object(optionalDependencies) }).filter((name) => LOADERS.test(name) || PLATFORM.test(name))
}

/** Addons and the libraries that these load, without what a compiler has left behind. */
export function addonFilesOf({ dir }: Package): string[] {
  return filesBelow(dir).filter((file) => /\.(?:node|dylib|dll|so(?:\.\d+)*)$/.test(file) && !/(?:^|[\\/])obj(?:\.target)?[\\/]/.test(relative(dir, file)))
}

/** The installed packages for one platform that a package names. */
export function platformPackagesOf({ dir }: Package, target: string, packages: Packages): Package[] {
  const { optionalDependencies } = manifestOf(dir) ?? {}
  return Object.keys(Object(optionalDependencies)).flatMap((name) => {
    const folder = installedFolder(name, dir)
    const found = folder === undefined ? undefined : packages.of(join(folder, 'package.json'))
    return found && isFor(found, target) ? [found] : []
  })
}

/** As Node.js looks for a package, from a folder upwards. */
function installedFolder(name: string, from: string): string | undefined {
  const folder = join(from, 'node_modules', name)
  if (existsSync(folder)) return realpathSync(folder)
  return dirname(from) === from ? undefined : installedFolder(name, dirname(from))
}

/** As npm reads `os`, `cpu` and `libc`; a package with none of them is for all platforms, hence none of these. */
function isFor({ dir }: Package, target: string): boolean {
  const { os, cpu, libc } = manifestOf(dir) ?? {}
  const [system = '', machine = '', musl] = target.split('-')
  const allows = (given: unknown, value: string) => {
    const list = [given ?? []].flat()
    return list.includes(value) || (!list.includes(`!${value}`) && list.every((entry) => String(entry).startsWith('!')))
  }
  if (!os && !cpu) return false
  return allows(os, system) && allows(cpu, machine) && (system !== 'linux' || allows(libc, musl ?? 'glibc'))
}
