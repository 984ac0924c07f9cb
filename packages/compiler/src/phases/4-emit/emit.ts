import type { Emitted, RouteTable } from '../../model.ts'
import { emitEntry } from './entry.ts'
import { emitManifest, readsAtLoad } from './manifest.ts'

/** The entry, the manifest it serves, and what they need of the runtime. */
export function emit(table: RouteTable): Emitted {
  const runtime = [
    { name: 'serve', from: '@apiroutes/runtime' },
    { name: 'remoteRevalidation', from: '@apiroutes/runtime/remote-revalidation', ifMentioned: 'revalidate' },
    ...(table.instrumentation === undefined ? [] : [{ name: 'instrumentation', from: '@apiroutes/runtime/instrumentation' }]),
    ...(readsAtLoad(table) ? [{ name: 'readConfig', from: '@apiroutes/runtime/config' }] : []),
  ]
  return { modules: [emitEntry(table), emitManifest(table)], runtime }
}
