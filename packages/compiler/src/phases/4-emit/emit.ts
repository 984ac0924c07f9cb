import type { Emitted, RouteTable, RuntimeImport } from '../../model.ts'
import { emitEntry } from './entry.ts'
import { emitManifest, readsAtLoad } from './manifest.ts'
import { emitReact } from './react.ts'

/** The entry, the manifest it serves, and what they need of the runtime. */
export function emit(table: RouteTable): Emitted {
  const { pages, instrumentation } = table
  const runtime: RuntimeImport[] = [
    { name: 'serve', from: '@apiroutes/runtime' },
    { name: 'remoteRevalidation', from: '@apiroutes/runtime/remote-revalidation', ifMentioned: 'revalidate' },
    ...(instrumentation === undefined ? [] : [{ name: 'instrumentation', from: '@apiroutes/runtime/instrumentation' }]),
    ...(pages ? [{ name: 'pages', from: '@apiroutes/runtime/pages' }] : []),
    ...(readsAtLoad(table) ? [{ name: 'readConfig', from: '@apiroutes/runtime/config' }] : []),
  ]
  return { modules: [emitEntry(table), emitManifest(table), ...(pages?.usesReact ? [emitReact()] : [])], runtime }
}
