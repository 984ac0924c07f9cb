/** Order and progress of a run. */

/** The same items, beginning with another one in each round: nobody is always first, or always after the same one. */
export function inTurns<Item>(items: readonly Item[], round: number): Item[] {
  const from = items.length === 0 ? 0 : round % items.length
  return [...items.slice(from), ...items.slice(0, from)]
}

export function progress(text: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)} ${text}`)
}
