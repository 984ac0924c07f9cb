import type { Metafile } from 'esbuild'
import type { Metadata } from 'esbuild-visualizer'
import type { Contents } from './contents.ts'

/** A page that draws every module as an area of its size, in the folders of its name. */
export async function treemap(contents: Contents): Promise<string> {
  const { prepareVisualizerData, visualizer } = await import('esbuild-visualizer') // only who asks for the page waits for it
  const metafile = renamed(contents)
  const page = await visualizer(metafile, { title: 'server.js' })
  const data = prepareVisualizerData(metafile)
  if (!page.includes(data)) throw new Error('esbuild-visualizer no longer writes its data as they are')
  return page.replace(data, () => data.replaceAll('<', '\\u003c')) // it lies in a script, which a file named `</script>` would end
}

/** As esbuild would have it, had the modules these names. */
function renamed({ bytes, modules }: Contents): Metadata {
  const nameOf = (path: string) => modules.get(path)?.name ?? path
  const all = [...modules.values()].filter((module) => module.bytes > 0)
  const inputs = all.map((module): [string, Metafile['inputs'][string]] => [
    module.name,
    { bytes: module.bytes, imports: module.imports.map((path) => ({ path: nameOf(path), kind: 'import-statement' })) },
  ])
  const output = {
    bytes,
    imports: [],
    exports: [],
    entryPoint: nameOf('apiroutes:entry'),
    inputs: Object.fromEntries(all.map(({ name, bytes: bytesInOutput }) => [name, { bytesInOutput }])),
  }
  return { inputs: Object.fromEntries(inputs), outputs: { 'server.js': output } }
}
