import type { Emitted, RouteTable } from '../../model.ts'
import { emitEntry } from './entry.ts'
import { emitManifest } from './manifest.ts'
import { publicManifest } from './public-manifest.ts'

/** The entry, the manifest it serves, and the manifest for people. */
export function emit(table: RouteTable): Emitted {
  return { modules: [emitEntry(), emitManifest(table)], manifestJson: publicManifest(table) }
}
