import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fileSpan } from '../diagnostics/diagnostic.ts'
import { linkNames } from '../testing.ts'
import { routeTable } from './route-table.ts'

describe('routeTable', () => {
  const { routes } = linkNames(['a.ts', 'b.ts'])
  const plain = (_: string, text: string) => text
  const columns = (known: readonly (readonly string[] | null)[]) => {
    const table = { routes: routes.map((route, i) => ({ ...route, methods: known[i] ?? null })), instrumentation: undefined }
    return routeTable(table, plain)
      .split('\n')
      .map((line) => line.split(/ {2,}/).slice(5).join())
  }

  it('has no column for methods when none are known', () => assert.deepEqual(columns([null, null]), ['', '', '']))
  it('leaves out what a page has not', () => {
    const page = { kind: 'page', file: 'pages/index.tsx', segments: [], handler: fileSpan(''), isReact: true, pattern: '/', params: [] } as const
    const table = { routes: [page, ...routes.map((route) => ({ ...route, methods: ['GET'] }))], instrumentation: undefined }
    const lines = routeTable(table, plain).split('\n')
    assert.match(lines[1] ?? '', /^\/ {7}pages\/index\.tsx {2}page$/)
  })
  it('ends with the file of hooks', () =>
    assert.match(routeTable({ routes, instrumentation: 'src/instrumentation.ts' }, plain), /\n\nInstrumentation {2}src\/instrumentation\.ts$/))
  it('has one when those of a route are', () => assert.deepEqual(columns([['GET', 'POST'], null]), ['Methods', 'GET POST', '']))
})
