import { expect } from 'vitest'

/*
 * The test API under plain Vitest, where tests and solution share one process: what `import ... from 'handroll'`
 * means there. Each test file is bound to its solution and its seed before its own code runs (bind-plugin.ts).
 */

let solution: unknown
let runSeed = 0
let state = 0
let drawnFor: string | undefined

/** Called by the line that bind-plugin.ts puts before a test file. */
export function bindPlain(exports: unknown, seed: number): void {
  solution = exports
  runSeed = seed
  drawnFor = undefined
}

/**
 * Runs a driver beside the solution and returns what it returns. Only the driver's text is used, as in the grader,
 * so a driver that leans on something outside itself fails here too.
 */
export function inGuest<S, A extends unknown[], R>(driver: (solution: S, ...args: A) => R, ...args: A): R {
  // Indirect eval sees the globals and nothing of this module.
  const shipped = (0, eval)(`(${driver.toString()})`) as (solution: unknown, ...args: A) => R
  return shipped(solution, ...args)
}

/** Random numbers that depend on the run's seed and the running test alone, never on the order of the tests. */
export const random = {
  /** The seed of the run. */
  get seed(): number {
    return runSeed
  },
  /** In [0, 1). */
  next(): number {
    const test = expect.getState().currentTestName
    if (drawnFor !== (test ?? '')) {
      drawnFor = test ?? ''
      state = hash(`${runSeed}:${drawnFor}`)
    }
    return draw()
  },
  /** A whole number from min to max, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(random.next() * (max - min + 1))
  },
  /** One of the elements; there must be one. */
  pick<T>(xs: readonly T[]): T {
    return xs[random.int(0, xs.length - 1)] as T
  },
  /** A new array with the same elements in another order. */
  shuffle<T>(xs: readonly T[]): T[] {
    const shuffled = [...xs]
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = random.int(0, i)
      ;[shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T]
    }
    return shuffled
  },
}

/** FNV-1a: a 32-bit starting state from a text. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value
}

/** mulberry32 by Tommy Ettinger: 32 bits of state, good enough for test data. */
function draw(): number {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), state | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}
