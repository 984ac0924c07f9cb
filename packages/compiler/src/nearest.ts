/**
 * The name that differs least from what was written, if it is close enough to be what was meant: one slip of the fingers in a short
 * name, one in four letters of a longer one. No guess is better than a silly one.
 */
export function nearest(written: string, names: Iterable<string>): string | undefined {
  const allowed = written.length < 3 ? ONLY_CASE : Math.min(3, Math.max(1, Math.floor(written.length / 4)))
  let best: { name: string; distance: number } | undefined
  for (const name of names) {
    if (name === written || Math.abs(name.length - written.length) > allowed) continue
    const distance = slips(written.toLowerCase(), name.toLowerCase()) || ONLY_CASE
    const isCloser = !best || distance < best.distance || (distance === best.distance && name < best.name)
    if (isCloser && distance <= allowed && distance <= name.length / 2) best = { name, distance }
  }
  return best?.name
}

/** How far apart two names are that differ in upper and lower case alone. */
const ONLY_CASE = 0.5

/** Letters to add, drop, replace or swap with their neighbour: optimal string alignment. */
function slips(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1))
      next.push(swapped ? Math.min(cost, (before[j - 2] ?? 0) + 1) : cost)
    }
    before = row
    row = next
  }
  return row.at(-1) ?? 0
}
