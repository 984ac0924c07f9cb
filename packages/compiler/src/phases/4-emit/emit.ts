import type { Emitted, RouteTable } from '../../model.ts'
import { emitEntry } from './entry.ts'
import { emitManifest } from './manifest.ts'

/** The entry, and the manifest it serves. */
export function emit(table: RouteTable): Emitted {
  return { modules: [emitEntry(), emitManifest(table)] }
}
