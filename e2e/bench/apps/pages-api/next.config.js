import path from 'node:path'

/** The folder of node_modules, which is above the project. */
const root = path.join(import.meta.dirname, '../..')

/** @type {import('next').NextConfig} */
const config = {
  turbopack: { root },
  outputFileTracingRoot: root,
  typescript: { ignoreBuildErrors: true }, // nobody else's build checks types
  ...(process.env.BENCH_STANDALONE ? { output: 'standalone' } : {}), // what its documentation deploys; `next start` is not made for it
}

export default config
