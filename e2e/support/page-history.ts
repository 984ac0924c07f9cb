/** What was asked of a cluster and what it answered, and whether that can be. Times are of one clock: `performance.now()` of the test. */

/** What a page shows is a number that only rises. */
export interface Read {
  readonly id: string
  readonly start: number
  readonly end: number
  /** What the page showed. */
  readonly number: number
  /** The number of the data when the answer was there. */
  readonly newest: number
  /** x-apiroutes-cache of the answer. */
  readonly state: string
  readonly instance: string
}

/** The number was raised, and the page revalidated until `end`. */
export interface Bump {
  readonly id: string
  readonly start: number
  readonly end: number
  readonly number: number
  readonly instance: string
}

export interface History {
  readonly reads: readonly Read[]
  readonly bumps: readonly Bump[]
}

/** One call of `getStaticProps`. */
export interface Generation {
  readonly id: string
  readonly pid: number
  readonly begin: number
  /** Infinity when nobody has said that it ended. */
  readonly end: number
}

/** When claims may have been lost, and the store could not be reached by everybody. */
export interface Disturbance {
  readonly start: number
  readonly end: number
  /** Of this process only; undefined: of all. */
  readonly pid?: number
}

export interface StaleRead {
  readonly read: Read
  /** What had resolved before it began. */
  readonly bump: Bump
}

export interface AllowanceOptions {
  /** How long what has resolved may go unseen, in milliseconds. */
  readonly allowance?: number
}

/** A read that says STALE has promised nothing. */
export function promising(reads: readonly Read[]): Read[] {
  return reads.filter(({ state }) => state !== 'STALE')
}

/** Reads that began after a revalidation had resolved, and saw what was there before. */
export function staleReads({ reads, bumps }: History, { allowance = 0 }: AllowanceOptions = {}): StaleRead[] {
  const highest = new Map([...byId(bumps)].map(([id, list]) => [id, highestByEnd(list)]))
  return promising(reads).flatMap((read) => {
    const bump = lastBefore(highest.get(read.id) ?? [], read.start - allowance)
    return bump && bump.highest.number > read.number ? [{ read, bump: bump.highest }] : []
  })
}

/** Reads of what was never there. */
export function impossibleReads({ reads }: Pick<History, 'reads'>): Read[] {
  return reads.filter(({ number, newest }) => !(number >= 0 && number <= newest))
}

/** Two that made one page at one time, though nothing had happened to the claim of the first. */
export function overlaps(generations: readonly Generation[], disturbances: readonly Disturbance[]): [Generation, Generation][] {
  return [...byId(generations).values()].flatMap((list) => {
    const ordered = list.toSorted((a, b) => a.begin - b.begin)
    return ordered.flatMap((first, i) =>
      ordered
        .slice(i + 1)
        .filter((second) => second.begin < first.end && !disturbances.some((disturbance) => isExcuse(disturbance, first, second)))
        .map((second): [Generation, Generation] => [first, second]),
    )
  })
}

function isExcuse({ start, end, pid }: Disturbance, first: Generation, second: Generation): boolean {
  return start <= second.begin && end >= first.begin && (pid === undefined || pid === first.pid || pid === second.pid)
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): Map<string, Item[]> {
  const lists = new Map<string, Item[]>()
  for (const item of items) {
    const list = lists.get(item.id) ?? []
    list.push(item)
    lists.set(item.id, list)
  }
  return lists
}

interface Point {
  readonly end: number
  /** Of all that had resolved by then. */
  readonly highest: Bump
}

function highestByEnd(bumps: readonly Bump[]): Point[] {
  let highest: Bump | undefined
  return bumps
    .toSorted((a, b) => a.end - b.end)
    .map((bump) => {
      if (!highest || bump.number > highest.number) highest = bump
      return { end: bump.end, highest }
    })
}

/** The last point whose time is over at `time`; by bisection, as there are thousands. */
function lastBefore(points: readonly Point[], time: number): Point | undefined {
  let [low, high] = [0, points.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((points[middle] as Point).end < time) low = middle + 1
    else high = middle
  }
  return points[low - 1]
}
