import { createRequire } from 'node:module'
import { defineNitroConfig } from 'nitropack/config'

/** Nitro's own h3, which is version 1; the one beside it is version 2. */
const require = createRequire(createRequire(import.meta.url).resolve('nitropack/package.json'))

export default defineNitroConfig({
  compatibilityDate: '2026-11-01',
  preset: 'node-server',
  srcDir: '.',
  errorHandler: '~/error',
  alias: { h3: require.resolve('h3').replace(/\.cjs$/, '.mjs') },
})
