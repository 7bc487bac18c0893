/** Declarations of Handroll's own helpers for tests. */
export const HANDROLL_TYPES = `
declare module 'handroll' {
  /**
   * Runs a function beside the solution at full speed and returns a copy of what it returns. The function must stand
   * alone: it gets the solution's exports and copies of the arguments, and sees nothing else of the test.
   */
  export function inGuest<S, A extends unknown[], R>(driver: (solution: S, ...args: A) => R, ...args: A): R

  /** Random numbers that depend on the run's seed and the running test alone, never on the order of the tests. */
  export const random: {
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
}
`
