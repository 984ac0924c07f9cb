/** Who is measured: how each is built and started, and what of it is deployed. */

import { cli } from '../../support/build.ts'
import { type AppName, folderOf } from './places.ts'

export const SUBJECT_NAMES = ['floor', 'apiroutes', 'fastify', 'hono', 'h3', 'nitro', 'express', 'next'] as const

export type SubjectName = (typeof SUBJECT_NAMES)[number]

export interface Subject {
  readonly name: SubjectName
  readonly title: string
  /** What it is made of, in node_modules; the first is the one whose version counts. */
  readonly packages: readonly string[]
  /** Arguments of `node`, in the folder of the app; undefined where the sources are what is run. */
  readonly build?: readonly string[]
  start(port: number): readonly string[]
  /** What has to be on a machine that serves the app, beside Node.js; the packages, if `needsPackages`. */
  readonly deployed: readonly string[]
  readonly needsPackages: boolean
  /** The build of 10,000 runs out of memory: Nitro's at 4 GB, that of Next.js at 24 GB. */
  readonly maxRoutes: number
}

const next = '../../node_modules/next/dist/bin/next'
const nitro = '../../node_modules/nitropack/dist/cli/index.mjs'
const everySize = Number.POSITIVE_INFINITY

/** One file of JavaScript that is run as it is. */
function program(name: SubjectName, title: string, packages: readonly string[]): Subject {
  return { name, title, packages, start: () => ['server.js'], deployed: ['.'], needsPackages: packages.length > 0, maxRoutes: everySize }
}

export const SUBJECTS: readonly Subject[] = [
  program('floor', 'node:http by hand', []),
  {
    name: 'apiroutes',
    title: 'apiroutes',
    packages: [],
    build: [cli, 'build', '.'],
    start: () => ['dist/server.js'],
    deployed: ['dist/server.js', 'dist/package.json'],
    needsPackages: false,
    maxRoutes: everySize,
  },
  program('fastify', 'Fastify', ['fastify', '@fastify/etag']),
  program('hono', 'Hono', ['hono', '@hono/node-server']),
  program('h3', 'h3', ['h3']),
  {
    name: 'nitro',
    title: 'Nitro',
    packages: ['nitropack'],
    build: [nitro, 'build'],
    start: () => ['.output/server/index.mjs'],
    deployed: ['.output'],
    needsPackages: false,
    maxRoutes: 1_000,
  },
  program('express', 'Express', ['express']),
  {
    name: 'next',
    title: 'Next.js',
    packages: ['next', 'react', 'react-dom'],
    build: [next, 'build'],
    start: (port) => [next, 'start', '--port', String(port), '--hostname', '127.0.0.1'],
    deployed: ['.next/standalone', '.next/static'],
    needsPackages: false,
    maxRoutes: 1_000,
  },
]

export function subjectOf(name: SubjectName): Subject {
  const found = SUBJECTS.find((subject) => subject.name === name)
  if (!found) throw new Error(`there is no subject ${name}`)
  return found
}

/** Where the app of a subject is. */
export function appFolder({ name }: Subject, app: AppName): string {
  return folderOf(name, app)
}
