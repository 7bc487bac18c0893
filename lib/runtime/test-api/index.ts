import { createRandom, type Random, type SeededRandom } from './random'

/*
 * What `import ... from 'handroll'` means to the compiler and under plain Vitest, where tests and solution share one
 * process. Elsewhere the test runtime supplies these two itself, with the same `createRandom`.
 */

export type { Random }

let solution: unknown
let seeded: SeededRandom = createRandom(1)

/** What ties the test API to one test file under plain Vitest. */
export interface Binding {
  /** Exports of the solution beside the test file. */
  solution: unknown
  seed: number
  /** Vitest's own. */
  beforeEach: (hook: () => void) => void
  /** Full name of the running test. */
  testName: () => string | undefined
}

/** Called once in each test file, before its own code runs. */
export function bind(binding: Binding): void {
  solution = binding.solution
  const own = createRandom(binding.seed)
  seeded = own
  binding.beforeEach(() => {
    seeded = own
    solution = binding.solution
    own.restart(binding.testName() ?? '')
  })
}

/**
 * Runs a driver beside the solution at full speed and returns a copy of what it returns. Only the driver's text is
 * shipped: it gets the solution's exports and the arguments, and sees nothing else of the test. What it returns is the
 * word of the solution's process alone.
 */
export function inGuest<S, A extends unknown[], R>(driver: (solution: S, ...args: A) => R, ...args: A): R {
  return driveHere(driver.toString(), solution, args) as R
}

/** Random numbers that depend on the run's seed and the running test alone, never on the order of the tests. */
export const random: Random = {
  get seed() {
    return seeded.random.seed
  },
  next: () => seeded.random.next(),
  int: (min, max) => seeded.random.int(min, max),
  pick: (elements) => seeded.random.pick(elements),
  shuffle: (elements) => seeded.random.shuffle(elements),
}

/** Indirect `eval` sees the globals and nothing of this module: a driver that leans on anything else fails here too. */
function driveHere(source: string, exports: unknown, args: unknown[]): unknown {
  const driver = (0, eval)(`(${source})`) as (solution: unknown, ...args: unknown[]) => unknown
  return driver(exports, ...args)
}
