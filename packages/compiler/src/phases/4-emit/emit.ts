import type { Emitted, RouteTable } from '../../model.ts'
import type { Options } from '../../options.ts'
import { emitEntry } from './entry.ts'
import { emitManifest } from './manifest.ts'
import { publicManifest } from './public-manifest.ts'

/** What every build writes. */
const OUTPUT = ['server.js', 'package.json', 'manifest.json']

/** The entry, the manifest it serves, and the manifest for people. */
export function emit(table: RouteTable, { sourcemap }: Options): Emitted {
  return { modules: [emitEntry(), emitManifest(table)], manifestJson: publicManifest(table, sourcemap ? [...OUTPUT, 'server.js.map'] : OUTPUT) }
}
