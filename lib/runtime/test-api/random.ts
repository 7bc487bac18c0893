/** Random numbers for tests: the same for the same run seed and test, whatever ran before. */
export interface Random {
  /** The seed of the run. */
  readonly seed: number
  /** In [0, 1). */
  next(): number
  /** A whole number from min to max, both included. */
  int(min: number, max: number): number
  /** One of the elements; there must be one. */
  pick<T>(elements: readonly T[]): T
  /** A new array with the same elements in another order. */
  shuffle<T>(elements: readonly T[]): T[]
}

export interface SeededRandom {
  random: Random
  /** Starts the sequence of a test anew. */
  restart: (testName: string) => void
}

/** Creates the random numbers of a run. Until a test starts, they are those of no test. */
export function createRandom(seed: number): SeededRandom {
  let state = startOf(seed, '')

  /** mulberry32 by Tommy Ettinger: 32 bits of state, good enough for test data. */
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1))
  const random: Random = {
    seed,
    next,
    int,
    pick: <T>(elements: readonly T[]) => elements[int(0, elements.length - 1)] as T,
    /** Fisher and Yates' shuffle, in Durstenfeld's form. */
    shuffle: <T>(elements: readonly T[]) => {
      const shuffled = [...elements]
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = int(0, i)
        ;[shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T]
      }
      return shuffled
    },
  }
  return {
    random,
    restart(testName) {
      state = startOf(seed, testName)
    },
  }
}

/** FNV-1a: a 32-bit starting state from a text. */
function startOf(seed: number, testName: string): number {
  const text = `${seed}:${testName}`
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value
}
