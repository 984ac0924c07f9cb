/** The checker says no to histories that cannot be, and to no others. */

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Bump, type Disturbance, type Generation, impossibleReads, overlaps, type Read, staleReads } from './page-history.ts'

const read = (start: number, number: number, more: Partial<Read> = {}): Read => ({
  ...{ id: 'a', start, end: start + 5, number, newest: 9, state: 'HIT', instance: '' },
  ...more,
})
const bump = (start: number, end: number, number: number, more: Partial<Bump> = {}): Bump => ({ id: 'a', start, end, number, instance: '', ...more })

describe('reads that are too old', () => {
  function finds(name: string, operations: { reads: Read[]; bumps: Bump[]; allowance?: number }, numbers: number[]): void {
    it(name, () => {
      const { reads, bumps, allowance = 0 } = operations
      assert.deepEqual(
        staleReads({ reads, bumps }, { allowance }).map(({ read: { number } }) => number),
        numbers,
      )
    })
  }
  finds('nothing happened', { reads: [], bumps: [] }, [])
  finds('a read of what was there first', { reads: [read(0, 0)], bumps: [] }, [])
  finds('the new page after it had resolved', { reads: [read(21, 1)], bumps: [bump(10, 20, 1)] }, [])
  finds('the old page after it had resolved', { reads: [read(21, 0)], bumps: [bump(10, 20, 1)] }, [0])
  finds('a newer page than any that had resolved', { reads: [read(21, 5)], bumps: [bump(10, 20, 1)] }, [])
  finds('the old page while it ran', { reads: [read(15, 0)], bumps: [bump(10, 20, 1)] }, [])
  finds('the new page while it ran', { reads: [read(15, 1)], bumps: [bump(10, 20, 1)] }, [])
  finds('the old page, begun while it ran and seen after it had resolved', { reads: [read(19, 0, { end: 99 })], bumps: [bump(10, 20, 1)] }, [])
  finds('the old page, begun at the moment it resolved', { reads: [read(20, 0)], bumps: [bump(10, 20, 1)] }, [])
  finds('the old page of another id', { reads: [read(21, 0, { id: 'b' })], bumps: [bump(10, 20, 1)] }, [])
  finds('of two ids, the one that is old', { reads: [read(21, 0), read(22, 1, { id: 'b' })], bumps: [bump(1, 2, 1), bump(1, 2, 1, { id: 'b' })] }, [0])
  finds('an old page that says so', { reads: [read(21, 0, { state: 'STALE' })], bumps: [bump(10, 20, 1)] }, [])
  finds('an old page that was made for the reader', { reads: [read(21, 0, { state: 'MISS' })], bumps: [bump(10, 20, 1)] }, [0])
  finds('back to the first of two', { reads: [read(41, 2), read(50, 1)], bumps: [bump(10, 20, 1), bump(30, 40, 2)] }, [1])
  finds('the lower number resolved last', { reads: [read(41, 1)], bumps: [bump(10, 20, 2), bump(11, 40, 1)] }, [1])
  finds('in no order', { reads: [read(61, 2), read(45, 1), read(5, 0)], bumps: [bump(50, 60, 3), bump(30, 40, 2), bump(10, 20, 1)] }, [2, 1])
  finds('too old, but within what is allowed', { reads: [read(119, 0)], bumps: [bump(10, 20, 1)], allowance: 100 }, [])
  finds('older than what is allowed', { reads: [read(121, 0)], bumps: [bump(10, 20, 1)], allowance: 100 }, [0])
})

describe('reads of what was never there', () => {
  function finds(name: string, item: Read, numbers: number[]): void {
    it(name, () => {
      const found = impossibleReads({ reads: [item] })
      assert.deepEqual(
        found.map(({ number }) => number),
        numbers,
      )
    })
  }
  finds('the newest', read(0, 9), [])
  finds('none of them', read(0, 10), [10])
  finds('no number', read(0, Number.NaN), [Number.NaN])
})

describe('pages made by two at one time', () => {
  const made = (begin: number, end: number, pid = 1, id = 'a'): Generation => ({ id, pid, begin, end })
  function finds(name: string, generations: Generation[], disturbances: Disturbance[], begins: number[][]): void {
    it(name, () => {
      const found = overlaps(generations, disturbances)
      assert.deepEqual(
        found.map((pair) => pair.map(({ begin }) => begin)),
        begins,
      )
    })
  }
  finds('one after the other', [made(0, 10), made(10, 20, 2), made(25, 30)], [], [])
  finds('two at once', [made(0, 10), made(9, 20, 2)], [], [[0, 9]])
  finds('in no order', [made(9, 20, 2), made(0, 10)], [], [[0, 9]])
  finds(
    'one within another, and one after both',
    [made(0, 100), made(5, 6, 2), made(50, 51, 3)],
    [],
    [
      [0, 5],
      [0, 50],
    ],
  )
  finds('of two pages', [made(0, 10), made(5, 10, 2, 'b')], [], [])
  finds('Redis was lost in between', [made(0, 10), made(9, 20, 2)], [{ start: 3, end: 4 }], [])
  finds('Redis was lost before', [made(5, 10), made(9, 20, 2)], [{ start: 3, end: 4 }], [[5, 9]])
  finds('Redis was lost after', [made(5, 10), made(9, 20, 2)], [{ start: 11, end: 14 }], [[5, 9]])
  finds('its process was stopped', [made(0, 10), made(9, 20, 2)], [{ start: 3, end: 4, pid: 1 }], [])
  finds('another process was stopped', [made(0, 10), made(9, 20, 2)], [{ start: 3, end: 4, pid: 3 }], [[0, 9]])
  finds('one that never ended', [made(0, Number.POSITIVE_INFINITY), made(9, 20, 2)], [], [[0, 9]])
})
