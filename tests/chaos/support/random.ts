/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32, by Tommy Ettinger). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One of them. @throws when there is none */
export function pick<T>(random: () => number, list: readonly T[]): T {
  const picked = list[Math.floor(random() * list.length)]
  if (picked === undefined) throw new Error('There is nothing to pick from')
  return picked
}

/** The same in another order (Fisher and Yates). */
export function shuffle<T>(random: () => number, list: readonly T[]): T[] {
  const shuffled = [...list]
  for (let end = shuffled.length - 1; end > 0; end--) {
    const other = Math.floor(random() * (end + 1))
    ;[shuffled[end], shuffled[other]] = [shuffled[other] as T, shuffled[end] as T]
  }
  return shuffled
}
