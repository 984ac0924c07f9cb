/** Numbers from 0 up to 1 that look random and are the same for the same seed on every machine (xorshift, 32 bits). */
export function createRandom(seed: number): () => number {
  let state = seed || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
