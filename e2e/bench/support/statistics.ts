/** What is said of many values: the middle, and how far the others lie from it. */

export interface Summary {
  readonly median: number
  /** Half of the values lie between these two. */
  readonly lower: number
  readonly upper: number
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value that this share of the values does not exceed, between two of them in proportion. NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const below = sorted[Math.floor(at)] ?? Number.NaN
  const above = sorted[Math.ceil(at)] ?? Number.NaN
  return below + (above - below) * (at - Math.floor(at))
}

export function summarize(values: readonly number[]): Summary {
  return { median: median(values), lower: quantile(values, 0.25), upper: quantile(values, 0.75) }
}

/** Round by round, since the two of a round have seen the same machine. Ends with the shorter of the two. */
export function ratios(values: readonly number[], floor: readonly number[]): number[] {
  return values.slice(0, floor.length).map((value, round) => value / (floor[round] ?? Number.NaN))
}

/** As `ratios`: how much more. */
export function differences(values: readonly number[], floor: readonly number[]): number[] {
  return values.slice(0, floor.length).map((value, round) => value - (floor[round] ?? Number.NaN))
}
